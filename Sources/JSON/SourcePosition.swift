/// A place in a text file: line and column as an editor shows them.
public struct SourcePosition: Sendable, Hashable {
    /// The line, counted from 1.
    public let line: Int
    /// The column in Unicode code points, counted from 1.
    public let column: Int
    /// The byte, counted from 0.
    public let offset: Int

    /// Makes a position.
    public init(line: Int, column: Int, offset: Int) {
        self.line = line
        self.column = column
        self.offset = offset
    }
}

extension SourcePosition: CustomStringConvertible {
    /// `line:column`.
    public var description: String {
        "\(line):\(column)"
    }
}
