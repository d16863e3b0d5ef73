#pragma once

/// The number of threads that a product of OpenBLAS may use: 1.
///
/// Parallelism is over analyses; threads inside each product would only compete with them, and where sums
/// are cut would depend on the machine. It holds from before `main` in any program that links this.
int blas_thread_count(void);
