/// Columns of text for a terminal.
package enum AlignedColumns {
    /// The rows with their columns aligned, two spaces between them; each line ends with a line feed.
    package static func text(_ rows: [[String]]) -> String {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if widths.indices.contains(column) {
                    widths[column] = max(widths[column], cell.count)
                } else {
                    widths.append(cell.count)
                }
            }
        }
        return rows.map { row in
            let cells = zip(row, widths).enumerated().map { column, cell in
                column == row.count - 1 ? cell.0 : cell.0 + String(repeating: " ", count: cell.1 - cell.0.count)
            }
            return cells.joined(separator: "  ") + "\n"
        }.joined()
    }
}
