// A few small synthetic pages and a tiny trained run, made once for all tests.

import Foundation
import Testing

enum TinyPages {
  /// Removed when the tests end.
  static let folder: String = {
    let path = NSTemporaryDirectory() + "ecglens-tests-\(getpid())"
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch { fatalError("\(error)") }
    atexit {
      let path = NSTemporaryDirectory() + "ecglens-tests-\(getpid())"
      try? FileManager.default.removeItem(atPath: path)
    }
    return path
  }()

  /// Runs the program; all tests rest on what it makes, so a failure ends them.
  static func make(_ arguments: String...) { make(arguments) }

  /// Runs the program; all tests rest on what it makes, so a failure ends them.
  static func make(_ arguments: [String]) {
    do {
      let ended = try ecglens(arguments)
      guard ended.status == 0 else { fatalError("\(arguments): \(ended.errors)") }
    } catch { fatalError("\(arguments): \(error)") }
  }

  /// 24 pages, six a class.
  static let data: String = {
    let path = folder + "/pages"
    make("synth", path, "--pages", "24", "--size", "400x284", "--quiet")
    return path
  }()

  /// Four pages, one per class, large enough to be digitized.
  static let readable: String = {
    let path = folder + "/readable"
    make("synth", path, "--pages", "4", "--size", "1107x786", "--quiet")
    return path
  }()

  /// Flags of a training that takes a second or two.
  static let flags = ["--network", "global-only", "--draws", "64", "--epochs", "2"]

  /// A trained run; no test changes it.
  static let run: String = {
    let path = folder + "/run"
    make(["train", data, "--out", path] + flags)
    return path
  }()

  /// A copy of the data that a test may damage.
  static func copy(to path: String) throws {
    try FileManager.default.copyItem(atPath: data, toPath: path)
  }

  /// The first page of a class.
  static func page(_ key: String, in data: String = data) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(data)/\(key)")
    return "\(data)/\(key)/" + (try #require(names.sorted().first { $0.hasSuffix(".jpg") }))
  }
}

/// A file's bytes as text.
func fileText(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
