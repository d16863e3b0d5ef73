#include "rows.h"

#include "fit_kernels.h"

#define DECLARE(suffix)                                                        \
  void rows_products_##suffix(                                                 \
      const struct rows_data *, const struct rows_curve *, const double *, double *); \
  void rows_bin_##suffix(const struct rows_data *, const struct rows_bins *, double *);
DECLARE(plain)
DECLARE(avx2)
DECLARE(avx512)

void rows_products(
    int instructions, const struct rows_data *data, const struct rows_curve *curve,
    const double *transform, double products[ROWS_PRODUCTS]) {
  switch (instructions) {
#if defined(__x86_64__)
    case fit_avx512: rows_products_avx512(data, curve, transform, products); break;
    case fit_avx2: rows_products_avx2(data, curve, transform, products); break;
#endif
    default: rows_products_plain(data, curve, transform, products); break;
  }
}

void rows_bin(
    int instructions, const struct rows_data *data, const struct rows_bins *bins, double *moments) {
  switch (instructions) {
#if defined(__x86_64__)
    case fit_avx512: rows_bin_avx512(data, bins, moments); break;
    case fit_avx2: rows_bin_avx2(data, bins, moments); break;
#endif
    default: rows_bin_plain(data, bins, moments); break;
  }
}
