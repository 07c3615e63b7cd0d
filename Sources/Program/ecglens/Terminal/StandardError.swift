// Standard error and standard output, written to at once.

import ECGFiles
import Foundation

/// Where progress, warnings and the error line go.
enum StandardError {
  /// Whether a person watches.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes text; a closed standard error is nobody's fault.
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}

/// Where results go.
enum StandardOutput {
  /// Writes bytes.
  ///
  /// - Throws: `FileError` when the other side is full or gone.
  static func write(_ data: Data) throws(FileError) {
    do { try FileHandle.standardOutput.write(contentsOf: data) } catch {
      throw .ioFailed("standard output", reason: String(cString: strerror(errno)))
    }
  }
}
