// `ecglens model` and `ecglens bench`.

import Testing

@Suite("Model and bench")
struct ModelTests {
  @Test("the hybrid has the article's parameters, layer by layer")
  func hybrid() throws {
    let json = try ecglens("model", "--json").json
    #expect(json["parameters"] as? Int == 14_392_708)
    #expect(json["input"] as? [Int] == [3, 227, 227])
    let layers = try #require(json["layers"] as? [[String: Any]])
    #expect(layers.reduce(0) { $0 + ($1["parameters"] as? Int ?? 0) } == 14_392_708)
    let adapter = try #require(layers.first { $0["name"] as? String == "adapter" })
    #expect(adapter["kind"] as? String == "convolution")
    #expect(adapter["output"] as? [Int] == [224, 8, 8])
    #expect(adapter["parameters"] as? Int == 114_912)
  }

  @Test("bench measures each thread count and compares with --at-least")
  func bench() throws {
    let flags = [
      "bench", "--json", "--network", "global-only", "--input", "64", "--batch", "2",
      "--threads", "1,2", "--repeats", "3", "--task", "training", "--quiet",
    ]
    let met = try ecglens(flags + ["--at-least", "0.001"])
    #expect(met.status == 0)
    let results = try #require(met.json["results"] as? [[String: Any]])
    #expect(results.compactMap { $0["threads"] as? Int } == [1, 2])
    #expect(results.allSatisfy { ($0["milliseconds"] as? [Double])?.count == 3 })
    #expect((met.json["instruction_set"] as? String)?.isEmpty == false)
    #expect(try ecglens(flags + ["--at-least", "1e9"]).status == 1)
    let peak = try #require(met.json["peak_memory_bytes"] as? Int)
    #expect((1 << 20...1 << 32).contains(peak))
  }

  @Test("bench times single images where it need not train on them")
  func single() throws {
    let json = try ecglens(
      "bench", "--json", "--network", "global-only", "--input", "64", "--batch", "1", "--threads",
      "1", "--repeats", "2", "--task", "inference", "--quiet"
    ).json
    let result = try #require((json["results"] as? [[String: Any]])?.first)
    #expect(result["batch"] as? Int == 1)
    #expect((result["images_per_second"] as? Double ?? 0) > 0)
  }

  @Test("bench says where the time goes")
  func layers() throws {
    let json = try ecglens(
      "bench", "--json", "--network", "plain-cnn", "--input", "64", "--batch", "2", "--threads",
      "1", "--repeats", "2", "--task", "training", "--layers", "--quiet"
    ).json
    let result = try #require((json["results"] as? [[String: Any]])?.first)
    let layers = try #require(result["layers"] as? [[String: Any]])
    let first = try #require(layers.first { $0["name"] as? String == "features.0" })
    #expect(first["kind"] as? String == "convolution")
    #expect(first["forward"] as? Double ?? 0 > 0)
    #expect(first["backward"] as? Double ?? 0 > 0)
    let whole = layers.reduce(result["update"] as? Double ?? 0) { sum, layer in
      ["prepare", "forward", "backward"].reduce(sum) { $0 + (layer[$1] as? Double ?? 0) }
    }
    let slowest = (result["milliseconds"] as? [Double])?.max() ?? 0
    #expect(whole > 0 && whole < 2 * slowest)
  }
}
