// All that `ecglens doctor` looks at.

import ECGFiles
import ECGParallel

/// The flags of the program that remedies name.
package struct MachineFlags: Equatable {
  /// Those of the number of threads, of the batch size and of the cache folder.
  package let threads, batch, cache: String

  /// The flags by their names.
  package init(threads: String, batch: String, cache: String) {
    (self.threads, self.batch, self.cache) = (threads, batch, cache)
  }
}

/// The program and the machine that it runs on.
package struct MachineFacts: Equatable {
  /// The program's version.
  package let version: String
  /// The program's flags.
  package let flags: MachineFlags
  /// How the program was built.
  package var build: BuildFacts
  /// What the program was compiled for.
  package var compiled: InstructionSet
  /// What the processor has.
  package var present: InstructionSet
  /// The processor's name; `nil` where it tells none.
  package var processor: String?
  /// Cores, and what decides the number of threads.
  package var cores: Cores
  /// Memory, and what training takes of it.
  package var memory: MemoryFacts
  /// The system's libraries.
  package var libraries: LibraryVersions
  /// The library of linear algebra.
  package var openBLAS: OpenBLASFacts
  /// The typeface of reports.
  package var fonts: FontFacts
  /// Where decoded pages are kept.
  package var cache: FolderSpace

  /// This program on this machine.
  package static func here(version: String, flags: MachineFlags, cacheFolder: String)
    -> MachineFacts
  {
    MachineFacts(
      version: version, flags: flags, build: .here, compiled: .compiled, present: .processor,
      processor: InstructionSet.processorName, cores: .here, memory: .here(batch: 32),
      libraries: .here, openBLAS: .here, fonts: .here, cache: FolderSpace(cacheFolder))
  }
}

extension MachineFacts: Encodable {
  private enum CodingKeys: String, CodingKey {
    case version, build, processor, cores, threads, memory, libraries, fonts, cache
    case openBLAS = "openblas"
    case compiled = "instruction_set"
    case present = "processor_instruction_set"
    case allowed = "cores_allowed"
    case quota = "cores_quota"
    case limit = "threads_limit"
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(version, forKey: .version)
    try values.encode(build, forKey: .build)
    try values.encode(compiled, forKey: .compiled)
    try values.encode(present, forKey: .present)
    try values.encode(processor, forKey: .processor)
    try values.encode(cores.machine, forKey: .cores)
    try values.encode(cores.allowed, forKey: .allowed)
    try values.encode(cores.quota, forKey: .quota)
    try values.encode(cores.threads, forKey: .threads)
    try values.encode(cores.limit, forKey: .limit)
    try values.encode(memory, forKey: .memory)
    try values.encode(libraries, forKey: .libraries)
    try values.encode(openBLAS, forKey: .openBLAS)
    try values.encode(fonts, forKey: .fonts)
    try values.encode(cache, forKey: .cache)
  }
}
