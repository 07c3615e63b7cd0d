// The words of each kind of page, and where they stand.

import ECGLayouts
import ECGTerms

/// The lines of text of a layout.
struct PageWords: Sendable {
  /// Those that every page carries.
  let fixed: [TextLine]
  /// Those that differ from page to page.
  let own: @Sendable (PrintedText) -> [TextLine]
  /// Where a heart sign stands on a page: its left end, baseline and width in millimeters.
  let heart: @Sendable (PrintedText) -> (x: Double, baseline: Double, width: Double)?

  /// The words of a layout; paper speed and gain are said as they are drawn.
  init(_ layout: PageLayout) {
    switch layout.template.design {
    case .device: self.init(device: layout)
    case .sixByTwo: self.init(sixByTwo: layout)
    }
  }

  /// A panel's name beside its trace.
  static func label(_ panel: LeadPanel, _ layout: PageLayout) -> TextLine {
    let template = layout.template
    let pixels = Double(layout.size.height) / template.height
    return TextLine(
      panel.lead.rawValue, template.design == .device ? .serif : .sansBold,
      x: panel.box.x * template.width / Double(layout.size.width) + template.label.right,
      baseline: layout.zeroHeight(panel) / pixels - template.label.up, height: template.label.height
    )
  }

  private init(device layout: PageLayout) {
    @Sendable func line(
      _ text: String, x: Double, baseline: Double, width: Double? = nil, height: Double = 27
    ) -> TextLine {
      .device(text, x: x, baseline: baseline, height: height, width: width)
    }
    @Sendable func foot(_ text: String, x: Double, width: Double? = nil) -> TextLine {
      line(text, x: x, baseline: 1552, width: width, height: 21)
    }
    let seconds = layout.panels[0].durationSeconds
    let gain = "\(layout.gain.rawValue)mm/mV"
    let speed = layout.template.printedSpeed
    fixed = [
      line("ECG  REPORT", x: 994, baseline: 60, width: 282, height: 45),
      line("Years", x: 318, baseline: 92, width: 69),
      line("cm", x: 613, baseline: 92, width: 32),
      line("kg", x: 761, baseline: 92, width: 30),
      line("/", x: 904, baseline: 92),
      line("mmHg", x: 953, baseline: 92, width: 82),
      line("Race:Unknown", x: 1091, baseline: 92, width: 184),
      line("Room  No.:", x: 1330, baseline: 92, width: 135),
      line("Department:", x: 1519, baseline: 92, width: 149),
      line("Exam.Room:", x: 68, baseline: 125, width: 155),
      line("Medication:", x: 277, baseline: 125, width: 141),
      line("Diagnosis  Information:", x: 69, baseline: 169, width: 280),
      line("Technician  :", x: 1556, baseline: 203, width: 153),
      line("Ref-Phys.  :", x: 1556, baseline: 236, width: 147),
      line("Report  Confirmed  by:", x: 1556, baseline: 269, width: 279),
      foot("0.67~25Hz", x: 68, width: 102),
      foot("AC50", x: 184, width: 52),
      TextLine(
        "\(layout.speed.rawValue)mm/s", .serif, x: speed.x, baseline: speed.baseline,
        height: speed.height, width: millimeters(dots: 72)),
      foot(gain, x: 335, width: 102 * Double(gain.count) / 7),
      foot("4*\(seconds)s+1r", x: 446, width: 93),
    ]
    // The mark moves what follows it.
    @Sendable func shift(_ text: PrintedText) -> Double { text.leadOff ? 109 : 0 }
    own = { text in
      [
        line("ID  :  " + text.identity, x: 68, baseline: 92, width: 140),
        line(text.sex, x: 443, baseline: 92),
        foot(text.heartRate, x: 567 + shift(text)),
        foot("ECGLens  SYNTHETIC  PAGE", x: 608 + shift(text), width: 270),
        foot(text.date, x: 1791, width: 122),
        foot(text.time, x: 1932, width: 128),
      ] + (text.leadOff ? [foot("Lead  Off", x: 550, width: 92)] : [])
    }
    heart = {
      (
        x: millimeters(dots: 550 + shift($0)), baseline: millimeters(dots: 1552),
        width: millimeters(dots: 14)
      )
    }
  }

  private init(sixByTwo layout: PageLayout) {
    @Sendable func line(
      _ text: String, x: Double, baseline: Double, height: Double = 3.2,
      _ face: TextLine.Face = .sans
    ) -> TextLine {
      TextLine(text, face, x: x, baseline: baseline, height: height)
    }
    let seconds = layout.panels[0].durationSeconds
    let speed = layout.template.printedSpeed
    let columns = seconds == seconds.rounded() ? String(Int(seconds)) : String(seconds)
    fixed = [
      line("12-LEAD ECG", x: 16, baseline: 14, height: 5, .sansBold),
      line("Name:", x: 16, baseline: 21), line("Sex:", x: 16, baseline: 27),
      line("ID:", x: 76, baseline: 21), line("Born:", x: 76, baseline: 27),
      line("HR", x: 150, baseline: 15), line("P / PR", x: 150, baseline: 21),
      line("QRS", x: 150, baseline: 27), line("QT / QTc", x: 200, baseline: 15),
      line("P / QRS / T axis", x: 200, baseline: 21),
      line("/min", x: 182, baseline: 15), line("ms", x: 182, baseline: 21),
      line("ms", x: 182, baseline: 27), line("ms", x: 246, baseline: 15),
      line("--- / ---", x: 168, baseline: 21), line("---", x: 168, baseline: 27),
      line("--- / ---", x: 232, baseline: 15), line("--- / --- / ---", x: 232, baseline: 21),
      line("Unconfirmed report", x: 200, baseline: 27),
      line(
        "\(layout.speed.rawValue) mm/s   \(layout.gain.rawValue) mm/mV   "
          + "0.05-150 Hz   50 Hz   2 x \(columns) s", x: speed.x, baseline: speed.baseline,
        height: speed.height),
      line("ECGLens SYNTHETIC PAGE", x: 130, baseline: 201, height: 2.8),
    ]
    own = { text in
      [
        line(text.sex, x: 30, baseline: 27), line(text.identity, x: 88, baseline: 21),
        line(text.heartRate, x: 168, baseline: 15),
        line(text.date, x: 232, baseline: 201, height: 2.8),
        line(text.time, x: 255, baseline: 201, height: 2.8),
      ]
        + (text.leadOff ? [line("LEAD OFF", x: 256, baseline: 27, .sansBold)] : [])
    }
    heart = { _ in nil }
  }
}
