// The studies that the program tests itself with, inside the program.

#ifndef CREFERENCESUITE_H
#define CREFERENCESUITE_H

#include <stddef.h>

/// A file of the suite: a study definition, or data that one names.
struct theriac_suite_file {
  /// Its path below `Datasets`.
  const char *path;
  const unsigned char *bytes;
  size_t count;
};

/// How many files there are.
size_t theriac_suite_count(void);

/// The file at `index`, which is below the count.
struct theriac_suite_file theriac_suite_file(size_t index);

#endif
