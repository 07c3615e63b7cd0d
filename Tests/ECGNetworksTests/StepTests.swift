// Which layers run together.

import Testing

@testable import ECGNetworks

@Suite("Steps")
struct StepTests {
  private let graph = NetworkGraph(NetworkSpecification())

  private func name(_ index: Int) -> String { graph.layers[index].name }

  @Test("fold every normalization of the trunk at inference, behind what the residual needs")
  func inference() throws {
    let steps = graph.steps(for: .inference)
    let folded = steps.compactMap { step -> (String, String)? in
      guard case .folded(let convolution, let normalization) = step else { return nil }
      return (name(convolution), name(normalization))
    }
    #expect(folded.count == 20)
    #expect(folded.contains { $0 == ("spatial.conv1", "spatial.bn1") })
    #expect(steps.flatMap(\.layers).sorted() == Array(graph.layers.indices))
    let last = try #require(steps.firstIndex { name($0.output) == "spatial.layer2.0.bn2" })
    let shortcut = try #require(
      steps.firstIndex { name($0.output) == "spatial.layer2.0.downsample.1" })
    #expect(shortcut < last)
    #expect(graph.inputs(of: steps[last]).count == 2)
  }

  @Test("pool the stem's normalization in training, and nothing else")
  func training() {
    let joined = graph.steps(for: .training).filter { $0.layers.count > 1 }
    #expect(joined.count == 1)
    #expect(joined.first.map { $0.layers.map(name) } == ["spatial.bn1", "spatial.maxpool"])
  }

  @Test("keep a value to themselves only where nobody else reads it")
  func values() {
    for purpose in [Purpose.inference, .training] {
      let steps = graph.steps(for: purpose)
      let lives = Lifetimes(graph, steps: steps, purpose: purpose)
      for step in steps {
        for inner in step.layers.dropLast() {
          #expect(lives.values[inner] == nil)
          let readers = graph.layers.filter { $0.inputs.contains(.layer(inner)) }
          #expect(readers.count == 1)
        }
      }
    }
  }
}
