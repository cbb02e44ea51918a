import HTTP1

/// The messages of one side of a connection of HTTP/1, read as a connection does: heads, bodies, one after the other.
///
/// What it tells does not say where the input was cut.
struct MessageStream {
    /// What was read, in order.
    private(set) var events: [String] = []
    private(set) var isOver = false
    /// Whether a response was the last because a tunnel begins behind it.
    private(set) var isTunnel = false
    /// What was wrong with the messages, or nil.
    private(set) var fault: HTTP1Error?
    /// Whether each of the requests was one of HEAD.
    private(set) var areHead: [Bool] = []

    private let isRequest: Bool
    /// The same of the requests that the next responses answer; false for all behind them.
    private var asked: ArraySlice<Bool>
    private var requests = RequestParser()
    private var responses = ResponseParser()
    private var body: BodyDecoder?
    private var content: [UInt8] = []
    private var input: [UInt8] = []

    /// Makes the reader of requests.
    init() {
        isRequest = true
        asked = []
    }

    /// Makes the reader of responses to requests, each of which is one of HEAD or not.
    init(answering areHead: [Bool]) {
        isRequest = false
        asked = areHead[...]
    }

    /// Reads what has arrived.
    mutating func receive(_ bytes: ArraySlice<UInt8>) {
        input += bytes
        do throws(HTTP1Error) {
            while !isOver, try body == nil ? readHead() : readBody() {}
        } catch {
            fault = error
            fail("\(error.code)")
        }
    }

    /// The connection has ended.
    mutating func end() {
        guard !isOver else { return }
        fail(body.map { $0.endsWithConnection ? "complete" : "cut in the body" } ?? "cut in the head")
    }

    private mutating func fail(_ reason: String) {
        isOver = true
        if body != nil { events.append("body \(content)") }
        events.append(reason)
    }

    private mutating func readHead() throws(HTTP1Error) -> Bool {
        guard !input.isEmpty else { return false }
        let bytes = input
        let count: Int
        if isRequest {
            guard try requests.parse(bytes.span) else { return false }
            count = requests.head.byteCount
            areHead.append(requests.head.method == .head)
            events.append("\(requests.head.framing) \(requests.head.isPersistent) \(requests.head.wantsWebSocket)")
            describe(requests.head.section)
            body = BodyDecoder(requests.head.framing)
            requests.reset()
        } else {
            guard try responses.parse(bytes.span, isHead: asked.first == true) else { return false }
            let head = responses.head
            count = head.byteCount
            events.append("\(head.status) \(head.framing) \(head.isPersistent) \(head.isUpgrade)")
            describe(head.section)
            if !head.isInterim { asked = asked.dropFirst() }
            // Another head follows an interim response, and whatever else follows an upgrade.
            isTunnel = head.isUpgrade
            isOver = isTunnel
            body = head.isInterim ? nil : BodyDecoder(head.framing)
            responses.reset()
        }
        input.removeFirst(count)
        return true
    }

    private mutating func describe(_ section: FieldSection) {
        for field in section.fields {
            guard Int(field.name.end) <= input.count, Int(field.value.end) <= input.count else {
                fatalError("a header lies outside of the head")
            }
            events.append("\(input[field.name.offsets]): \(input[field.value.offsets]) \(field.isDropped)")
        }
    }

    private mutating func readBody() throws(HTTP1Error) -> Bool {
        var cursor = 0
        defer { input.removeFirst(cursor) }
        while true {
            let bytes = input
            guard let step = try body?.next(bytes.span, at: &cursor) else { return false }
            switch step {
            case .data(let range):
                content += bytes[range]
            case .needsMore:
                return false
            case .finished:
                events += ["body \(content)", "trailers \(body?.trailers ?? [])"]
                content = []
                body = nil
                return true
            }
        }
    }
}
