// Scales and their round numbers.

import ECGPlotting
import Testing

@Suite("Scales and ticks")
struct ScalesTests {
  @Test("a linear scale maps its ends and its middle, upside down too")
  func linear() {
    let scale = LinearScale(domain: 2...4, from: 100, to: 0)
    #expect(scale(2) == 100 && scale(4) == 0 && scale(3) == 50 && scale(5) == -50)
  }

  @Test("a domain without width does not divide by zero")
  func flat() {
    let scale = LinearScale(domain: 3...3, from: 0, to: 10)
    #expect(scale(3) == 5)
  }

  @Test("bands share the room evenly")
  func bands() {
    let scale = BandScale(count: 4, from: 10, to: 50, padding: 0.2)
    #expect(scale.center(0) == 15 && scale.center(3) == 45 && scale.bandwidth == 8)
    #expect(BandScale(count: 0, from: 0, to: 1).step == 0)
  }

  @Test(
    "ticks are round, inside and as many as asked for, give or take two",
    arguments: [
      (0.0...1.0, 5, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
      (0.0...100.0, 3, ["0", "50", "100"]),
      (-0.3...0.3, 3, ["\u{2212}0.2", "0.0", "0.2"]),
      (0.0...0.0004, 4, ["0.0000", "0.0001", "0.0002", "0.0003", "0.0004"]),
    ])
  func ticks(domain: ClosedRange<Double>, count: Int, labels: [String]) {
    #expect(Ticks(in: domain, count: count).labels == labels)
  }

  @Test("ticks of many domains are within them and evenly spaced", arguments: 1...40)
  func sweep(step: Int) {
    let low = Double(step * step) * 0.37 - 90
    let domain = low...low + Double(step) * 1.9
    let ticks = Ticks(in: domain, count: 5)
    #expect((3...8).contains(ticks.values.count))
    for value in ticks.values {
      #expect(value >= domain.lowerBound - 1e-9 && value <= domain.upperBound + 1e-9)
    }
    let gaps = zip(ticks.values, ticks.values.dropFirst()).map { $1 - $0 }
    #expect(gaps.allSatisfy { abs($0 - gaps[0]) < 1e-9 })
    #expect(Set(ticks.labels).count == ticks.values.count)
  }

  @Test("epochs get whole numbers, even when there is one or two")
  func wholeNumbers() {
    #expect(Ticks(in: 1...3, count: 6, wholeNumbers: true).labels == ["1", "2", "3"])
    #expect(Ticks(in: 1...1, count: 5, wholeNumbers: true).labels == ["1"])
    #expect(
      Ticks(in: 1...25, count: 5, wholeNumbers: true).labels == ["5", "10", "15", "20", "25"])
  }

  @Test("a number has a true minus sign and no negative zero")
  func decimals() {
    #expect(decimalText(-0.25, decimals: 2) == "\u{2212}0.25")
    #expect(decimalText(-0.001, decimals: 2) == "0.00")
    #expect(decimalText(12, decimals: 0) == "12")
  }
}
