# The same studies by R's metafor: `method,analyses,seconds`, and the answers to a file.
#
# usage: Rscript meta_analysis.R DIRECTORY ANSWERS ANALYSES [glmm]
suppressMessages(library(metafor))
arguments <- commandArgs(trailingOnly = TRUE)
studies <- function(name) read.csv(file.path(arguments[1], paste0(name, ".csv")))
options(warn = -1)
answers <- character()
answer <- function(name, fit) {
  numbers <- c(fit$beta[1], fit$se, fit$ci.lb, fit$ci.ub, fit$pval, fit[["tau2"]])
  answers <<- c(answers, paste(c(name, sprintf("%.17g", numbers)), collapse = ","))
}

bcg <- studies("bcg")
reml <- function(...) rma(bcg$value, bcg$variance, method = "REML", test = "knha", ...)
for (i in 1:20) reml()
# The least of many, as of the other programs.
seconds <- min(replicate(20, system.time(for (i in 1:20) reml())[["elapsed"]]))
cat("bcg reml,20,", seconds, "\n", sep = "")
# Its tolerances are loose unless told otherwise; that takes no part in the time.
tight <- list(threshold = 1e-14, maxiter = 1000)
answer("bcg reml", reml(control = tight))

count <- as.integer(arguments[3])
simulated <- read.csv(file.path(arguments[1], "simulated.csv"), nrows = 10 * count)
simulated <- split(simulated, rep(seq_len(count), each = 10))
methods <- list(
  "simulated mantel-haenszel" = function(t) rma.mh(x1, n1 - x1, x2, n2 - x2, data = t, measure = "OR"),
  "simulated peto" = function(t) rma.peto(x1, n1 - x1, x2, n2 - x2, data = t),
  "simulated reml" = function(t, ...) rma(
    ai = x1, bi = n1 - x1, ci = x2, di = n2 - x2, data = t, measure = "OR", drop00 = TRUE,
    method = "REML", test = "knha", ...))
for (name in names(methods)) {
  found <- NULL
  seconds <- system.time(found <- lapply(simulated, function(t)
    tryCatch(methods[[name]](t), error = function(e) NULL)))[["elapsed"]]
  cat(name, ",", count, ",", seconds, "\n", sep = "")
  for (i in seq_len(count)) if (!is.null(found[[i]])) {
    fit <- found[[i]]
    if (name == "simulated reml") fit <- methods[[name]](simulated[[i]], control = tight)
    else fit$tau2 <- NULL
    answer(paste(name, i - 1), fit)
  }
}

if (length(arguments) > 3) {
  seconds <- system.time(fit <- tryCatch(
    with(studies("nissen"), rma.glmm(
      measure = "OR", ai = x1, n1i = n1, ci = x2, n2i = n2, model = "CM.EL")),
    error = function(e) message("metafor's exact conditional model is skipped: ", conditionMessage(e))
  ))[["elapsed"]]
  if (!is.null(fit)) {
    cat("nissen glmm,1,", seconds, "\n", sep = "")
    answer("nissen glmm", fit)
  }
}
writeLines(answers, arguments[2])
