// What is said of machines.

import ECGFiles
import ECGLinearAlgebra
import ECGParallel
import Testing

@testable import ECGMachine

@Suite("Findings of machines")
struct FindingTests {
  /// A machine with nothing amiss.
  private static let sound = MachineFacts(
    version: "0.1.0", flags: MachineFlags(threads: "--threads", batch: "--batch", cache: "--cache"),
    build: BuildFacts(mode: .release, compiler: "6.3", standardLibrary: "6.3.0"), compiled: .level3,
    present: .level3, processor: "Processor", cores: Cores(machine: 4, allowed: 4, quota: nil),
    memory: MemoryFacts(
      total: 16_000_000_000, available: 9_000_000_000, limit: nil, batch: 32,
      training: 1_600_000_000),
    libraries: LibraryVersions(
      cairo: "1.16.0", png: "1.6.39", turboJPEG: "libturbojpeg.so.0.2.0", openSSL: "3.0.1"),
    openBLAS: openBLAS(difference: 1e-15),
    fonts: FontFacts(family: "Liberation Sans", complaint: nil),
    cache: FolderSpace(folder: "/cache", writable: true, free: 50_000_000_000))

  /// An OpenBLAS of which one routine differs from plain loops.
  private static func openBLAS(difference: Double, usesOpenMP: Bool = false) -> OpenBLASFacts {
    OpenBLASFacts(
      configuration: "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH", core: "Zen",
      usesOpenMP: usesOpenMP,
      check: OpenBLASCheck(comparisons: [.init(routine: "dgemm", difference: difference)]))
  }

  /// The only finding that is not fine, after a change.
  private func finding(_ change: (inout MachineFacts) -> Void) throws -> Finding {
    var facts = Self.sound
    change(&facts)
    let amiss = facts.findings.filter { $0.state != .ok }
    #expect(amiss.count == 1)
    let finding = try #require(amiss.first)
    #expect(!finding.remedy.isEmpty)
    #expect(DoctorReport(facts).isOK == (finding.state == .warning))
    return finding
  }

  @Test("nothing is said of a sound machine")
  func nothingAmiss() {
    let report = DoctorReport(Self.sound)
    #expect(report.isOK)
    #expect(report.findings.allSatisfy { $0.state == .ok && $0.remedy.isEmpty })
    #expect(report.findings.map(\.area) == Finding.Area.allCases)
    #expect(
      report.text == """
        ok  program       ecglens 0.1.0, release build; Swift 6.3, standard library 6.3.0
        ok  instructions  built for x86-64-v3; Processor has x86-64-v3
        ok  threads       4 unless --threads says otherwise: all cores
        ok  memory        9.0 GB of 16.0 GB available; training with batches of 32 takes 1.6 GB
        ok  libraries     Cairo 1.16.0, libpng 1.6.39, OpenSSL 3.0.1, libjpeg-turbo as libturbojpeg.so.0.2.0
        ok  openblas      OpenBLAS 0.3.21, Zen kernels, one thread; products and factorizations agree with plain loops
        ok  fonts         Liberation Sans, embedded in every report
        ok  disk          /cache for decoded pages, 50.0 GB free
        faults: 0, warnings: 0
        """)
  }

  @Test("an older level is slower, not wrong")
  func olderLevel() throws {
    let finding = try finding { $0.compiled = .level1 }
    #expect(finding.area == .instructions)
    #expect(finding.state == .warning)
    #expect(finding.remedy.contains("scripts/build"))
  }

  @Test("another architecture is untested, and said to be")
  func otherArchitecture() throws {
    let finding = try finding { ($0.compiled, $0.present) = (.generic, .generic) }
    #expect(finding.state == .warning)
    #expect(finding.remedy.contains("not tested"))
  }

  @Test("a debug build is slow")
  func debugBuild() throws {
    let finding = try finding {
      $0.build = BuildFacts(mode: .debug, compiler: "6.3", standardLibrary: "6.3.0")
    }
    #expect((finding.area, finding.state) == (.program, .warning))
  }

  @Test("what is too little for training is a fault, with a batch that fits")
  func memory() throws {
    let finding = try finding {
      $0.memory = MemoryFacts(
        total: 16_000_000_000, available: 500_000_000, limit: 500_000_000, batch: 32,
        training: 1_600_000_000)
    }
    #expect((finding.area, finding.state) == (.memory, .fault))
    #expect(finding.text.contains("limited to 0.5 GB"))
    #expect(finding.remedy.hasSuffix("--batch 8"))
  }

  @Test("fonts: a stand-in is a warning, none a fault")
  func fonts() throws {
    let standIn = try finding {
      $0.fonts = FontFacts(family: "DejaVu Sans", complaint: "no A, B stands in; install p")
    }
    #expect((standIn.area, standIn.state) == (.fonts, .warning))
    #expect((standIn.text, standIn.remedy) == ("no A, B stands in", "install p"))
    let none = try finding { $0.fonts = FontFacts(family: nil, complaint: "none of A; install p") }
    #expect(none.state == .fault)
  }

  @Test("disk: not writable or full is a fault, little a warning")
  func disk() throws {
    func state(_ writable: Bool, _ free: Int?) throws -> Finding.State {
      try finding { $0.cache = FolderSpace(folder: "/c", writable: writable, free: free) }.state
    }
    #expect(try state(false, nil) == .fault)
    #expect(try state(true, 499_999_999) == .fault)
    #expect(try state(true, 500_000_000) == .warning)
    #expect(try state(true, 1_999_999_999) == .warning)
  }

  @Test("wrong results of OpenBLAS are a fault with a remedy", arguments: [0.3, .nan, .infinity])
  func openBLAS(_ difference: Double) throws {
    let finding = try finding { $0.openBLAS = Self.openBLAS(difference: difference) }
    #expect((finding.area, finding.state) == (.openblas, .fault))
    #expect(finding.text == "OpenBLAS 0.3.21, Zen kernels: wrong results of dgemm")
    #expect(finding.remedy.hasPrefix("set OPENBLAS_CORETYPE=Haswell"))
  }

  @Test("an OpenBLAS with OpenMP is a warning")
  func openMP() throws {
    let finding = try finding {
      $0.openBLAS = Self.openBLAS(difference: 1e-15, usesOpenMP: true)
    }
    #expect((finding.area, finding.state) == (.openblas, .warning))
  }

  @Test("libraries are found by the start of their file's name")
  func maps() {
    let text = """
      7f00-7f01 r-xp 00000000 fe:00 12  /usr/lib/libturbojpeg.so.0.2.0
      7f02-7f03 rw-p 00000000 00:00 0   [stack]
      """
    #expect(LibraryVersions.file(named: "libturbojpeg", inMaps: text) == "libturbojpeg.so.0.2.0")
    #expect(LibraryVersions.file(named: "libopenblas", inMaps: text) == nil)
  }

  @Test("meminfo counts in kibibytes")
  func meminfo() {
    let text = "MemTotal:       24689844 kB\nMemAvailable:          1 kB\n"
    #expect(MemoryFacts.bytes(of: "MemAvailable", inMeminfo: text) == 1024)
    #expect(MemoryFacts.bytes(of: "MemTotal", inMeminfo: text) == 25_282_400_256)
    #expect(MemoryFacts.bytes(of: "MemFree", inMeminfo: text) == nil)
  }
}
