package import JSON

/// Reads Kubernetes objects from what `kubectl get -o json` prints, one at a time.
///
/// Lists (`List`, `PodList`), lists in lists, objects that follow each other (`kubectl get -w`) and the events of a
/// watch (`--output-watch-events`) are understood.
package struct ObjectStream {
    /// An object of the stream.
    package struct Item {
        /// The object.
        package let value: JSONValue
        /// Whether a watch says that it is gone.
        package let isDeleted: Bool
    }

    /// How deep lists may be nested.
    private static let maximumDepth = 8

    private var splitter = ObjectSplitter()

    /// Starts before the first byte.
    package init() {}

    /// How many bytes have been taken.
    package var byteCount: Int { splitter.byteCount }

    /// Takes the next bytes, and calls `body` with each object that is complete.
    package mutating func feed(_ chunk: [UInt8], _ body: (Item) throws -> Void) throws {
        try splitter.feed(chunk) { piece in
            let value: JSONValue
            do throws(JSONError) {
                value = try JSONParser.parse(piece.text)
            } catch {
                let reason = "an object is not valid JSON: \(error.reason)"
                // Around a list's elements something is left out, so that only the beginning is known.
                let offset = piece.isElement ? piece.offset + error.offset : piece.offset
                throw ObjectStreamError(code: .syntax, reason: reason, offset: offset)
            }
            try Self.take(value, offset: piece.offset, body)
        }
    }

    /// Takes the end of the stream.
    package func finish() throws(ObjectStreamError) {
        try splitter.finish()
    }

    /// Calls `body` with each object in one that was read in another way.
    package static func take(_ value: JSONValue, offset: Int = 0, _ body: (Item) throws -> Void) throws {
        var pending = [(value: value, isDeleted: false, depth: 0)]
        while let (value, isDeleted, depth) = pending.popLast() {
            let kind = value["kind"]?.string
            if kind == nil, let type = value["type"]?.string, let object = value["object"], object.object != nil {
                // A bookmark holds a version and no object (Kubernetes API concepts: "Watch bookmarks").
                if type != "BOOKMARK" { pending.append((object, type == "DELETED", depth)) }
            } else if kind == nil || kind?.hasSuffix("List") == true, let items = value["items"]?.array {
                guard depth < maximumDepth else {
                    let reason = "lists are nested more than \(maximumDepth) deep"
                    throw ObjectStreamError(code: .tooDeep, reason: reason, offset: offset)
                }
                pending += items.reversed().map { ($0, isDeleted, depth + 1) }
            } else {
                try body(Item(value: value, isDeleted: isDeleted))
            }
        }
    }
}

extension ObjectStream.Item {
    /// Whether it is a pod; the items of a `PodList` do not say so themselves.
    package var isPod: Bool {
        let kind = value["kind"]?.string
        return kind == "Pod" || (kind == nil && value["spec"]?["containers"]?.array != nil)
    }
}
