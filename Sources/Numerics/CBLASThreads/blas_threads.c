#include "include/blas_threads.h"

void openblas_set_num_threads(int count);
int openblas_get_num_threads(void);
// What OpenBLAS does before a process forks; a build of it without threads lacks it.
int blas_thread_shutdown_(void) __attribute__((weak));

// OpenBLAS starts a thread for each further core as it is loaded, and each takes all of its core for a
// tenth of a second before it sleeps.
__attribute__((constructor)) static void keep_to_one_thread(void) {
  openblas_set_num_threads(1);
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}

int blas_thread_count(void) { return openblas_get_num_threads(); }
