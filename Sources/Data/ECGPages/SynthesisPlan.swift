// What a folder of synthetic pages is made of.

import ECGLayouts
import ECGRaster
import ECGSignals
import ECGTerms

/// How synthetic recordings are disturbed.
public enum SynthesisNoise: String, CaseIterable, Sendable, Codable {
  /// As everyday recordings are, each in its own way.
  case everyday
  /// Not at all.
  case none
}

/// How many pages of which kind are to be written.
public struct SynthesisPlan: Equatable, Sendable {
  /// How many; at least one a class.
  public var pages: Int
  /// The seed of everything drawn.
  public var seed: UInt64
  /// The kind of page.
  public var design: PageDesign
  /// The paper's speed.
  public var speed: PaperSpeed
  /// The deflection of a millivolt.
  public var gain: PaperGain
  /// The pages in pixels; the kind's own size by default.
  public var size: PageSize
  /// Shortcut to the class besides the traces.
  public var shortcut: PageShortcut
  /// Where alone the class can be seen, if anywhere.
  public var cue: PlantedCue?
  /// Whether masks are written too.
  public var masks: Bool
  /// How the recordings are disturbed.
  public var noise: SynthesisNoise

  /// A plan; the device's plain pages by default.
  public init(
    pages: Int, seed: UInt64, design: PageDesign = .device, speed: PaperSpeed = .mm25,
    gain: PaperGain = .mm10, size: PageSize? = nil, shortcut: PageShortcut = .none,
    cue: PlantedCue? = nil, masks: Bool = false, noise: SynthesisNoise = .everyday
  ) {
    self.pages = pages
    self.seed = seed
    self.design = design
    self.speed = speed
    self.gain = gain
    self.size = size ?? PageTemplate.of(design).size
    self.shortcut = shortcut
    self.cue = cue
    self.masks = masks
    self.noise = noise
  }

  /// The layout that is drawn, of its own size.
  public var layout: PageLayout { PageLayout.of(design, speed: speed, gain: gain) }

  /// Page `index` of the plan, from 0.
  public func ecg(_ index: Int) -> SyntheticECG {
    SyntheticECG(
      seed: seed, index: index, label: syntheticClass(of: index),
      settings: SynthesisSettings(noise: noise == .none ? NoiseLevels.none : nil, cue: cue))
  }

  /// Refuses what cannot be drawn.
  func check() throws(PagesError) {
    guard (ArchiveClass.allCases.count...1_000_000).contains(pages) else {
      throw .pageCount(pages)
    }
    guard size.isDrawable else { throw .pageSize(size) }
  }
}

extension PageSize {
  /// Large enough to show leads, and within what the tools read.
  var isDrawable: Bool {
    width >= 100 && height >= 71 && width <= 20_000 && height <= 20_000
      && Double(width) * Double(height) <= Image.defaultMaximumMegapixels * 1e6
  }
}

/// The class of page `index`: the classes take turns, in their order.
public func syntheticClass(of index: Int) -> ArchiveClass {
  let classes = ArchiveClass.allCases
  return classes[index % classes.count]
}

/// The file name of page `index` without its ending: `synthetic-0001` is page 0.
public func syntheticName(of index: Int) -> String {
  let number = String(index + 1)
  return "synthetic-" + String(repeating: "0", count: max(0, 4 - number.count)) + number
}

extension SynthesisNoise {
  /// A sentence on the choice, as the help shows it.
  public var summary: String {
    switch self {
    case .everyday:
      "Baseline wander and muscle noise; in some recordings mains hum, motion or reversed electrodes."
    case .none: "None."
    }
  }
}
