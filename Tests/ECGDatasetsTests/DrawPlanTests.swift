// Draws: balance, permutations used up, augmentations of their own, no state.

import ECGRaster
import ECGTerms
import Testing

@testable import ECGDatasets

@Suite("Draw plans")
struct DrawPlanTests {
  static let dataset = plainDataset(
    ecgs: [.normal: 31, .abnormal: 40, .hmi: 17, .mi: 9], copies: 3)

  static func plan(_ kind: SplitProtocol = .grouped, seed: UInt64 = 4) throws -> (Split, DrawPlan) {
    let split = try Split.make(dataset: dataset, protocol: kind, seed: 1)
    return (split, DrawPlan(split: split, seed: seed))
  }

  @Test("draw i belongs to class i mod 4", arguments: SplitProtocol.allCases)
  func classes(_ kind: SplitProtocol) throws {
    let (split, plan) = try Self.plan(kind)
    let samples = plan.samples(epoch: 3, draws: 46)
    #expect(samples.map(\.label.index) == (0..<46).map { $0 % 4 })
    let training = Set(split.items.filter { $0.part == .train }.map { "\($0.class) \($0.ecg)" })
    #expect(
      samples.allSatisfy { training.contains("\($0.label) \(split.ecgs[$0.cacheIndex])") })
  }

  @Test("two classes take turns")
  func twoClasses() throws {
    let dataset = plainDataset(ecgs: [.abnormal: 9, .mi: 9])
    let split = try Split.make(dataset: dataset, protocol: .grouped, seed: 1)
    let labels = DrawPlan(split: split).samples(epoch: 1, draws: 5).map(\.label)
    #expect(labels == [.abnormal, .mi, .abnormal, .mi, .abnormal])
  }

  @Test(
    "a permutation is used up before the next begins, over epochs", arguments: [4, 23, 46, 300])
  func passes(_ draws: Int) throws {
    let (split, plan) = try Self.plan()
    let all = (1...12).flatMap { plan.samples(epoch: $0, draws: draws) }
    for label in ClassList.archive {
      let drawn = all.filter { $0.label == label }.map(\.cacheIndex)
      let count = split.count(.train, label).distinct
      var orders = Set<[Int]>()
      for start in stride(from: 0, to: drawn.count - count + 1, by: count) {
        let pass = Array(drawn[start..<start + count])
        #expect(Set(pass).count == count)
        orders.insert(pass)
      }
      // Six ECGs have 720 orders, so some of 150 passes may share theirs.
      #expect(4 * orders.count >= 3 * (drawn.count / count))
      // Before the first pass ends nothing comes twice.
      let first = drawn.prefix(count)
      #expect(Set(first).count == first.count)
    }
  }

  @Test("each draw has an augmentation of its own, keyed by seed, epoch and draw")
  func augmentations() throws {
    let (_, plan) = try Self.plan()
    let samples = plan.samples(epoch: 1, draws: 200) + plan.samples(epoch: 2, draws: 200)
    #expect(Set(samples.map(\.augmentation.rotationDegrees)).count == 400)
    #expect(try Self.plan().1.samples(epoch: 2, draws: 200) == Array(samples[200...]))
    #expect(try Self.plan(seed: 5).1.samples(epoch: 2, draws: 200) != Array(samples[200...]))
  }

  @Test("an epoch begins as a shorter one of the same draw count's prefix would")
  func prefix() throws {
    let (_, plan) = try Self.plan()
    let first = plan.samples(epoch: 1, draws: 100)
    #expect(plan.samples(epoch: 1, draws: 37) == Array(first.prefix(37)))
  }

  @Test("paper: a sample is changed the same way each time it comes, files as they are never")
  func paper() throws {
    let (split, plan) = try Self.plan(.paper)
    // 960 training samples a class: one epoch of 3,840 draws is one pass.
    func key(_ sample: Sample) -> [Double] {
      [Double(sample.cacheIndex), sample.augmentation.rotationDegrees, sample.augmentation.scale]
    }
    func sorted(_ samples: [Sample]) -> [[Double]] {
      samples.map(key).sorted { $0.lexicographicallyPrecedes($1) }
    }
    let first = plan.samples(epoch: 1, draws: 3840)
    let second = plan.samples(epoch: 2, draws: 3840)
    #expect(sorted(first) == sorted(second))
    #expect(first != second)
    let plainFiles = split.items.count { $0.part == .train && $0.copy == 0 }
    #expect(first.count { $0.augmentation == .identity } == plainFiles)
    // Byte copies of a page are changed differently.
    let changed = first.filter { $0.augmentation != .identity }
    #expect(Set(changed.map(\.augmentation.rotationDegrees)).count == changed.count)
  }
}

@Suite("Evaluation items")
struct EvaluationItemTests {
  static let dataset = DrawPlanTests.dataset

  @Test(
    "each distinct ECG once, sorted by name, as it is",
    arguments: [
      SplitProtocol.distinct, .grouped,
    ])
  func distinct(_ kind: SplitProtocol) throws {
    let split = try Split.make(dataset: Self.dataset, protocol: kind, seed: 1)
    for part in Part.allCases {
      let items = split.evaluationItems(part)
      let expected = Set(split.items.filter { $0.part == part }.map(\.ecg))
      #expect(Set(items.map(\.ecg)) == expected && items.count == expected.count)
      #expect(items.map(\.name) == items.map(\.name).sorted())
      #expect(items.allSatisfy { $0.name == $0.path && $0.path.hasSuffix("-0.jpg") })
      #expect(items.allSatisfy { $0.sample.augmentation == .identity })
      #expect(items.allSatisfy { Self.dataset.ecgs[$0.sample.cacheIndex] == $0.ecg })
    }
  }

  @Test("files: every file")
  func files() throws {
    let split = try Split.make(dataset: Self.dataset, protocol: .files, seed: 1)
    let expected = split.items.filter { $0.part == .test }.map(\.path)
    #expect(split.evaluationItems(.test).map(\.name) == expected.sorted())
  }

  @Test("paper: every sample, copies augmented and named")
  func paper() throws {
    let split = try Split.make(dataset: Self.dataset, protocol: .paper, seed: 1)
    let items = split.evaluationItems(.test)
    #expect(items.count == 960)
    #expect(Set(items.map(\.name)).count == 960)
    #expect(
      items.allSatisfy { ($0.sample.augmentation == .identity) == !$0.name.contains("#") })
    #expect(split.evaluationItems(.inner).isEmpty)
  }
}
