# Four-parameter log-logistic fits by an R package: minpack.lm's nlsLM (formula), its nls.lm (function
# and Jacobian), or drc's drm with its own start.
#
# usage: Rscript batch.R DOSES RESPONSES COUNT SUMS nlsLM|nls.lm|drc
# Fits the first COUNT rows of RESPONSES (.npy, curves x points), prints `curves,points,seconds` of the
# processor and writes the residual sum of squares of each curve to SUMS.
arguments <- commandArgs(trailingOnly = TRUE)
options(warn = -1)
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "npy.R"))
method <- arguments[5]
suppressMessages(library(if (method == "drc") "drc" else "minpack.lm", character.only = TRUE))

dose <- read_npy(arguments[1])
curves <- read_npy(arguments[2], as.integer(arguments[3]))
x <- log(dose)
levels <- sort(unique(x))
level <- match(x, levels)
replicates <- tabulate(level)

# Extreme means, the dose half-way between them, a slope of 1 that falls or rises as the ends do.
start <- function(y) {
  mean <- rowsum(y, level, reorder = TRUE)[, 1] / replicates
  last <- length(levels)
  half <- (min(mean) + max(mean)) / 2
  b <- if (mean[1] >= mean[last]) 1 else -1
  above <- (mean - half) * b >= 0
  k <- which(above[-last] & !above[-1])
  e <- (levels[1] + levels[last]) / 2
  if (length(k)) {
    k <- k[1]
    e <- levels[k] + (mean[k] - half) / (mean[k] - mean[k + 1]) * (levels[k + 1] - levels[k])
  }
  list(b = b, c = min(mean), d = max(mean), e = e)
}
control <- if (method != "drc") nls.lm.control(ftol = 1e-9, ptol = 1e-9, maxiter = 100, maxfev = 400)
fits <- list(
  nlsLM = function(y)
    deviance(nlsLM(y ~ c + (d - c) / (1 + exp(b * (x - e))), data.frame(x, y), start(y),
                   control = control)),
  nls.lm = function(y) {
    residual <- function(p) p$c + (p$d - p$c) / (1 + exp(p$b * (x - p$e))) - y
    jacobian <- function(p) {
      q <- 1 / (1 + exp(p$b * (x - p$e)))
      fall <- (p$c - p$d) * q * (1 - q)
      cbind(fall * (x - p$e), 1 - q, q, -p$b * fall)
    }
    nls.lm(start(y), fn = residual, jac = jacobian, control = control)$deviance
  },
  drc = function(y)
    sum(residuals(drm(y ~ dose, fct = LL.4(), control = drmc(noMessage = TRUE)))^2))
fit <- fits[[method]]
invisible(try(fit(curves[, 1]), silent = TRUE))

sums <- rep(Inf, ncol(curves))
seconds <- system.time(for (i in seq_along(sums))
  sums[i] <- tryCatch(fit(curves[, i]), error = function(e) Inf))
cat(length(sums), length(dose), seconds[["user.self"]] + seconds[["sys.self"]], sep = ",")
cat("\n")
write_npy(sums, arguments[4])
