// How this program was built.

/// The build's kind and the Swift that it was built with.
package struct BuildFacts: Encodable, Equatable {
  /// A build's kind.
  package enum Mode: String, Encodable {
    case release, debug
  }

  /// Optimized or not.
  package let mode: Mode
  /// The compiler, as closely as it can be distinguished from inside.
  package let compiler: String
  /// The version of the standard library that is loaded.
  package let standardLibrary: String

  private enum CodingKeys: String, CodingKey {
    case mode, compiler
    case standardLibrary = "library"
  }

  /// This program's.
  package static var here: BuildFacts {
    #if DEBUG
      let mode = Mode.debug
    #else
      let mode = Mode.release
    #endif
    #if compiler(>=6.4)
      let compiler = "6.4 or newer"
    #elseif compiler(>=6.3)
      let compiler = "6.3"
    #else
      let compiler = "6.2"
    #endif
    return BuildFacts(
      mode: mode, compiler: compiler, standardLibrary: "\(_SwiftStdlibVersion.current)")
  }
}
