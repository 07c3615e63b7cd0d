// The activations of a recording under each rhythm.

import ECGRandom
import Foundation

extension Rhythm {
  /// All activations from two seconds before the recording to two seconds after it.
  public func activations(
    seconds: Double, delay: AtrioventricularDelay, random: inout Philox
  ) -> Activations {
    var course = Course(end: seconds + 2, delay: delay)
    switch self {
    case .sinus(let rate, let breathDepth):
      let node = SinusNode(rate: rate, breathDepth: breathDepth, random: &random)
      course.follow(node, random: &random) { course, time, interval, random in
        course.conduct(time, interval, node, &random)
        return interval
      }
    case .prematureVentricular(let rate, let every, let coupling):
      let node = SinusNode(rate: rate, random: &random)
      var number = random.index(below: every)
      course.follow(node, random: &random) { course, time, interval, random in
        let sinus = course.conduct(time, interval, node, &random)
        number += 1
        guard number.isMultiple(of: every) else { return interval }
        let early = interval * coupling * (1 + 0.015 * random.normal())
        course.add(
          Beat(
            time: sinus + early, interval: interval, origin: .ventricle,
            gain: node.gain(at: time, random: &random)))
        return 2 * interval
      }
    case .prematureAtrial(let rate, let every, let coupling):
      let node = SinusNode(rate: rate, random: &random)
      var number = random.index(below: every)
      course.follow(node, random: &random) { course, time, interval, random in
        course.conduct(time, interval, node, &random)
        number += 1
        guard number.isMultiple(of: every) else { return interval }
        let early = interval * coupling * (1 + 0.015 * random.normal())
        course.conduct(time + early, interval * coupling, node, &random, focus: .ectopic)
        return early + interval * 1.04
      }
    case .atrialFibrillation(let rate, let variation):
      let node = SinusNode(rate: rate, random: &random)
      var recovery = 60 / rate
      course.follow(node, random: &random) { course, time, _, random in
        let interval = max(0.33, 60 / rate * exp(variation * random.normal()))
        course.add(
          Beat(
            time: time, interval: recovery, origin: .fibrillation,
            gain: node.gain(at: time, random: &random)))
        recovery = 0.7 * recovery + 0.3 * interval
        return interval
      }
    case .atrialFlutter(let atrialRate, let pattern):
      let node = SinusNode(rate: atrialRate, random: &random)
      var number = random.index(below: pattern.count)
      course.follow(node, random: &random) { course, time, _, random in
        let waves = Double(pattern[number % pattern.count])
        number += 1
        course.add(
          Beat(
            time: time, interval: waves * 60 / atrialRate, origin: .flutter,
            gain: node.gain(at: time, random: &random)))
        return waves * 60 / atrialRate
      }
    case .wenckebach(let rate, let cycle, let increment):
      let node = SinusNode(rate: rate, random: &random)
      var number = random.index(below: cycle)
      course.follow(node, random: &random) { course, time, interval, random in
        let place = number % cycle
        number += 1
        if place == cycle - 1 {
          course.block(time, interval)
        } else {
          // The increments shrink, so that RR shortens towards the pause.
          let longer = (0..<place).reduce(0) { $0 + increment / Double($1 + 1) }
          course.conduct(time, interval, node, &random, longer: longer)
        }
        return interval
      }
    case .mobitz(let rate, let cycle):
      let node = SinusNode(rate: rate, random: &random)
      var number = random.index(below: cycle)
      course.follow(node, random: &random) { course, time, interval, random in
        number += 1
        if number.isMultiple(of: cycle) {
          course.block(time, interval)
        } else {
          course.conduct(time, interval, node, &random)
        }
        return interval
      }
    case .completeBlock(let rate, let escapeRate, let escape):
      let node = SinusNode(rate: rate, random: &random)
      course.follow(node, random: &random) { course, time, interval, _ in
        course.block(time, interval)
        return interval
      }
      let escapes = SinusNode(rate: escapeRate, breathDepth: 0.003, random: &random)
      course.follow(escapes, random: &random) { course, time, interval, random in
        course.add(
          Beat(
            time: time, interval: interval, origin: escape,
            gain: escapes.gain(at: time, random: &random)))
        return interval
      }
    }
    return course.sorted
  }
}

/// Activations as a rhythm adds them.
private struct Course {
  let end: Double
  let delay: AtrioventricularDelay
  private var activations = Activations()

  init(end: Double, delay: AtrioventricularDelay) {
    self.end = end
    self.delay = delay
  }

  /// By time.
  var sorted: Activations {
    Activations(
      atrial: activations.atrial.sorted { $0.time < $1.time },
      beats: activations.beats.sorted { $0.time < $1.time })
  }

  /// Calls `step` with each impulse's time and the interval that would follow; it tells the interval
  /// that does.
  mutating func follow(
    _ node: SinusNode, random: inout Philox,
    _ step: (inout Course, Double, Double, inout Philox) -> Double
  ) {
    var time = -2 - 60 / node.rate * random.uniform()
    while time < end {
      let interval = node.interval(after: time, random: &random)
      time += step(&self, time, interval, &random)
    }
  }

  /// A P wave at a time and the beat that follows it; the beat's time.
  @discardableResult
  mutating func conduct(
    _ time: Double, _ interval: Double, _ node: SinusNode, _ random: inout Philox,
    focus: AtrialActivation.Focus = .sinus, longer: Double = 0
  ) -> Double {
    activations.atrial.append(
      AtrialActivation(time: time, interval: interval, focus: focus, conducted: true))
    let beat = Beat(
      time: time + delay.seconds(interval: interval) + longer, interval: interval,
      origin: focus == .sinus ? .sinus : .atrium, gain: node.gain(at: time, random: &random),
      atrialTime: time)
    add(beat)
    return beat.time
  }

  /// A P wave that no beat follows.
  mutating func block(_ time: Double, _ interval: Double) {
    activations.atrial.append(
      AtrialActivation(time: time, interval: interval, focus: .sinus, conducted: false))
  }

  mutating func add(_ beat: Beat) { activations.beats.append(beat) }
}
