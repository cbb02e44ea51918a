@testable import SidecarCatalog
import Testing

@Suite("EditDistance")
struct EditDistanceTests {
    @Test("within any limit it is what the whole table says, and beyond it nothing")
    func band() {
        let words = [
            "a", "b", "ab", "ba", "abc", "acb", "cab", "abcd", "bacd", "abdc", "aabbcc", "bbaacc", "abcabc", "xyz",
        ]
        var distance = EditDistance(maximumLength: 8)
        for left in words.map({ Array($0.utf8) }) {
            for right in words.map({ Array($0.utf8) }) {
                let expected = Self.table(left, right)
                for limit in 0...8 {
                    #expect(distance.between(left, right, limit: limit) == (expected <= limit ? expected : nil))
                }
            }
        }
    }

    @Test("texts beyond the length it was made for are not compared")
    func length() {
        var distance = EditDistance(maximumLength: 2)
        #expect(distance.between([1, 2, 3], [1, 2, 3], limit: 9) == nil)
        #expect(distance.between([1, 2], [2, 1], limit: 9) == 1)
    }

    /// Optimal string alignment by its definition.
    private static func table(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        let (one, other) = (Array(left.dropLast()), Array(right.dropLast()))
        var cost = min(
            table(one, right) + 1,
            table(left, other) + 1,
            table(one, other) + (left.last == right.last ? 0 : 1)
        )
        if left.count > 1, right.count > 1, left.last == right[right.count - 2], right.last == left[left.count - 2] {
            cost = min(cost, table(Array(left.dropLast(2)), Array(right.dropLast(2))) + 1)
        }
        return cost
    }
}
