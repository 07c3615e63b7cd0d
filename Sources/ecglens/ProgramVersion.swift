// The program's version, and what a run records of the program and the machine.

/// The version in CHANGELOG.md.
enum ProgramVersion {
  static let current = "0.1.0"
}
