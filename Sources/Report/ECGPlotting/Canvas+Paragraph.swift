// Text broken into lines.

extension Typeface {
  /// A text broken into lines that fit a width; a word too long for a line is broken anywhere.
  ///
  /// - Parameters:
  ///   - text: Words separated by spaces; a newline starts a new line.
  ///   - style: Size and weight.
  ///   - room: The width in points.
  /// - Returns: The lines, without spaces at their ends.
  public func lines(_ text: String, style: TextStyle, width room: Double) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      for word in paragraph.split(separator: " ") {
        let longer = line.isEmpty ? String(word) : line + " " + word
        if width(of: longer, style: style) <= room {
          line = longer
          continue
        }
        if !line.isEmpty { lines.append(line) }
        line = String(word)
        while width(of: line, style: style) > room, line.count > 1 {
          var head = line.dropLast()
          while head.count > 1, width(of: String(head), style: style) > room { head.removeLast() }
          lines.append(String(head))
          line = String(line.dropFirst(head.count))
        }
      }
      lines.append(line)
    }
    return lines
  }
}

extension Canvas {
  /// Writes lines of text under each other.
  ///
  /// - Parameters:
  ///   - lines: From the top.
  ///   - corner: Top left corner of the first line.
  ///   - style: Size, weight, color.
  ///   - leading: From one baseline to the next, in sizes.
  /// - Returns: The y of the foot of the last line.
  @discardableResult
  public mutating func write(
    lines: [String], at corner: Point, style: TextStyle, leading: Double = 1.3
  ) -> Double {
    var y = corner.y
    for line in lines {
      write(line, at: Point(corner.x, y), style: style, vertical: .top)
      y += leading * style.size
    }
    return lines.isEmpty
      ? corner.y
      : y - leading * style.size + (typeface.ascent + typeface.descent) * style.size
  }
}
