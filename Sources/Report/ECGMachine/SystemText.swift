// Files that the kernel makes up while they are read.

import ECGFiles
import Foundation

/// The text of a file under `/proc`; empty where there is none.
package func systemText(_ path: String) -> String {
  (try? readFile(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
}
