// The layouts that drawing is tested on.

import ECGLayouts

/// Every design at every paper speed and gain.
let allLayouts: [PageLayout] = PageDesign.allCases.flatMap { design in
  PaperSpeed.allCases.flatMap { speed in
    PaperGain.allCases.map { PageLayout.of(design, speed: speed, gain: $0) }
  }
}
