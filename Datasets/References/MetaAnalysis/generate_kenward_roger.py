"""Writes kenward_roger.csv: coefficients of meta-regressions after Kenward and Roger (1997).

For V = diag(v + tau2) with the one parameter tau2, F = (X'V^-1 X)^-1, P = -X'V^-2 X, Q = X'V^-3 X and
W = 1/I, I = tr(GG)/2 with G = V^-1 - V^-1 X F X'V^-1: F_A = F + 2 W F (Q - P F P) F. A contrast l has
df = 2 (l'F_A l)^2 / (W (l'F_A P F_A l)^2). Here from full k x k matrices.
"""

from generate_regression import *


def adjusted(r, tau2):
    k, p = r.k, r.p
    x = mpmath.matrix(r.x)
    inverse = mpmath.diag([1 / (v + tau2) for v in r.v])
    f = (x.T * inverse * x) ** -1
    g = inverse - inverse * x * f * x.T * inverse
    information = mpmath.fsum(g[i, j] * g[j, i] for i in range(k) for j in range(k)) / 2
    first = -(x.T * inverse * inverse * x)
    second = x.T * inverse * inverse * inverse * x
    f_a = f + 2 / information * f * (second - first * f * first) * f
    for i in range(p):
        part = (f_a * first * f_a)[i, i]
        yield i, sqrt(f_a[i, i]), 2 * information * f_a[i, i] ** 2 / part**2


def table():
    for name, measure, moderators, pairs, values in cases():
        r = Regression(pairs, values)
        for label, tau2 in (("0", mpf(0)), ("0.125", mpf("0.125"))):
            for i, error, df in adjusted(r, tau2):
                coefficient = ("intercept", *moderators.split())[i]
                yield name, measure, moderators, label, coefficient, error, df


write("kenward_roger.csv",
      f"generate_kenward_roger.py, {VERSIONS}; moderators in moderators.csv; at a given tau2",
      ("dataset", "measure", "moderators", "tau2", "coefficient", "standard_error", "df"), table())
