// Runs the built program as a user would.

import Foundation
import TestSupport

/// How a run of the program ended.
struct Ended {
  /// The exit status; 128 plus the signal's number where a signal ended it.
  let status: Int32
  /// Standard output and standard error.
  let output, errors: String

  /// Standard error's lines.
  var errorLines: [Substring] { errors.split(separator: "\n") }
  /// Standard output as one JSON object.
  var json: [String: Any] {
    let object = try? JSONSerialization.jsonObject(with: Data(output.utf8))
    return object as? [String: Any] ?? [:]
  }
}

/// The program while it runs.
final class Running {
  private let process = Process()
  private let folder: String

  /// Starts the program; its decoded pages lie in a cache folder that tests share.
  ///
  /// - Parameter script: A shell's words that end by becoming `"$@"`, the program.
  init(_ arguments: [String], output: String? = nil, script: String? = nil) throws {
    folder = NSTemporaryDirectory() + "ecglens-output-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let program = try Self.program()
    process.executableURL = URL(fileURLWithPath: script == nil ? program : "/bin/sh")
    process.arguments = script.map { ["-c", $0, "sh", program] + arguments } ?? arguments
    var environment = ProcessInfo.processInfo.environment
    environment["XDG_CACHE_HOME"] = TinyPages.folder + "/cache"
    environment["COLUMNS"] = nil
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try Self.file(output ?? folder + "/out")
    process.standardError = try Self.file(folder + "/err")
    try process.run()
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Whether it has not ended yet.
  var isRunning: Bool { process.isRunning }

  /// Waits until something has happened, or the program has ended.
  func wait(until happened: () throws -> Bool) rethrows {
    while process.isRunning, try !happened() { Thread.sleep(forTimeInterval: 0.002) }
  }

  /// The processor time that the program has taken, in the kernel's ticks; 0 after its end.
  var ticks: Int {
    let path = "/proc/\(process.processIdentifier)/stat"
    guard let line = FileManager.default.contents(atPath: path) else { return 0 }
    let words = String(decoding: line, as: UTF8.self).split(separator: ")").last?.split(
      separator: " ")
    return words.map { (Int($0[11]) ?? 0) + (Int($0[12]) ?? 0) } ?? 0
  }

  /// Sends a signal.
  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for the end.
  func ended() -> Ended {
    process.waitUntilExit()
    let status = process.terminationStatus
    func text(_ name: String) -> String {
      (try? String(contentsOfFile: folder + name, encoding: .utf8)) ?? ""
    }
    return Ended(
      status: process.terminationReason == .uncaughtSignal ? 128 + status : status,
      output: text("/out"), errors: text("/err"))
  }

  private static func file(_ path: String) throws -> FileHandle {
    if !FileManager.default.fileExists(atPath: path) {
      try Data().write(to: URL(fileURLWithPath: path))
    }
    return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }

  /// The program beside the bundle of tests.
  static func program() throws -> String {
    let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let places = [bundle, CommandLine.arguments[0]].map {
      URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("ecglens").path
    }
    guard let path = places.first(where: FileManager.default.isExecutableFile) else {
      throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: places[0]])
    }
    return path
  }
}

/// Runs the program to its end.
func ecglens(_ arguments: String...) throws -> Ended { try Running(arguments).ended() }

/// Runs the program to its end.
func ecglens(_ arguments: [String]) throws -> Ended { try Running(arguments).ended() }
