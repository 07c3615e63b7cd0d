// Empty for now.

@testable import ECGResults
