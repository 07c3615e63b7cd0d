// Output of a verb: results as text or JSON, progress and warnings beside them.

import ECGFiles
import Foundation

/// Results, progress and warnings.
struct Voice: Sendable {
  /// Whether results are JSON.
  let json: Bool
  /// Progress and warnings.
  let progress: ProgressLine

  /// Prints a result: the text, or one line of JSON with `--json`.
  func say(_ value: some Encodable, text: @autoclosure () -> String) throws {
    progress.clear()
    var bytes = json ? try encodeJSON(value, pretty: false) : Data(text().utf8)
    if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    try StandardOutput.write(bytes)
  }

  /// Says on standard error what a reader of the result should know.
  func warn(_ text: String) { progress.warn(text) }
}
