#pragma once

#include "vector_math.h"

typedef double v_four __attribute__((vector_size(32)));
typedef double v_four_anywhere __attribute__((vector_size(32), aligned(8), may_alias));

/// Transposes a block of 4 × 4.
VECTOR void v_transpose_block(const double *from, long from_stride, double *to, long to_stride) {
#define ROW(i) (*(const v_four_anywhere *)(from + (i) * from_stride))
  const v_four a = ROW(0), b = ROW(1), c = ROW(2), d = ROW(3);
#undef ROW
  const v_four ab_even = __builtin_shufflevector(a, b, 0, 4, 2, 6);
  const v_four ab_odd = __builtin_shufflevector(a, b, 1, 5, 3, 7);
  const v_four cd_even = __builtin_shufflevector(c, d, 0, 4, 2, 6);
  const v_four cd_odd = __builtin_shufflevector(c, d, 1, 5, 3, 7);
  v_four_anywhere *columns[4];
  for (int i = 0; i < 4; i++) columns[i] = (v_four_anywhere *)(to + i * to_stride);
  *columns[0] = __builtin_shufflevector(ab_even, cd_even, 0, 1, 4, 5);
  *columns[1] = __builtin_shufflevector(ab_odd, cd_odd, 0, 1, 4, 5);
  *columns[2] = __builtin_shufflevector(ab_even, cd_even, 2, 3, 6, 7);
  *columns[3] = __builtin_shufflevector(ab_odd, cd_odd, 2, 3, 6, 7);
}

/// Transposes `rows` × `columns` numbers, by blocks of which the last overlap.
VECTOR void v_transpose(const double *from, long from_stride, long rows, long columns, double *to,
                        long to_stride) {
  if (rows < 4 || columns < 4) {
    for (long i = 0; i < rows; i++) {
      for (long j = 0; j < columns; j++) to[j * to_stride + i] = from[i * from_stride + j];
    }
    return;
  }
  for (long row = 0; row < rows; row += 4) {
    const long i = row + 4 <= rows ? row : rows - 4;
    for (long column = 0; column < columns; column += 4) {
      const long j = column + 4 <= columns ? column : columns - 4;
      v_transpose_block(from + i * from_stride + j, from_stride, to + j * to_stride + i, to_stride);
    }
  }
}
