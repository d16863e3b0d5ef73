import CLAPACK

/// Keeps OpenBLAS to the calling thread.
///
/// Parallelism is over analyses; threads inside each product would only compete with them. Every
/// entry to OpenBLAS calls this first, so that it holds in any program that uses the module.
func useOneThread() { pinned }

private let pinned: Void = openblas_set_num_threads(1)

/// The number of threads OpenBLAS may use.
package var openBLASThreads: Int {
  useOneThread()
  return Int(openblas_get_num_threads())
}
