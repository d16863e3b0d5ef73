# Writes metafor-more.csv: plain proportions and rates pooled, inference by t, Galbraith's and Baujat's
# figures, all by R's metafor. The effects of the figures are logarithms of odds ratios, pooled as common.
# Usage: Rscript more_metafor.R

suppressMessages(library(metafor))
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
data <- read.csv(file.path(here, "datasets.csv"), comment.char = "#")
lines <- c(
  sprintf("# more_metafor.R, metafor %s, R %s; tolerances 1e-14; PR and IR: of the reference group",
          packageVersion("metafor"), getRversion()),
  "dataset,measure,method,statistic,value")
add <- function(dataset, measure, method, statistic, value)
  lines <<- c(lines, sprintf("%s,%s,%s,%s,%.16g", dataset, measure, method, statistic, value))
of <- function(name) data[data$dataset == name, ]
tight <- list(threshold = 1e-14, maxiter = 10000)

pool <- function(dataset, measure, effects) {
  for (method in c("EE", "DL")) {
    fit <- rma(effects$yi, effects$vi, method = method)
    label <- if (method == "EE") "inverse-variance/common" else "inverse-variance/random/dl/z"
    add(dataset, measure, label, "estimate", fit$beta[1])
    add(dataset, measure, label, "standard_error", fit$se)
    add(dataset, measure, label, "lower", fit$ci.lb)
    add(dataset, measure, label, "upper", fit$ci.ub)
    if (method == "DL") add(dataset, measure, label, "tau2", fit$tau2)
  }
}
bcg <- of("bcg")
catheters <- of("nielweise2008")
pool("bcg", "proportion", escalc("PR", xi = x2, ni = n2, data = bcg))
pool("nielweise2008", "rate", escalc("IR", xi = x2, ti = n2, data = catheters))

odds <- escalc("OR", ai = x1, n1i = n1, ci = x2, n2i = n2, data = bcg)
by_t <- rma(odds$yi, odds$vi, method = "REML", test = "t", control = tight)
for (name in c("estimate", "standard_error", "lower", "upper", "t", "p_value"))
  add("bcg", "odds-ratio", "inverse-variance/random/reml/t", name,
      switch(name, estimate = by_t$beta[1], standard_error = by_t$se, lower = by_t$ci.lb,
             upper = by_t$ci.ub, t = by_t$zval, p_value = by_t$pval))
common <- rma(odds$yi, odds$vi, method = "EE")
pdf(NULL)
figures <- list(radial = radial(common), baujat = baujat(common))
for (figure in names(figures))
  for (study in seq_len(nrow(bcg)))
    for (axis in c("x", "y"))
      add("bcg", "odds-ratio", paste0(figure, "/", study), axis, figures[[figure]][[axis]][study])
writeLines(lines, file.path(here, "metafor-more.csv"))
