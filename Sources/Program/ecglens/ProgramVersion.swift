// The program's version, and what a run records of the program and the machine.

import ECGParallel
import ECGTraining

/// The version in CHANGELOG.md.
enum ProgramVersion {
  static let current = "0.1.0"
}

extension RunOrigin {
  /// This program, as it was called, on this machine.
  static var here: RunOrigin {
    RunOrigin(
      command: CommandLine.arguments, versions: ["ecglens": ProgramVersion.current],
      instructionSet: InstructionSet.compiled.rawValue)
  }
}
