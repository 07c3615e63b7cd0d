// What a control group leaves a process of the machine, as containers use it.

import Foundation

/// The limits of the control groups that a process is in.
public struct ControlGroup: Equatable, Sendable {
  /// How many cores' time the process may use; `nil` without a limit.
  public let cores: Double?
  /// How many bytes of memory the process may use; `nil` without a limit.
  public let memory: Int?

  /// This process's.
  public static var current: ControlGroup {
    ControlGroup(
      membership: Self.text("/proc/self/cgroup") ?? "",
      file: { Self.text("/sys/fs/cgroup/\($0)") })
  }

  /// The tightest limits among the groups and those that hold them.
  ///
  /// - Parameters:
  ///   - membership: The text of `/proc/self/cgroup`, of the first version or the second.
  ///   - file: The text of a file under `/sys/fs/cgroup`; `nil` where there is none.
  init(membership: String, file: (String) -> String?) {
    var cores: [Double] = []
    var memory: [Int] = []
    for line in membership.split(separator: "\n") {
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      let controllers = fields[1].split(separator: ",")
      for path in Self.upwards(fields[2]) {
        if controllers.isEmpty {
          let share = file("\(path)cpu.max")?.split(whereSeparator: \.isWhitespace) ?? []
          if share.count == 2, let quota = Double(share[0]), let period = Double(share[1]) {
            cores.append(quota / period)
          }
          memory += Self.number(file("\(path)memory.max"))
        }
        if controllers.contains("cpu"),
          let quota = Self.number(file("cpu/\(path)cpu.cfs_quota_us")).first, quota > 0,
          let period = Self.number(file("cpu/\(path)cpu.cfs_period_us")).first, period > 0
        {
          cores.append(Double(quota) / Double(period))
        }
        if controllers.contains("memory") {
          memory += Self.number(file("memory/\(path)memory.limit_in_bytes"))
        }
      }
    }
    self.cores = cores.min()
    // The first version writes "no limit" as the largest multiple of a page.
    self.memory = memory.filter { $0 < 1 << 60 }.min()
  }

  /// "a/b/", "a/", "": a container may see its own group as the root.
  private static func upwards(_ path: Substring) -> [String] {
    let names = path.split(separator: "/")
    return (0...names.count).reversed().map { count in
      names.prefix(count).map { $0 + "/" }.joined()
    }
  }

  private static func number(_ text: String?) -> [Int] {
    (text?.trimmingCharacters(in: .whitespacesAndNewlines)).flatMap { Int($0) }.map { [$0] } ?? []
  }

  private static func text(_ path: String) -> String? {
    try? String(contentsOfFile: path, encoding: .utf8)
  }
}
