/// The difference of two texts by lines, in the unified format.
///
/// Common lines at both ends are set aside and the rest is compared by its longest common subsequence; a rest that is
/// too long for that is told as removed and added whole.
enum LineDiff {
    /// One line of a comparison.
    private enum Edit: Equatable {
        case keep(Substring)
        case remove(Substring)
        case add(Substring)

        var isKept: Bool { if case .keep = self { true } else { false } }
        var text: String {
            switch self {
            case .keep(let line): " \(line)"
            case .remove(let line): "-\(line)"
            case .add(let line): "+\(line)"
            }
        }
    }

    /// How many unchanged lines stand around a change.
    private static let context = 3
    /// How many pairs of lines are compared at most: 4 bytes each.
    private static let maximumPairs = 4_000_000

    /// The unified diff; empty when the texts are the same.
    static func unified(_ old: String, _ new: String, names: (old: String, new: String)) -> String {
        let edits = edits(lines(old), lines(new))
        guard edits.contains(where: { !$0.isKept }) else { return "" }
        var text = "--- \(names.old)\n+++ \(names.new)\n"
        for hunk in hunks(edits) {
            let before = edits[..<hunk.lowerBound]
            let inside = edits[hunk]
            let oldStart = before.count { !isAddition($0) } + 1
            let newStart = before.count { !isRemoval($0) } + 1
            let (oldCount, newCount) = (inside.count { !isAddition($0) }, inside.count { !isRemoval($0) })
            text += "@@ -\(oldStart),\(oldCount) +\(newStart),\(newCount) @@\n"
            text += inside.map { $0.text + "\n" }.joined()
        }
        return text
    }

    private static func lines(_ text: String) -> [Substring] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func isAddition(_ edit: Edit) -> Bool { if case .add = edit { true } else { false } }
    private static func isRemoval(_ edit: Edit) -> Bool { if case .remove = edit { true } else { false } }

    private static func edits(_ old: [Substring], _ new: [Substring]) -> [Edit] {
        let prefix = zip(old, new).prefix { $0 == $1 }.count
        let rest = (old.dropFirst(prefix), new.dropFirst(prefix))
        let suffix = zip(rest.0.reversed(), rest.1.reversed()).prefix { $0 == $1 }.count
        let (removed, added) = (Array(rest.0.dropLast(suffix)), Array(rest.1.dropLast(suffix)))
        let head = old.prefix(prefix).map { Edit.keep($0) }
        let tail = old.suffix(suffix).map { Edit.keep($0) }
        return head + middle(removed, added) + tail
    }

    private static func middle(_ old: [Substring], _ new: [Substring]) -> [Edit] {
        let (pairs, overflow) = old.count.multipliedReportingOverflow(by: new.count)
        guard !overflow, pairs <= maximumPairs else { return old.map { .remove($0) } + new.map { .add($0) } }
        // Row by row from the end: how many lines the rests have in common.
        let width = new.count + 1
        var common = [Int32](repeating: 0, count: (old.count + 1) * width)
        for i in old.indices.reversed() {
            for j in new.indices.reversed() {
                common[i * width + j] =
                    old[i] == new[j]
                    ? common[(i + 1) * width + j + 1] + 1
                    : max(common[(i + 1) * width + j], common[i * width + j + 1])
            }
        }
        var edits: [Edit] = []
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            if i < old.count, j < new.count, old[i] == new[j] {
                edits.append(.keep(old[i]))
                (i, j) = (i + 1, j + 1)
            } else if i < old.count, j == new.count || common[(i + 1) * width + j] >= common[i * width + j + 1] {
                edits.append(.remove(old[i]))
                i += 1
            } else {
                edits.append(.add(new[j]))
                j += 1
            }
        }
        return edits
    }

    /// The changes with their context, those close to each other joined.
    private static func hunks(_ edits: [Edit]) -> [Range<Int>] {
        var hunks: [Range<Int>] = []
        for (index, edit) in edits.enumerated() where !edit.isKept {
            let range = max(0, index - context)..<min(edits.count, index + context + 1)
            if let last = hunks.last, range.lowerBound <= last.upperBound {
                hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
            } else {
                hunks.append(range)
            }
        }
        return hunks
    }
}
