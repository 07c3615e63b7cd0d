// `--config FILE`: a file's keys as flags that stand before the user's own.

import ECGFiles
import Foundation
import Yams

/// A YAML file whose keys are the long flags' names; the `run.json` of a run is one too.
struct ConfigurationFile {
  /// The file.
  let path: String
  /// The keys as arguments.
  let arguments: [String]

  /// Reads a file.
  ///
  /// - Throws: `FileError`.
  init(contentsOf path: String) throws(FileError) {
    self.path = path
    let text = String(decoding: try readFile(path), as: UTF8.self)
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      throw .malformed(path, reason: Self.reason(error))
    }
    guard let root else {
      arguments = []
      return
    }
    guard let mapping = root.mapping else {
      throw .malformed(path, reason: "not a list of keys and values")
    }
    let settings = mapping["settings"]?.mapping ?? mapping
    var arguments: [String] = []
    for (key, value) in settings {
      guard let name = key.string, let values = Self.arguments(name, value) else {
        throw .malformed(
          path,
          reason: "line \(value.mark?.line ?? 0): \(key.string ?? "a key") is not a plain value")
      }
      arguments += values
    }
    self.arguments = arguments
  }

  /// Reads the file that `--config` names; `nil` without one.
  init?(namedIn arguments: [String]) throws(FileError) {
    guard let path = Self.path(in: arguments) else { return nil }
    try self.init(contentsOf: path)
  }

  /// The user's arguments with those of the file put between verb and flags.
  ///
  /// A repeated flag takes its last value, so flags win over the file; a key that is no flag of the
  /// verb fails as an unknown flag does.
  func merged(into user: [String]) -> [String] {
    guard let verb = user.firstIndex(where: { !$0.hasPrefix("-") }) else { return user }
    return Array(user[...verb]) + arguments + Array(user[(verb + 1)...])
  }

  /// The file's path when a message is about one of its keys, which the user's arguments lack.
  func path(of message: String, unlessIn user: [String]) -> String? {
    let names = arguments.map { String($0.prefix { $0 != "=" }) }
    let blamed = names.contains { name in
      message.contains("'\(name)") && !user.contains { $0.prefix { $0 != "=" } == name }
    }
    return blamed ? path : nil
  }

  private static func path(in arguments: [String]) -> String? {
    let flags = arguments.prefix { $0 != "--" }
    var path: String?
    for (index, flag) in flags.enumerated() {
      if flag == "--config", index + 1 < flags.count { path = flags[index + 1] }
      if flag.hasPrefix("--config=") { path = String(flag.dropFirst("--config=".count)) }
    }
    return path
  }

  /// The flags for a key; `nil` for a value that no flag takes.
  private static func arguments(_ name: String, _ value: Node) -> [String]? {
    if value.null != nil { return [] }
    if let flag = value.bool {
      if flag { return ["--\(name)"] }
      // Only a flag that is on by itself has a form that turns it off.
      return name == "global-skip" ? ["--no-\(name)"] : []
    }
    if let list = value.sequence {
      let items = list.compactMap(\.scalar?.string)
      return items.count == list.count ? ["--\(name)=\(items.joined(separator: ","))"] : nil
    }
    return value.scalar.map { ["--\(name)=\($0.string)"] }
  }

  private static func reason(_ error: any Error) -> String {
    guard let error = error as? YamlError else { return "not YAML" }
    return switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      "line \(mark.line): \(problem)"
    default: "not YAML"
    }
  }
}
