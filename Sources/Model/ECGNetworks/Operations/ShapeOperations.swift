// Layers that only move numbers: concatenation, vector to plane, dropout.

import ECGRandom
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

/// Sixteen features of an image as one channel of 4 x 4.
final class PlaneOperation: Operation {
  private let ports: Ports

  init(ports: Ports) { self.ports = ports }

  func forward(_ pass: Pass) {
    memset(ports.output, 0, pass.images * 256 * 4)
    for image in 0..<pass.images {
      for i in 0..<16 { ports.output[(image * 16 + i) * 16] = ports.inputs[0][image * 16 + i] }
    }
  }

  func backward(_ pass: Pass) {
    guard let dy = ports.outputGradient, let target = ports.wanted(0, pass) else { return }
    precondition(!target.accumulates, "the plane is its input's only reader")
    for image in 0..<pass.images {
      for i in 0..<16 { target.pointer[image * 16 + i] = dy[(image * 16 + i) * 16] }
    }
  }
}

/// Features set to zero with the given probability in training, the others scaled up.
final class DropoutOperation: Operation {
  private let ports: Ports
  private let rate: Double
  private let floats: Int
  private let mask: FloatBuffer

  init(ports: Ports, rate: Double, images: Int) {
    precondition((0..<1).contains(rate), "dropout of \(rate)")
    (self.ports, self.rate) = (ports, rate)
    floats = ports.inputShapes[0].blocked(images: 1).count
    mask = FloatBuffer(count: floats * images)
  }

  func forward(_ pass: Pass) {
    let count = pass.images * floats
    guard let key = pass.dropout else {
      memcpy(ports.output, ports.inputs[0], count * 4)
      return
    }
    let kept = Float(1 / (1 - rate))
    for image in 0..<pass.images {
      var generator = Philox(seed: key.seed, for: .dropout, key.step, UInt64(image))
      for i in 0..<floats {
        mask.pointer[image * floats + i] = generator.uniform() < rate ? 0 : kept
      }
    }
    multiply(ports.inputs[0], by: mask.pointer, into: ports.output, count: count)
  }

  func backward(_ pass: Pass) {
    guard let dy = ports.outputGradient, let target = ports.wanted(0, pass) else { return }
    precondition(!target.accumulates, "dropout is its input's only reader")
    let count = pass.images * floats
    if pass.dropout == nil {
      memcpy(target.pointer, dy, count * 4)
    } else {
      multiply(dy, by: mask.pointer, into: target.pointer, count: count)
    }
  }
}
