// Concatenation: a layer that only moves numbers.

import ECGTensors
import Foundation

/// Channels of several inputs, one after the other; all but the last fill whole blocks.
final class ConcatenationOperation: Operation {
  private let ports: Ports
  private let area: Int
  private let blocks: [Int]

  init(ports: Ports) {
    self.ports = ports
    area = ports.inputShapes[0].h * ports.inputShapes[0].w
    blocks = ports.inputShapes.map { ($0.c + 15) / 16 }
    precondition(
      ports.inputShapes.dropLast().allSatisfy { $0.c.isMultiple(of: 16) },
      "concatenation of channels that do not fill their blocks")
  }

  private var total: Int { blocks.reduce(0, +) }

  func forward(_ pass: Pass) {
    for image in 0..<pass.images {
      var target = ports.output + image * total * area * 16
      for (index, count) in blocks.enumerated() {
        let floats = count * area * 16
        memcpy(target, ports.inputs[index] + image * floats, floats * 4)
        target += floats
      }
    }
  }

  func backward(_ pass: Pass) {
    guard let dy = ports.outputGradient else { return }
    for image in 0..<pass.images {
      var source = dy + image * total * area * 16
      for (index, count) in blocks.enumerated() {
        let floats = count * area * 16
        if let target = ports.wanted(index, pass) {
          let place = target.pointer + image * floats
          if target.accumulates {
            for i in 0..<floats { place[i] += source[i] }
          } else {
            memcpy(place, source, floats * 4)
          }
        }
        source += floats
      }
    }
  }
}
