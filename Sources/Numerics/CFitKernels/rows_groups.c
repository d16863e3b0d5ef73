#include <math.h>
#include <stdint.h>
#include <string.h>

#include "rows.h"

static int counts(const struct rows_data *data, long row) {
  return isfinite(data->responses[row]) && (!data->weights || data->weights[row] > 0);
}

void rows_extend(const struct rows_data *data, struct rows_extent *extent) {
  for (long row = 0; row < data->count; row++) {
    if (!counts(data, row)) continue;
    const double dose = data->doses[row];
    if (!isfinite(dose)) extent->is_finite = 0;
    extent->least = fmin(extent->least, dose);
    extent->greatest = fmax(extent->greatest, dose);
    if (dose > 0) extent->least_positive = fmin(extent->least_positive, dose);
  }
}

/// Adds the latest sums to the others, with the rounding kept. Knuth (1998), vol. 2, 4.2.2.
static void settle(struct rows_group *group) {
  for (int k = 0; k < 3; k++) {
    const double a = group->sums[k], b = group->latest[k], s = a + b, t = s - a;
    group->sums[k] = s;
    group->rounding[k] += (a - (s - t)) + (b - t);
    group->latest[k] = 0;
  }
}

static struct rows_group *place_of(double dose, struct rows_group *places) {
  uint64_t bits;
  memcpy(&bits, &dose, sizeof bits);
  // Fibonacci's hash: the first bits of the product. Knuth (1998), vol. 3, 6.4.
  uint64_t place = bits * 0x9e3779b97f4a7c15 >> 50;
  while (places[place].count > 0 && places[place].dose != dose)
    place = (place + 1) % ROWS_GROUP_PLACES;
  return places + place;
}

long rows_group_by_dose(const struct rows_data *data, struct rows_group *places, long limit) {
  long groups = 0;
  for (long row = 0; row < data->count; row++) {
    if (!counts(data, row)) continue;
    // −0 is the same dose as 0.
    const double dose = data->doses[row] + 0.0;
    struct rows_group *const group = place_of(dose, places);
    if (group->count == 0) {
      if (++groups > limit) return -1;
      group->dose = dose;
      group->origin = data->responses[row];
    }
    const double weight = data->weights ? data->weights[row] : 1;
    const double change = data->responses[row] - group->origin;
    group->latest[0] += weight;
    group->latest[1] += weight * change;
    group->latest[2] += weight * change * change;
    if ((++group->count & 255) == 0) settle(group);
  }
  for (long place = 0; place < ROWS_GROUP_PLACES; place++) settle(places + place);
  return groups;
}
