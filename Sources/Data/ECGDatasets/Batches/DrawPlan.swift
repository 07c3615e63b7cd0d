// Which image is trained on when, and how it is changed.

import ECGRandom
import ECGRaster
import ECGTerms

/// An image for the network.
public struct Sample: Equatable, Sendable {
  /// The page's number in ``PageCache``, which is its ECG's in ``Split/ecgs``.
  public let cacheIndex: Int
  /// The true class.
  public let label: DiagnosticClass
  /// How the page is changed.
  public let augmentation: Augmentation
  /// Which draw of a training it is; `nil` for an image that is looked at as it is.
  public let draw: DrawKey?

  /// A page with its class and change.
  public init(
    cacheIndex: Int, label: DiagnosticClass, augmentation: Augmentation = .identity,
    draw: DrawKey? = nil
  ) {
    self.cacheIndex = cacheIndex
    self.label = label
    self.augmentation = augmentation
    self.draw = draw
  }
}

/// What keys a draw's randomness.
public struct DrawKey: Equatable, Sendable {
  let seed, ecg, epoch, draw: UInt64

  /// The draw's randomness for a purpose.
  public func random(for purpose: Philox.Purpose) -> Philox {
    Philox(seed: seed, for: purpose, ecg, epoch, draw)
  }
}

/// The training images of each epoch, as a pure function of the split, the seed and the epoch.
///
/// Draw `i` belongs to the `i mod C`-th of the C classes that training has. Inside a class the ECGs
/// (under ``SplitProtocol/paper`` the samples) come in a seeded permutation that is used up before
/// the next begins, on from epoch to epoch. Every draw has an augmentation of its own, keyed by
/// (seed, ECG, epoch, draw); under ``SplitProtocol/paper`` it is the sample's own and the same each
/// time.
public struct DrawPlan: Sendable {
  /// The user's seed.
  public let seed: UInt64
  /// How far augmentations go.
  public let ranges: Augmentation.Ranges

  private struct Candidate {
    let cacheIndex: Int
    let ecg: UInt64
    let fixed: Augmentation?
  }
  private let classes: [DiagnosticClass]
  private let candidates: [[Candidate]]

  /// A plan over the training set.
  ///
  /// - Parameters:
  ///   - split: With training items.
  ///   - seed: Of the order and the augmentations; the split's own when `nil`.
  ///   - ranges: How far augmentations go.
  public init(split: Split, seed: UInt64? = nil, ranges: Augmentation.Ranges = .standard) {
    self.seed = seed ?? split.seed
    self.ranges = ranges
    let numbers = split.pageNumbers
    var classes: [DiagnosticClass] = []
    var candidates: [[Candidate]] = []
    for label in split.classList {
      let items = split.items.filter { $0.part == .train && $0.class == label }
      guard !items.isEmpty else { continue }
      classes.append(label)
      if split.protocol == .paper {
        candidates.append(
          items.map {
            Candidate(
              cacheIndex: numbers.index(of: $0.ecg), ecg: ecgNumber($0.ecg),
              fixed: split.augmentation(of: $0, ranges: ranges))
          })
      } else {
        candidates.append(
          Set(items.map(\.ecg)).sorted().map {
            Candidate(cacheIndex: numbers.index(of: $0), ecg: ecgNumber($0), fixed: nil)
          })
      }
    }
    precondition(!classes.isEmpty, "a split without training items")
    self.classes = classes
    self.candidates = candidates
  }

  /// The images of an epoch, in order.
  ///
  /// - Parameters:
  ///   - epoch: 1 for the first.
  ///   - draws: How many; every epoch of a run has the same number.
  public func samples(epoch: Int, draws: Int) -> [Sample] {
    precondition(epoch >= 1, "epoch \(epoch); the first is 1")
    precondition(draws >= 0, "\(draws) draws")
    let count = classes.count
    var orders = [(pass: Int, order: [Int])](repeating: (-1, []), count: count)
    return (0..<draws).map { draw in
      let c = draw % count
      let ofClass = candidates[c]
      let perEpoch = (draws - c + count - 1) / count
      let position = (epoch - 1) * perEpoch + draw / count
      let pass = position / ofClass.count
      if orders[c].pass != pass {
        var random = Philox(
          seed: seed, for: .drawOrder, UInt64(classes[c].index), UInt64(pass))
        orders[c] = (pass, random.permutation(of: ofClass.count))
      }
      let chosen = ofClass[orders[c].order[position % ofClass.count]]
      return Sample(
        cacheIndex: chosen.cacheIndex, label: classes[c],
        augmentation: chosen.fixed ?? augmentation(chosen.ecg, epoch: epoch, draw: draw),
        draw: DrawKey(seed: seed, ecg: chosen.ecg, epoch: UInt64(epoch), draw: UInt64(draw)))
    }
  }

  private func augmentation(_ ecg: UInt64, epoch: Int, draw: Int) -> Augmentation {
    var random = Philox(seed: seed, for: .augmentation, ecg, UInt64(epoch), UInt64(draw))
    return Augmentation(drawnFrom: &random, ranges: ranges)
  }
}

/// An ECG's identity as the number that keys randomness.
func ecgNumber(_ ecg: String) -> UInt64 { UInt64(ecg, radix: 16) ?? stableNumber(of: ecg) }
