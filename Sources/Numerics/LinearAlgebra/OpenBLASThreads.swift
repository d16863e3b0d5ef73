import CBLASThreads

/// The number of threads that OpenBLAS may use: 1, from before a program begins.
package var openBLASThreads: Int { Int(blas_thread_count()) }
