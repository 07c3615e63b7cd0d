// Where committed numbers for tests lie.

import Foundation

/// The path of a file of the repository.
public func repositoryPath(_ name: String) -> String {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent(name).path
}

/// The path of a file in `Tests/Fixtures`.
public func fixturePath(_ name: String) -> String { repositoryPath("Tests/Fixtures/" + name) }

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

/// A JSON file in `Tests/Fixtures`, for the arguments of tests: a broken checkout ends the tests.
public func decodedFixture<Value: Decodable>(_ name: String) -> Value {
  do { return try JSONDecoder().decode(Value.self, from: fixture(name)) } catch {
    fatalError("Tests/Fixtures/\(name): \(error)")
  }
}
