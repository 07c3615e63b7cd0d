// Empty for now.

@testable import ECGRunReports
