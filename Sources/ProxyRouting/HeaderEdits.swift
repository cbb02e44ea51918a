import AccessLog
import HTTP1
import ProxyConfiguration

/// What becomes of one head: which of its lines go and which come.
public struct HeaderEdits: Sendable {
    /// A line that is added.
    public struct Line: Sendable, Equatable {
        /// The name as it was configured.
        public let name: [UInt8]
        /// The value.
        public let value: [UInt8]
        fileprivate let folded: [UInt8]
    }

    /// The lines that are added, in order.
    public private(set) var added: [Line] = []
    /// The indices of the lines that go, in the head's section.
    public private(set) var dropped: Set<Int> = []

    /// Makes edits that change nothing.
    public init() {}

    /// Whether nothing is changed.
    public var isEmpty: Bool { added.isEmpty && dropped.isEmpty }

    /// Whether a line of this name, in lower case, is added.
    public func adds(_ name: StaticString) -> Bool {
        added.contains { String(decoding: $0.folded, as: UTF8.self) == "\(name)" }
    }

    /// Adds a line whose name is in lower case.
    public mutating func add(_ name: StaticString, _ value: [UInt8]) {
        let name = Array("\(name)".utf8)
        added.append(Line(name: name, value: value, folded: name))
    }

    /// Makes the changes of one layer: first names go, then lines come, each seeing those before it.
    mutating func apply(
        _ layer: HeaderPlan.Layer,
        _ section: FieldSection,
        _ bytes: Span<UInt8>,
        _ record: borrowing LogRecord
    ) {
        for name in layer.removals { remove(name, section, bytes) }
        for addition in layer.additions {
            let value = addition.value(record)
            guard !value.isEmpty || addition.keepsEmptyValue else { continue }
            switch addition.action {
            case .appendIfExistsOrAdd: break
            case .addIfAbsent:
                guard !has(addition.folded, section, bytes) else { continue }
            case .overwriteIfExistsOrAdd: remove(addition.folded, section, bytes)
            case .overwriteIfExists:
                guard has(addition.folded, section, bytes) else { continue }
                remove(addition.folded, section, bytes)
            }
            added.append(Line(name: addition.name, value: value, folded: addition.folded))
        }
    }

    private mutating func remove(_ name: [UInt8], _ section: FieldSection, _ bytes: Span<UInt8>) {
        added.removeAll { $0.folded == name }
        for index in section.fields.indices where HeaderCondition.isNamed(name, section.fields[index], bytes) {
            dropped.insert(index)
        }
    }

    private func has(_ name: [UInt8], _ section: FieldSection, _ bytes: Span<UInt8>) -> Bool {
        if added.contains(where: { $0.folded == name }) { return true }
        return section.fields.indices.contains { index in
            !dropped.contains(index) && !section.fields[index].isDropped
                && HeaderCondition.isNamed(name, section.fields[index], bytes)
        }
    }
}
