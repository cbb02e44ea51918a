/// Counts the typing mistakes between two texts: optimal string alignment, of which only the band that a limit leaves is
/// worked out.
///
/// It holds three rows of the table, so that comparing one text with a thousand allocates nothing.
struct EditDistance {
    /// More than any distance, and far from overflowing.
    private static let unreachable = Int.max / 2

    /// The rows, one behind the other; the row of a text's byte is the third, second or first in turn.
    ///
    /// Not three arrays that change places: in an optimised build (Swift 6.3.1) they go on sharing their storage.
    private var cells: [Int]
    private let width: Int

    /// Prepares to compare texts of at most `maximumLength` bytes.
    init(maximumLength: Int) {
        width = max(0, maximumLength) + 1
        cells = Array(repeating: 0, count: 3 * width)
    }

    /// How many bytes are missing, too much, wrong, or swapped with their neighbour.
    ///
    /// - Parameters:
    ///   - left: A text of at most the maximum length.
    ///   - right: Another.
    ///   - limit: The largest distance of interest.
    /// - Returns: The distance; nil when it is above the limit.
    mutating func between(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int? {
        guard abs(left.count - right.count) <= limit, max(left.count, right.count) < width else { return nil }
        for column in 0...right.count { cells[column] = column }
        var least = 0
        for row in 0..<left.count {
            // A mistake can lead back over two rows.
            let earlier = least
            least = fill(row + 1, left, right, limit)
            guard min(earlier, least) <= limit else { return nil }
        }
        let distance = cells[start(of: left.count) + right.count]
        return distance <= limit ? distance : nil
    }

    /// Where a row begins among the cells.
    private func start(of row: Int) -> Int {
        (row + 3) % 3 * width
    }

    /// Works out the part of a row that is within the limit of the diagonal, and returns its least distance.
    private mutating func fill(_ row: Int, _ left: [UInt8], _ right: [UInt8], _ limit: Int) -> Int {
        let (current, previous, beforePrevious) = (start(of: row), start(of: row - 1), start(of: row - 2))
        let first = max(1, row - limit)
        let last = min(right.count, row + limit)
        cells[current + first - 1] = first == 1 ? row : Self.unreachable
        var least = cells[current + first - 1]
        for column in first..<max(first, last + 1) {
            let isSame = left[row - 1] == right[column - 1]
            var cost = min(cells[current + column - 1] + 1, cells[previous + column - 1] + (isSame ? 0 : 1))
            if column < row + limit { cost = min(cost, cells[previous + column] + 1) }
            if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                cost = min(cost, cells[beforePrevious + column - 2] + 1)
            }
            cells[current + column] = cost
            least = min(least, cost)
        }
        return least
    }
}
