// Rows taken as many at a time as the kernels do.

#define TILE 256

/// A tile of its own of at most that many rows, the rest missing.
typedef struct {
  double doses[TILE];
  double responses[TILE];
  /// 1 where there are none.
  double weights[TILE];
} tile_rows;

static void copy_tile(tile_rows *tile, const struct rows_data *data, long first) {
  const long count = data->count - first < TILE ? data->count - first : TILE;
  for (long i = 0; i < TILE; i++) {
    tile->doses[i] = i < count ? data->doses[first + i] : 1;
    tile->responses[i] = i < count ? data->responses[first + i] : __builtin_nan("");
    tile->weights[i] = i < count && data->weights ? data->weights[first + i] : 1;
  }
}
