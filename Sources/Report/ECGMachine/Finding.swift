// What is said of a fact: fine, or what is amiss and how to mend it.

import ECGFiles
import ECGParallel
import ECGResults

/// One line of the doctor's.
package struct Finding: Encodable, Equatable {
  /// What it is about.
  package enum Area: String, Encodable, CaseIterable {
    case program, instructions, threads, memory, libraries, openblas, fonts, disk
  }

  /// How it stands.
  package enum State: String, Encodable {
    /// As it should be.
    case ok
    /// Everything works, slower or less handsome than it could.
    case warning
    /// Something will fail.
    case fault
  }

  /// What it is about.
  package let area: Area
  /// How it stands.
  package let state: State
  /// What was found.
  package let text: String
  /// What to do; empty where nothing is to be done.
  package let remedy: String

  package init(_ area: Area, _ text: String, _ state: State = .ok, remedy: String = "") {
    (self.area, self.state, self.text, self.remedy) = (area, state, text, remedy)
  }
}

package extension MachineFacts {
  /// What is said of the facts, an area a line.
  var findings: [Finding] {
    [
      aboutProgram, aboutInstructions, aboutThreads, aboutMemory, aboutLibraries, aboutOpenBLAS,
      aboutFonts, aboutDisk,
    ]
  }

  private var aboutProgram: Finding {
    let text =
      "ecglens \(version), \(build.mode.rawValue) build; "
      + "Swift \(build.compiler), standard library \(build.standardLibrary)"
    return build.mode == .release
      ? Finding(.program, text)
      : Finding(.program, text, .warning, remedy: "tens of times slower; run scripts/build")
  }

  private var aboutInstructions: Finding {
    let name = processor ?? "processor without a name"
    if compiled == .generic {
      return Finding(
        .instructions, "\(name): no x86-64 processor", .warning,
        remedy: "not tested on this architecture; run scripts/test")
    }
    let text = "built for \(compiled.rawValue); \(name) has \(present.rawValue)"
    return compiled >= present
      ? Finding(.instructions, text)
      : Finding(.instructions, text, .warning, remedy: "slower than need be; run scripts/build")
  }

  private var aboutThreads: Finding {
    let reason =
      switch cores.limit {
      case .machine: "all cores"
      case .affinity: "the process is bound to \(cores.allowed) of \(cores.machine) cores"
      case .quota:
        "a quota of \((cores.quota ?? 0).formatted(digits: 2)) of \(cores.machine) cores"
      }
    return Finding(.threads, "\(cores.threads) unless \(flags.threads) says otherwise: \(reason)")
  }

  private var aboutMemory: Finding {
    let limit = memory.limit.map { ", limited to \(gigabytes($0))" } ?? ""
    let text =
      "\(gigabytes(memory.available)) of \(gigabytes(memory.total)) available\(limit); "
      + "training with batches of \(memory.batch) takes \(gigabytes(memory.training))"
    return memory.training <= memory.available
      ? Finding(.memory, text)
      : Finding(
        .memory, text, .fault,
        remedy: "free some, or train with \(flags.batch) \(memory.fittingBatch)")
  }

  private var aboutLibraries: Finding {
    Finding(
      .libraries,
      "Cairo \(libraries.cairo), libpng \(libraries.png), OpenSSL \(libraries.openSSL), "
        + "libjpeg-turbo as \(libraries.turboJPEG)")
  }

  private var aboutOpenBLAS: Finding {
    let name = "OpenBLAS \(openBLAS.version), \(openBLAS.core) kernels"
    let failures = openBLAS.check.failures
    if !failures.isEmpty {
      let names = failures.map(\.routine).joined(separator: ", ")
      return Finding(
        .openblas, "\(name): wrong results of \(names)", .fault,
        remedy: "set OPENBLAS_CORETYPE=Haswell (without AVX2: Nehalem), or upgrade libopenblas0")
    }
    if openBLAS.usesOpenMP {
      return Finding(
        .openblas, "\(name), built with OpenMP: more than one thread per call", .warning,
        remedy: "results may depend on the number of cores; install libopenblas0-pthread")
    }
    return Finding(
      .openblas, "\(name), one thread; products and factorizations agree with plain loops")
  }

  private var aboutFonts: Finding {
    guard let complaint = fonts.complaint else {
      return Finding(.fonts, "\(fonts.family ?? "unknown"), embedded in every report")
    }
    // The complaint's last clause is its remedy.
    let clauses = complaint.split(separator: "; ", maxSplits: 1).map(String.init)
    return Finding(
      .fonts, clauses.first ?? "", fonts.family == nil ? .fault : .warning,
      remedy: clauses.dropFirst().first ?? "")
  }

  private var aboutDisk: Finding {
    let free = cache.free.map { "\(gigabytes($0)) free" } ?? "free space unknown"
    let text = "\(cache.folder) for decoded pages, \(free)"
    if !cache.writable {
      return Finding(
        .disk, text + ", not writable", .fault,
        remedy: "use \(flags.cache) DIR, here and with the other verbs, or set XDG_CACHE_HOME")
    }
    // A page takes 0.15 MB of it, a run folder 0.2 GB.
    return switch cache.free ?? .max {
    case ..<500_000_000: Finding(.disk, text, .fault, remedy: "free some; a run needs 0.5 GB")
    case ..<2_000_000_000: Finding(.disk, text, .warning, remedy: "free some for more than one run")
    default: Finding(.disk, text)
    }
  }
}

/// Bytes as gigabytes with one decimal.
private func gigabytes(_ bytes: Int) -> String {
  (Double(bytes) / 1e9).formatted(digits: 1) + " GB"
}
