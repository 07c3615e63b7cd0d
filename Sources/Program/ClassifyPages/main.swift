// Classifies pages with the library: ClassifyPages RUN PAGE...

import ECGInference
import ECGParallel
import ECGTraining

let arguments = CommandLine.arguments.dropFirst()
let run = try FinishedRun(RunFolder(path: arguments.first ?? "run"))
let classifier = try PageClassifier(of: run, pool: WorkerPool(threads: 2))
for page in try classifier.classify(Array(arguments.dropFirst())) {
  let prediction = try page.prediction.get()
  print(page.path, prediction.predicted.name, prediction.probabilities)
}
