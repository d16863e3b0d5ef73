# Arrays of doubles in NumPy's format.

# A vector; or of a matrix in C order its first rows, each as a column.
read_npy <- function(path, rows = NULL) {
  file <- file(path, "rb")
  on.exit(close(file))
  start <- readBin(file, "raw", 10)
  header <- rawToChar(readBin(file, "raw", as.integer(start[9]) + 256L * as.integer(start[10])))
  shape <- sub(".*'shape': \\(([^)]*)\\).*", "\\1", header)
  shape <- as.integer(regmatches(shape, gregexpr("[0-9]+", shape))[[1]])
  if (length(shape) == 1) return(readBin(file, "double", shape))
  rows <- min(rows, shape[1])
  matrix(readBin(file, "double", rows * shape[2]), shape[2], rows)
}

write_npy <- function(values, path) {
  file <- file(path, "wb")
  on.exit(close(file))
  header <- sprintf("{'descr': '<f8', 'fortran_order': False, 'shape': (%d,), }", length(values))
  writeBin(as.raw(c(0x93, utf8ToInt("NUMPY"), 1, 0, 118, 0)), file)
  writeBin(charToRaw(sprintf("%-117s\n", header)), file)
  writeBin(as.double(values), file)
}
