// The modules' own choices as values of flags.

import ArgumentParser
import ECGDatasets
import ECGExplanations
import ECGLayouts
import ECGNetworks
import ECGPages
import ECGRaster
import ECGTraining

extension NetworkKind: ExpressibleByArgument {}
extension RecipeName: ExpressibleByArgument {}
extension SplitProtocol: ExpressibleByArgument {}
extension FaultPolicy: ExpressibleByArgument {}
extension WeightsChoice: ExpressibleByArgument {}
extension ResizeMethod: ExpressibleByArgument {}
extension SpeedTask: ExpressibleByArgument {}

extension CropRule: ExpressibleByArgument {
  /// Shown in the help text.
  public var defaultValueDescription: String { argument }
  /// Shown in the help text and when a value is refused.
  public static var allValueStrings: [String] { ["paper", "none", "frame", "T,R,B,L"] }
}

extension PageSize: ExpressibleByArgument {
  /// Shown in the help text.
  public var defaultValueDescription: String { argument }

  /// A parser whose fault names the form.
  static func parse(_ text: String) throws -> PageSize {
    guard let size = PageSize(argument: text) else {
      throw Number.Fault(description: "use WIDTHxHEIGHT, as 2213x1572")
    }
    return size
  }
}

extension Stage: ExpressibleByArgument {}
