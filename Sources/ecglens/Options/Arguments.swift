// The modules' own choices as values of flags.

import ArgumentParser
import ECGNetworks
import ECGPages

extension NetworkKind: ExpressibleByArgument {}

extension PageSize: ExpressibleByArgument {
  /// Shown in the help text.
  public var defaultValueDescription: String { argument }
  /// Shown when a value is refused.
  public static var allValueStrings: [String] { ["WIDTHxHEIGHT"] }
}

extension SpeedTask: ExpressibleByArgument {}
