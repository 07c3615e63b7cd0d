// The system libraries that this process runs with, as they name themselves.

import CCairo
import CLibcrypto
import CPNG

/// Versions of the loaded libraries.
package struct LibraryVersions: Equatable {
  /// Cairo's and libpng's versions.
  package let cairo, png: String
  /// libjpeg-turbo tells no version: the name of its file, which ends in the interface's.
  package let turboJPEG: String
  /// OpenSSL's version.
  package let openSSL: String

  /// This process's.
  package static var here: LibraryVersions {
    let maps = systemText("/proc/self/maps")
    return LibraryVersions(
      cairo: String(cString: cairo_version_string()), png: String(cString: png_get_libpng_ver(nil)),
      turboJPEG: file(named: "libturbojpeg", inMaps: maps) ?? "unknown",
      openSSL: String(cString: OpenSSL_version(OPENSSL_VERSION_STRING)))
  }

  /// The file whose name starts so, among those of a `/proc/PID/maps`.
  package static func file(named start: String, inMaps text: String) -> String? {
    for line in text.split(separator: "\n") {
      let name = line.split(separator: "/").last ?? ""
      if line.contains("/"), name.hasPrefix(start) { return String(name) }
    }
    return nil
  }
}

extension LibraryVersions: Encodable {
  private enum CodingKeys: String, CodingKey {
    case cairo
    case png = "libpng"
    case turboJPEG = "libjpeg_turbo"
    case openSSL = "openssl"
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(cairo, forKey: .cairo)
    try values.encode(png, forKey: .png)
    try values.encode(turboJPEG, forKey: .turboJPEG)
    try values.encode(openSSL, forKey: .openSSL)
  }
}
