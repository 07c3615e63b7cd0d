// The program: parses a verb, runs it, turns an error into one line and an exit status.

@main
enum Program {
  static func main() {}
}
