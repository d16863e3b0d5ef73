# The same curves by R, one default start each: `program,curves,seconds`, and answers to files.
#
# usage: Rscript dose_response.R CURVES ANSWERS
# ANSWERS-PROGRAM.answers get `curve,slope,lower,upper,log_ed50`. Seconds are the processor's.
arguments <- commandArgs(trailingOnly = TRUE)
options(warn = -1)
table <- read.csv(arguments[1], stringsAsFactors = FALSE)
curves <- split(table, factor(table$curve, unique(table$curve)))

# SSfpl's own starts want finite logarithms: dose 0 becomes a thousandth of the least dose.
by_nls <- function(t) {
  t$x <- log(pmax(t$dose, min(t$dose[t$dose > 0]) / 1000))
  p <- coef(nls(response ~ SSfpl(x, A, B, xmid, scal), t))
  c(-1 / p[["scal"]], p[["A"]], p[["B"]], p[["xmid"]])
}
# Slope 1, the extreme responses, the middle of the doses.
by_nlslm <- function(t) {
  t$x <- log(t$dose)
  start <- list(b = 1, c = min(t$response), d = max(t$response), e = median(t$x[is.finite(t$x)]))
  coef(nlsLM(response ~ c + (d - c) / (1 + exp(b * (x - e))), t, start))[c("b", "c", "d", "e")]
}
by_drc <- function(t) {
  p <- coef(drm(response ~ dose, data = t, fct = LL.4(), control = drmc(noMessage = TRUE)))
  c(p[1:3], log(p[4]))
}

programs <- list("R nls" = by_nls)
if (requireNamespace("minpack.lm", quietly = TRUE)) {
  suppressMessages(library(minpack.lm))
  programs[["minpack.lm"]] <- by_nlslm
} else message("minpack.lm (Debian's r-cran-minpack.lm) is not installed: skipped")
if (requireNamespace("drc", quietly = TRUE)) {
  suppressMessages(library(drc))
  programs[["drc"]] <- by_drc
} else message("drc is not installed: skipped")

for (program in names(programs)) {
  fit <- programs[[program]]
  try(fit(curves[[1]]), silent = TRUE)
  found <- NULL
  seconds <- system.time(found <- lapply(curves, function(t)
    tryCatch(suppressMessages(fit(t)), error = function(e) NULL)))
  seconds <- seconds[["user.self"]] + seconds[["sys.self"]]
  cat(program, ",", length(curves), ",", seconds, "\n", sep = "")
  lines <- mapply(function(name, p) paste(c(name, sprintf("%.17g", p)), collapse = ","),
                  names(curves), found)
  writeLines(lines, paste0(arguments[2], "-", gsub("[^a-z]", "", tolower(program)), ".answers"))
}
