// How many threads a process should start.

import Foundation

/// The cores of the machine, and how many of them this process may use.
public struct Cores: Equatable, Sendable {
  /// What decides how many threads there are.
  public enum Limit: String, Sendable, Codable {
    /// The machine has no more cores.
    case machine
    /// The process is bound to some of them (`taskset`, a container's set of cores).
    case affinity
    /// The control group grants less time than the cores have (a container's quota).
    case quota
  }

  /// Cores that the machine has running.
  public let machine: Int
  /// Cores that this process may run on.
  public let allowed: Int
  /// How many cores' time the control group grants; `nil` without a limit.
  public let quota: Double?

  /// Cores of some machine.
  public init(machine: Int, allowed: Int, quota: Double?) {
    (self.machine, self.allowed, self.quota) = (machine, allowed, quota)
  }

  /// This process's.
  public static var here: Cores {
    let machine = ProcessInfo.processInfo.activeProcessorCount
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    return Cores(
      machine: machine, allowed: allowed(inStatus: status) ?? machine,
      quota: ControlGroup.current.cores)
  }

  /// Threads to start unless the user says otherwise: one a core, at most the quota rounded up.
  public var threads: Int {
    max(1, min(allowed, machine, quota.map { Int($0.rounded(.up)) } ?? machine))
  }

  /// What decides ``threads``.
  public var limit: Limit {
    if let quota, Int(quota.rounded(.up)) < min(allowed, machine) { return .quota }
    return allowed < machine ? .affinity : .machine
  }

  /// The cores in the mask `Cpus_allowed` of `/proc/self/status`: "ff,ffffffff".
  static func allowed(inStatus text: String) -> Int? {
    let key = "Cpus_allowed:"
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(key) }) else {
      return nil
    }
    let digits = line.dropFirst(key.count).compactMap(\.hexDigitValue)
    let count = digits.reduce(0) { $0 + $1.nonzeroBitCount }
    return count > 0 ? count : nil
  }
}
