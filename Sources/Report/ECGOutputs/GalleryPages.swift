// Chooses and draws the pages of a gallery of synthetic pages.

import ECGFigures
import ECGFiles
import ECGLayouts
import ECGPages
import ECGParallel
import ECGPlotting
import ECGReports
import ECGSignals
import ECGTerms

/// The gallery of a plan: each finding once, in the order in which the pages come.
package struct GalleryPages {
  /// How many pages of a plan are looked at for findings.
  private static let searched = 400

  package let plan: SynthesisPlan

  /// The gallery of a plan.
  package init(plan: SynthesisPlan) { self.plan = plan }

  /// Writes the gallery as a PDF.
  package func write(to path: String, pool: WorkerPool) throws {
    let typeface = try Typeface()
    let ecgs = pool.map(min(plan.pages, Self.searched)) { plan.ecg($0) }
    let size = PageSize(
      width: 1100,
      height: Int((1100 * Double(plan.size.height) / Double(plan.size.width)).rounded()))
    let drawing = PageDrawing(layout: plan.layout, size: size)
    var figures: [SyntheticPagesFigure] = []
    for label in ArchiveClass.allCases {
      let chosen = chosen(from: ecgs.filter { $0.label == label })
      let images = pool.map(chosen.count) { drawing.draw(chosen[$0], shortcut: plan.shortcut) }
      let samples = zip(chosen, images).map { ecg, image in
        SyntheticPagesFigure.Sample(
          finding: words(ecg.subtype.rawValue), detail: detail(ecg),
          name: syntheticName(of: ecg.index), image: image)
      }
      for start in stride(from: 0, to: samples.count, by: PageGallery.pagesASheet) {
        figures.append(
          SyntheticPagesFigure(
            diagnosis: ClassList.archive[label.rawValue],
            samples: Array(samples[start..<min(start + PageGallery.pagesASheet, samples.count)])))
      }
    }
    let gallery = PageGallery(
      figures: figures,
      origin: "ecglens synth, layout \(plan.design.rawValue), \(plan.speed.rawValue) mm/s, "
        + "\(plan.gain.rawValue) mm/mV, seed \(plan.seed)")
    try writeAtomically(gallery.pdf(typeface: typeface), to: path)
  }

  /// The first page of each finding; where there are few findings, more of each in other places.
  private func chosen(from ecgs: [SyntheticECG]) -> [SyntheticECG] {
    var seen: Set<String> = []
    let kinds = ecgs.filter { seen.insert($0.subtype.rawValue).inserted }
    let rest = ecgs.filter { ecg in
      !kinds.contains { $0.index == ecg.index }
        && seen.insert("\(ecg.subtype.rawValue) \(ecg.territory?.rawValue ?? "")").inserted
    }
    let room =
      (kinds.count + PageGallery.pagesASheet - 1) / PageGallery.pagesASheet
      * PageGallery.pagesASheet
    return (kinds + rest.prefix(room - kinds.count)).sorted {
      ($0.subtype.rawValue, $0.index) < ($1.subtype.rawValue, $1.index)
    }
  }

  /// A finding's key as words: waves and segments keep their capitals.
  private func words(_ key: String) -> String {
    let parts = key.split(separator: "-").map { part in
      ["q", "r", "t", "st"].contains(part) ? part.uppercased() : String(part)
    }
    let text = parts.joined(separator: " ")
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  private func detail(_ ecg: SyntheticECG) -> String {
    var parts: [String] = []
    if let territory = ecg.territory { parts.append(territory.rawValue) }
    if let severity = ecg.severity {
      parts.append("\((severity * 10).rounded() / 10) x limit")
    }
    parts.append("\(Int(ecg.heartRate.rounded()))/min")
    return parts.joined(separator: ", ")
  }
}
