// What to do about an error, with this program's flags and verbs: libraries name the problem alone.

import ECGDatasets
import ECGExperiments
import ECGExplanations
import ECGLayouts
import ECGOutputs
import ECGPages
import ECGRaster
import ECGTraining

/// The line that a person reads of an error: the file, the problem, the remedy.
func line(of error: any Error) -> String {
  let problem = (error as? any FlagProblem)?.problem ?? "\(error)"
  let remedy = (error as? any HasRemedy)?.remedy
  return problem + (remedy.map { "; \($0)" } ?? "")
}

/// An error with a remedy that libraries do not know.
private protocol HasRemedy {
  /// The remedy; `nil` where the error's description has one, or there is none.
  var remedy: String? { get }
}

/// An error about the value of a flag.
private protocol FlagProblem {
  /// The problem with the flag; `nil` where the error's description names none.
  var problem: String? { get }
}

extension TrainingError: HasRemedy, FlagProblem {
  fileprivate var problem: String? {
    switch self {
    case .differsFromRun(let path, .setting(let setting), let before, let now):
      "\(path): was started with \(setting.flag) \(before), not \(now); "
        + "resume it with the same settings, or use another folder"
    case .setting, .noTrunk: "--\(self)"
    default: nil
    }
  }

  fileprivate var remedy: String? {
    switch self {
    case .folderNotEmpty: "use --resume to resume, --force to move it aside, or another folder"
    case .nothingToResume: "omit --resume to start one"
    case .damagedState: "start over with --force"
    case .noSuchWeights: "train it, or choose others with --weights"
    case .diverged: "check the images, or use another --recipe"
    case .trunkTrainedOnTest:
      "use that run's split (train --split), or weights that were trained on other pages"
    case .noTrunk: "omit it"
    case .notFitted: "check the pages' traces with ecglens digitize"
    case .interrupted(_, _, let epochs):
      epochs == 0 ? "start again with --resume" : "these are kept, continue with --resume"
    case .differsFromRun, .tooFewSamples, .setting, .otherSplit, .otherWeights, .otherPredictions,
      .otherFeatures:
      nil
    }
  }
}

extension OtherPlan: HasRemedy, FlagProblem {
  fileprivate var problem: String? {
    let words: String? =
      switch difference {
      case .setting(let setting, let before, let now): "\(setting.flag) \(before), not \(now)"
      case .repeats(let before, let now): "--repeats \(before), not \(now)"
      case .files(let settings): "other " + settings.map(\.flag).joined(separator: " or ")
      case .seeds: nil
      }
    return words.map { "\(path): holds an experiment with another plan: \($0)" }
  }

  fileprivate var remedy: String? { "use another --out" }
}

extension DatasetError: HasRemedy {
  fileprivate var remedy: String? {
    switch self {
    case .badClassFolders: "list the classes in a file for --classes, or correct that file"
    case .classTooSmall: "add pages, or ignore the class's folder with --classes"
    case .inseparableGroups(_, let sides):
      "use finer groups\(sides == 2 ? "" : ", fewer folds") or --protocol distinct"
    case .malformedSplit: "make one with ecglens split"
    case .splitOfOtherData: "make a new one with ecglens split"
    case .splitLeak: "make a new one with ecglens split --protocol grouped"
    default: nil
    }
  }
}

extension OutputError: HasRemedy {
  fileprivate var remedy: String? {
    switch self {
    case .exists, .otherReport: "use --out with another name, or --force to move it aside"
    case .partOfRun: "use --out with another name"
    case .folderNotEmpty: "use --force to move it aside, or another folder"
    case .otherPDF(_, let force):
      "use another name for the PDF, or "
        + (force ? "--force to move it aside" : "move the file away")
    case .otherProtocols: "name all of them in --protocols, or use another --out"
    case .sameResult, .nameOfTable, .taken, .otherColumns, .insideInput, .holdsInput, .insideData,
      .notPDF:
      nil
    }
  }
}

extension ImageError: HasRemedy {
  fileprivate var remedy: String? {
    switch self {
    case .tooLarge(_, let width, let height, _):
      "if that is right, raise the limit with --max-megapixels "
        + "\(Int((Double(width) * Double(height) / 1e6).rounded(.up)))"
    case .noFrame: "use --crop article, none or four fractions"
    default: nil
    }
  }
}

extension PagesError: FlagProblem {
  fileprivate var problem: String? {
    switch self {
    case .folderNotEmpty: nil
    case .pageCount(let count):
      "--pages \(count): not between 4 and 1000000; every class requires at least one page"
    case .pageSize(let size):
      "--size \(size.argument): not between 100x71 and 40 megapixels; the device's is 2213x1572"
    }
  }
}

extension ExplanationError: FlagProblem {
  fileprivate var problem: String? {
    switch self {
    case .untrainedClass, .unknownTarget: "--target \(self)"
    case .noStage: nil
    }
  }
}
