// Colors that can be distinguished, on paper too.

import ECGPlotting
import Testing

@Suite("Colours")
struct ColorTests {
  @Test("luminance and contrast agree with WCAG's examples")
  func contrast() {
    #expect(abs(RGB.white.contrast(with: .black) - 21) < 1e-12)
    #expect(abs(RGB(hex: 0x777777).contrast(with: .white) - 4.48) < 0.01)
  }

  @Test("inks read on white")
  func inks() {
    #expect(Ink.text.contrast(with: .white) >= 7)
    #expect(Ink.quiet.contrast(with: .white) >= 4.5)
    #expect(Ink.rule.contrast(with: .white) >= 3)
  }

  @Test("Oklab goes there and back", arguments: OkabeIto.allCases)
  func oklab(name: OkabeIto) {
    let back = RGB(oklab: name.color.oklab)
    #expect(back.bytes == name.color.bytes)
  }

  @Test("text on a color has a contrast of at least 4.5", arguments: 0...20)
  func textColor(step: Int) {
    let ground = ColorMap.blues.color(Double(step) / 20)
    #expect(ground.textColor.contrast(with: ground) >= 4.5)
  }

  @Test("a map starts at white and its lightness falls evenly", arguments: ColorMap.allCases)
  func even(map: ColorMap) {
    #expect(map.color(0).bytes == [255, 255, 255])
    for sign in map == .diverging ? [-1.0, 1] : [1.0] {
      let lightness = (0...50).map { map.color(sign * Double($0) / 50).oklab.lightness }
      let step = (lightness[50] - lightness[0]) / 50
      #expect(step < -0.0085)
      for (a, b) in zip(lightness, lightness.dropFirst()) {
        #expect(abs(b - a - step) < 0.004, "\(a) to \(b)")
      }
    }
  }

  @Test("values outside of a map's domain get its end's color")
  func clamped() {
    #expect(ColorMap.heat.color(7) == ColorMap.heat.color(1))
    #expect(ColorMap.heat.color(-7) == ColorMap.heat.color(0))
    #expect(ColorMap.diverging.color(-7) == ColorMap.diverging.color(-1))
  }

  @Test("a signed map's ends differ and weigh the same")
  func balanced() {
    let (low, high) = (ColorMap.diverging.color(-1), ColorMap.diverging.color(1))
    #expect(abs(low.oklab.lightness - high.oklab.lightness) < 0.02)
    #expect(low.blue > low.red && high.red > high.blue)
  }
}
