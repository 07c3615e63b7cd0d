// Where committed numbers for tests lie.

import Foundation

/// The path of a file in `Tests/Fixtures`.
public func fixturePath(_ name: String) -> String {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures").appendingPathComponent(name).path
}

/// The bytes of a file in `Tests/Fixtures`.
public func fixture(_ name: String) throws -> Data {
  try Data(contentsOf: URL(fileURLWithPath: fixturePath(name)))
}

/// A fresh folder under the system's temporary folder, removed when the body ends.
public func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let path = NSTemporaryDirectory() + "ecglens-test-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}
