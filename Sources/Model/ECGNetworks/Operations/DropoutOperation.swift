// Dropout.

import ECGRandom
import ECGTensors
import Foundation

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
