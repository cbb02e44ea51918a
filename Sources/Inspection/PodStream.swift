package import JSON

/// Reads live pods from what `kubectl get pods -o json` prints, one at a time.
///
/// Lists (`List`, `PodList`), lists in lists and objects that follow each other are understood; what is no pod is
/// passed over and counted.
package struct PodStream {
    /// How deep lists may be nested.
    private static let maximumDepth = 8

    /// How many objects were no pods.
    package private(set) var otherObjects = 0
    private var splitter = ObjectSplitter()
    private var offset = 0

    /// Starts before the first byte.
    package init() {}

    /// Takes the next bytes.
    package mutating func feed(_ chunk: [UInt8], _ body: (JSONValue) throws -> Void) throws {
        var others = 0
        try splitter.feed(chunk) { [offset] text in
            let value: JSONValue
            do throws(JSONError) {
                value = try JSONParser.parse(text)
            } catch {
                let reason = "an object is not valid JSON: \(error.reason)"
                throw PodStreamError(code: .syntax, reason: reason, offset: offset)
            }
            others += try Self.pods(in: value, offset: offset, body)
        }
        otherObjects += others
        offset += chunk.count
    }

    /// Takes the end of the stream.
    package func finish() throws(PodStreamError) {
        try splitter.finish()
    }

    /// Calls `body` with each pod of an object that was read in another way, and counts what is none.
    package mutating func take(_ value: JSONValue, _ body: (JSONValue) throws -> Void) throws {
        otherObjects += try Self.pods(in: value, offset: 0, body)
    }

    private static func pods(in value: JSONValue, offset: Int, _ body: (JSONValue) throws -> Void) throws -> Int {
        var others = 0
        var pending = [(value: value, depth: 0)]
        while let (value, depth) = pending.popLast() {
            let kind = value["kind"]?.string
            if kind == "Pod" || (kind == nil && value["spec"]?["containers"]?.array != nil) {
                try body(value)
            } else if kind == nil || kind?.hasSuffix("List") == true, let items = value["items"]?.array {
                guard depth < Self.maximumDepth else {
                    let reason = "lists are nested more than \(Self.maximumDepth) deep"
                    throw PodStreamError(code: .tooDeep, reason: reason, offset: offset)
                }
                pending += items.reversed().map { ($0, depth + 1) }
            } else {
                others += 1
            }
        }
        return others
    }
}
