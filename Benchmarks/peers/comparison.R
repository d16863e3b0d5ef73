# The same tables by R's fisher.test: `method,tables,number,seconds`, and the answers to a file.
#
# usage: Rscript comparison.R FILE ANSWERS
arguments <- commandArgs(trailingOnly = TRUE)
tables <- as.matrix(read.csv(arguments[1]))
count <- nrow(tables)
p <- numeric(count)
seconds <- system.time(for (i in seq_len(count)) {
  t <- tables[i, ]
  # Without the interval of the odds ratio, which takes most of the time otherwise.
  p[i] <- fisher.test(matrix(c(t[1], t[2] - t[1], t[3], t[4] - t[3]), 2), conf.int = FALSE)$p.value
})[["elapsed"]]
cat("fisher,many,", count, ",", seconds, "\n", sep = "")
writeLines(
  sprintf("fisher,%d,%d,%d,%d,%.17g", tables[, 1], tables[, 2], tables[, 3], tables[, 4], p),
  arguments[2])
