/// The difference of two texts by lines, in the unified format (POSIX `diff -u`).
///
/// Common lines at both ends are set aside and the rest is compared by its longest common subsequence; a rest that is
/// too long for that is told as removed and added whole.
public enum UnifiedDiff {
    /// One line of a comparison.
    private enum Edit: Equatable {
        case keep(ArraySlice<UInt8>)
        case remove(ArraySlice<UInt8>)
        case add(ArraySlice<UInt8>)

        var isKept: Bool { if case .keep = self { true } else { false } }
        var line: ArraySlice<UInt8> {
            switch self {
            case .keep(let line), .remove(let line), .add(let line): line
            }
        }
    }

    /// How many unchanged lines stand around a change.
    private static let context = 3
    /// How many pairs of lines are compared at most: 4 bytes each.
    private static let maximumPairs = 4_000_000

    /// The difference; empty when the texts are the same.
    ///
    /// - Parameters:
    ///   - old: The text before.
    ///   - new: The text after.
    ///   - names: What stands behind `---` and `+++`.
    ///   - style: Whether removed and added lines are coloured.
    /// - Returns: The lines of the difference.
    public static func text(
        _ old: [UInt8],
        _ new: [UInt8],
        names: (old: String, new: String),
        style: TextStyle = TextStyle(isColored: false)
    ) -> String {
        let edits = edits(lines(old), lines(new))
        guard edits.contains(where: { !$0.isKept }) else { return "" }
        var text = style.marked("--- \(names.old)", .strong) + "\n" + style.marked("+++ \(names.new)", .strong) + "\n"
        var (position, oldLine, newLine) = (0, 1, 1)
        for hunk in hunks(edits) {
            let before = edits[position..<hunk.lowerBound].count
            (oldLine, newLine) = (oldLine + before, newLine + before)
            let inside = edits[hunk]
            let (oldCount, newCount) = (inside.count { !isAddition($0) }, inside.count { !isRemoval($0) })
            // A range without lines names the line before it.
            let (oldStart, newStart) = (oldLine - (oldCount == 0 ? 1 : 0), newLine - (newCount == 0 ? 1 : 0))
            text += style.marked("@@ -\(oldStart),\(oldCount) +\(newStart),\(newCount) @@", .note) + "\n"
            text += inside.map { self.text(of: $0, style) }.joined()
            (position, oldLine, newLine) = (hunk.upperBound, oldLine + oldCount, newLine + newCount)
        }
        return text
    }

    /// How many lines were added and removed.
    public static func counts(_ old: [UInt8], _ new: [UInt8]) -> (added: Int, removed: Int) {
        let edits = edits(lines(old), lines(new))
        return (edits.count { isAddition($0) }, edits.count { isRemoval($0) })
    }

    private static func text(of edit: Edit, _ style: TextStyle) -> String {
        let isOpen = edit.line.last != 0x0A
        let line = String(decoding: isOpen ? edit.line : edit.line.dropLast(), as: UTF8.self)
        let end = isOpen ? "\n\\ No newline at end of file\n" : "\n"
        switch edit {
        case .keep: return " \(line)" + end
        case .remove: return style.marked("-\(line)", .removal) + end
        case .add: return style.marked("+\(line)", .addition) + end
        }
    }

    /// The lines with their line breaks.
    private static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        while start < text.count {
            let end = text[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
            lines.append(text[start..<end])
            start = end
        }
        return lines
    }

    private static func isAddition(_ edit: Edit) -> Bool { if case .add = edit { true } else { false } }
    private static func isRemoval(_ edit: Edit) -> Bool { if case .remove = edit { true } else { false } }

    private static func edits(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Edit] {
        let prefix = zip(old, new).prefix { $0 == $1 }.count
        let rest = (old.dropFirst(prefix), new.dropFirst(prefix))
        let suffix = zip(rest.0.reversed(), rest.1.reversed()).prefix { $0 == $1 }.count
        let (removed, added) = (Array(rest.0.dropLast(suffix)), Array(rest.1.dropLast(suffix)))
        let head = old.prefix(prefix).map { Edit.keep($0) }
        let tail = old.suffix(suffix).map { Edit.keep($0) }
        return head + middle(removed, added) + tail
    }

    private static func middle(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Edit] {
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
