#pragma once

/// Boost.Math's special functions as C functions, for the Probability module alone.
///
/// All work in extended precision and round once at the end. No C++ exception leaves them:
/// an argument outside a function's domain gives NaN, an overflow gives infinity.
#ifdef __cplusplus
#define CBOOST_NOEXCEPT noexcept
extern "C" {
#else
#define CBOOST_NOEXCEPT
#endif

// The standard normal: Φ(x) and Φ⁻¹(p).
double boost_normal_lower_tail(double x) CBOOST_NOEXCEPT;
double boost_normal_quantile(double p) CBOOST_NOEXCEPT;

// The incomplete gamma ratios P(a, x) and Q(a, x) at x = t · rate, and the t of a given ratio.
double boost_gamma_p(double a, double rate, double t) CBOOST_NOEXCEPT;
double boost_gamma_q(double a, double rate, double t) CBOOST_NOEXCEPT;
double boost_gamma_p_inverse(double a, double rate, double p) CBOOST_NOEXCEPT;
double boost_gamma_q_inverse(double a, double rate, double q) CBOOST_NOEXCEPT;

// The incomplete beta ratio I(x; a, b), its derivative and complement, the x of a given one.
double boost_beta_density(double a, double b, double x) CBOOST_NOEXCEPT;
double boost_ibeta(double a, double b, double x) CBOOST_NOEXCEPT;
double boost_ibetac(double a, double b, double x) CBOOST_NOEXCEPT;
double boost_ibeta_inverse(double a, double b, double p) CBOOST_NOEXCEPT;
double boost_ibetac_inverse(double a, double b, double q) CBOOST_NOEXCEPT;

// Student's t: the density at t, P(T > t) at t ≥ 0, and the t of an upper tail q ≤ 1/2.
double boost_student_t_density(double df, double t) CBOOST_NOEXCEPT;
double boost_student_t_upper_tail(double df, double t) CBOOST_NOEXCEPT;
double boost_student_t_upper_quantile(double df, double q) CBOOST_NOEXCEPT;

// The F distribution at f > 0.
double boost_f_density(double df1, double df2, double f) CBOOST_NOEXCEPT;
double boost_f_lower_tail(double df1, double df2, double f) CBOOST_NOEXCEPT;
double boost_f_upper_tail(double df1, double df2, double f) CBOOST_NOEXCEPT;
double boost_f_lower_quantile(double df1, double df2, double p) CBOOST_NOEXCEPT;
double boost_f_upper_quantile(double df1, double df2, double q) CBOOST_NOEXCEPT;

// Densities in Loader's saddle-point form, exact in tails and for large counts.
double saddlepoint_poisson(double k, double mean) CBOOST_NOEXCEPT;
double saddlepoint_gamma(double shape, double rate, double t) CBOOST_NOEXCEPT;
double saddlepoint_binomial(double k, double n, double p) CBOOST_NOEXCEPT;
double saddlepoint_negative_binomial(double k, double size, double p) CBOOST_NOEXCEPT;
double saddlepoint_hypergeometric(double u, double n1, double n2, double m) CBOOST_NOEXCEPT;

// C(n1, u) C(n2, m − u) ψᵘ over its value at u = mode.
double saddlepoint_table_weight(
    double u, double mode, double n1, double n2, double m, double oddsRatio) CBOOST_NOEXCEPT;

#ifdef __cplusplus
}
#endif
