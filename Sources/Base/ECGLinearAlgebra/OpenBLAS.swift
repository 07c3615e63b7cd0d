// OpenBLAS as this process has it, on one thread.

import COpenBLAS

/// The loaded OpenBLAS.
public enum OpenBLAS {
  /// Version and build options, for example `OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ...`.
  public static var configuration: String { String(cString: openblas_get_config()) }

  /// Name of the kernels in use, which OpenBLAS chooses by processor or by `OPENBLAS_CORETYPE`, for
  /// example `Haswell`.
  public static var core: String { String(cString: openblas_get_corename()) }

  /// Whether the library was built with OpenMP, where one thread cannot be set for the whole process.
  public static var usesOpenMP: Bool { openblas_get_parallel() == 2 }

  /// Number of threads that a call uses: 1.
  public static var threads: Int {
    prepare()
    return Int(openblas_get_num_threads())
  }

  /// Fixes OpenBLAS to one thread, once and before any call, so that the bits of a result depend
  /// neither on the number of cores nor on the number of the program's own threads.
  static func prepare() { _ = isSingleThreaded }

  private static let isSingleThreaded: Void = openblas_set_num_threads(1)
}
