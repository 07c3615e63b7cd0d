// `ecglens doctor` on this machine.

import CStart
import ECGFiles
import ECGMachine
import ECGParallel
import Testing

@Suite("Doctor")
struct DoctorTests {
  @Test("the program's own JSON has every key")
  func json() throws {
    let ended = try ecglens("doctor", "--json")
    #expect(ended.errors.isEmpty)
    let json = ended.json
    let findings = try #require(json["findings"] as? [[String: Any]])
    #expect(findings.count == Finding.Area.allCases.count)
    let isOK = findings.allSatisfy { $0["state"] as? String != "fault" }
    #expect(json["ok"] as? Bool == isOK)
    #expect(ended.status == (isOK ? 0 : 1))
    #expect(json["instruction_set"] as? String == InstructionSet.compiled.rawValue)
    #expect(json["processor_instruction_set"] as? String == InstructionSet.processor.rawValue)
    #expect(json["cores"] as? Int == Cores.here.machine)
    #expect(json["threads"] as? Int == Cores.here.threads)
    #expect(Set(["cores_quota", "cores_allowed", "threads_limit"]).isSubset(of: json.keys))
    let memory = try #require(json["memory"] as? [String: Any])
    // Weights, two moments and their gradients, and the activations of 32 images.
    let training = try #require(memory["training_bytes"] as? Int)
    #expect((500_000_000...3_000_000_000).contains(training))
    #expect(try #require(memory["available_bytes"] as? Int) > 0)
    #expect(memory["limit_bytes"] != nil)
    let libraries = try #require(json["libraries"] as? [String: String])
    #expect(libraries["cairo"]?.contains(".") == true)
    #expect(libraries["libjpeg_turbo"]?.hasPrefix("libturbojpeg.so") == true)
    let openBLAS = try #require(json["openblas"] as? [String: Any])
    #expect((openBLAS["version"] as? String)?.hasPrefix("0.") == true)
    #expect((openBLAS["core"] as? String)?.isEmpty == false)
    let differences = try #require(openBLAS["relative_differences"] as? [String: Double])
    #expect(differences.count == 6 && differences.values.allSatisfy { $0 < 1e-11 })
    let cache = try #require(json["cache"] as? [String: Any])
    #expect(cache["folder"] as? String == TinyPages.folder + "/cache/ecglens")
  }

  @Test("a cache folder that cannot be made ends with 1 and a remedy")
  func badCache() throws {
    let ended = try ecglens("doctor", "--cache", "/dev/null/cache")
    #expect(ended.status == 1)
    #expect(ended.errors.isEmpty)
    #expect(ended.output.contains("fault  disk"))
    #expect(ended.output.contains("use --cache DIR"))
  }

  @Test("the status of a program that the processor cannot run is its own")
  func unfitStatus() {
    #expect(ECG_STATUS_UNFIT == ECGFiles.ExitStatus.unavailable.rawValue)
  }
}
