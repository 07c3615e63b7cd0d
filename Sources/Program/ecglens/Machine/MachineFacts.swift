// All that `ecglens doctor` looks at.

import ECGParallel

/// The program and the machine that it runs on.
struct MachineFacts: Equatable {
  /// How the program was built.
  var build: BuildFacts
  /// What the program was compiled for.
  var compiled: InstructionSet
  /// What the processor has.
  var present: InstructionSet
  /// The processor's name; `nil` where it tells none.
  var processor: String?
  /// Cores, and what decides the number of threads.
  var cores: Cores
  /// Memory, and what training takes of it.
  var memory: MemoryFacts
  /// The system's libraries.
  var libraries: LibraryVersions
  /// The library of linear algebra.
  var openBLAS: OpenBLASFacts
  /// The typeface of reports.
  var fonts: FontFacts
  /// Where decoded pages are kept.
  var cache: FolderSpace

  /// This program on this machine.
  static func here(cacheFolder: String) -> MachineFacts {
    MachineFacts(
      build: .here, compiled: .compiled, present: .processor,
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

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(ProgramVersion.current, forKey: .version)
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
