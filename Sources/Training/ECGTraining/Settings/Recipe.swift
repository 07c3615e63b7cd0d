// How a network is trained: the three recipes as values.

/// The name of a recipe, as the flag `--recipe` has it.
public enum RecipeName: String, CaseIterable, Sendable, Codable {
  /// The article's Table III: Adam, one rate, no smoothing.
  case paperTable3 = "paper-table3"
  /// The article's text: a frozen trunk first, then rates by part, smoothed labels.
  case paperText = "paper-text"
  /// Annealed and averaged, with recomputed statistics, so that the last epoch can be relied on.
  case steady
}

/// A stretch of epochs with the same peak rates.
///
/// A phase begins with an optimizer of its own: moments at zero and steps counted from one. Else the
/// bias correction of a trunk that thaws late would be that of a step long past, and its first
/// updates about three times too large.
public struct Phase: Equatable, Sendable {
  /// How many epochs it lasts.
  public var epochs: Int
  /// The trunk's learning rate; `nil` keeps the trunk frozen.
  public var trunkRate: Double?
  /// The learning rate of all other parameters.
  public var restRate: Double

  /// A phase of `epochs` epochs.
  public init(epochs: Int, trunkRate: Double?, restRate: Double) {
    self.epochs = epochs
    self.trunkRate = trunkRate
    self.restRate = restRate
  }
}

/// How the rates move between the first step and the last.
public enum Schedule: Equatable, Sendable {
  /// They stay as the phase has them.
  case constant
  /// They rise linearly over the first `warmUp` (a share of all steps), then fall as half a cosine
  /// towards zero.
  case cosine(warmUp: Double)
}

/// Everything about a training that is not the network, the data or the seed.
///
/// Adam and AdamW share β = (0.9, 0.999) and ε = 1e-8; `weightDecay` above zero makes it AdamW.
public struct Recipe: Equatable, Sendable {
  /// Which of the recipes it began as.
  public let name: RecipeName
  /// The phases in their order.
  public var phases: [Phase]
  /// Images per step.
  public var batch: Int
  /// The share of the target that is spread evenly over all classes.
  public var labelSmoothing: Double
  /// Decoupled weight decay (AdamW); 0 is plain Adam.
  public var weightDecay: Double
  /// How the rates move.
  public var schedule: Schedule
  /// The decay of the weights' moving average a step; `nil` reports the weights themselves.
  public var weightAverageDecay: Double?
  /// Training images, not augmented, on which BatchNorm's statistics are recomputed before an
  /// evaluation; 0 keeps the running ones.
  public var statisticsImages: Int
  /// The chance that a unit before the last layer is dropped.
  public var dropout: Double

  /// A recipe as its description has it.
  public init(_ name: RecipeName) {
    self.name = name
    batch = 32
    labelSmoothing = 0
    weightDecay = 0
    schedule = .constant
    weightAverageDecay = nil
    statisticsImages = 0
    dropout = 0.3
    switch name {
    case .paperTable3:
      phases = [Phase(epochs: 25, trunkRate: 1e-4, restRate: 1e-4)]
    case .paperText:
      phases = [
        Phase(epochs: 5, trunkRate: nil, restRate: 1e-3),
        Phase(epochs: 20, trunkRate: 1e-4, restRate: 3e-4),
      ]
      labelSmoothing = 0.1
    case .steady:
      phases = [Phase(epochs: 25, trunkRate: 1e-3, restRate: 1e-3)]
      labelSmoothing = 0.05
      weightDecay = 0.05
      schedule = .cosine(warmUp: 0.08)
      weightAverageDecay = 0.99
      statisticsImages = 480
    }
  }

  /// The recipe of a network that is fitted to its minimum in one go.
  func fittedOnce() -> Recipe {
    var recipe = lasting(epochs: 1)
    (recipe.weightAverageDecay, recipe.statisticsImages) = (nil, 0)
    (recipe.labelSmoothing, recipe.weightDecay, recipe.dropout) = (0, 0, 0)
    return recipe
  }

  /// The epochs of all phases.
  public var epochs: Int { phases.reduce(0) { $0 + $1.epochs } }

  /// The same recipe over another number of epochs.
  ///
  /// Phases keep their proportions, each at least one epoch; where there are fewer epochs than
  /// phases the earliest fall away (a frozen trunk is of use only before something else).
  public func lasting(epochs total: Int) -> Recipe {
    precondition(total > 0, "\(total) epochs")
    var recipe = self
    recipe.phases = Array(phases.suffix(total))
    var left = total
    var weight = recipe.epochs
    for index in recipe.phases.indices {
      let after = recipe.phases.count - index - 1
      let share = Double(left) * Double(recipe.phases[index].epochs) / Double(weight)
      weight -= recipe.phases[index].epochs
      recipe.phases[index].epochs = min(left - after, max(1, Int(share.rounded())))
      left -= recipe.phases[index].epochs
    }
    return recipe
  }
}

extension RecipeName {
  /// A sentence on the choice, as the help shows it.
  public var summary: String {
    switch self {
    case .paperTable3: "The article's Table III: Adam, learning rate 1e-4, 25 epochs."
    case .paperText:
      "The article's text: Adam, label smoothing 0.1; 5 epochs with a frozen trunk (learning rate "
        + "1e-3), then 20 with 1e-4 for the trunk and 3e-4 for the rest."
    case .steady:
      "AdamW, peak learning rate 1e-3 with warm-up and cosine annealing, weight decay 0.05, label "
        + "smoothing 0.05, EMA of weights, recomputed BatchNorm statistics, 25 epochs."
    }
  }
}
