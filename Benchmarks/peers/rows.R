# One four-parameter log-logistic fit of many rows by minpack.lm's nlsLM.
#
# usage: Rscript rows.R FOLDER COUNT
# Prints `1,points,seconds of the processor,seconds,,residual sum of squares`, without reading.
arguments <- commandArgs(trailingOnly = TRUE)
options(warn = -1)
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "npy.R"))
suppressMessages(library(minpack.lm))
count <- as.integer(arguments[2])
dose <- head(read_npy(file.path(arguments[1], "doses.npy")), count)
y <- head(read_npy(file.path(arguments[1], "responses.npy")), count)

seconds <- system.time({
  x <- log(dose)
  half <- (min(y) + max(y)) / 2
  start <- list(b = if (cor(x, y) < 0) 1 else -1, c = min(y), d = max(y),
                e = x[which.min(abs(y - half))])
  left <- deviance(nlsLM(y ~ c + (d - c) / (1 + exp(b * (x - e))), data.frame(x, y), start,
                         control = nls.lm.control(ftol = 1e-9, ptol = 1e-9, maxfev = 400)))
})
cat(1, count, seconds[["user.self"]] + seconds[["sys.self"]], seconds[["elapsed"]], "",
    sprintf("%.17g", left), sep = ",")
cat("\n")
