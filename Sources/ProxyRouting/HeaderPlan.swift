public import AccessLog
public import HTTP1
public import ProxyConfiguration

/// Header changes in the order in which they are made, with their format strings compiled.
public struct HeaderPlan: Sendable {
    /// One layer for one direction: first names go, then lines come.
    struct Layer: Sendable {
        var removals: [[UInt8]] = []
        var additions: [HeaderAddition] = []
    }

    private var request: [Layer] = []
    private var response: [Layer] = []
    /// The headers that the format strings ask for.
    private var fields = LogFields()

    /// Prepares the layers of a checked configuration.
    public init(_ layers: [HeaderMutations]) {
        for mutations in layers {
            if !mutations.requestIsUnchanged {
                request.append(layer(mutations.requestRemovals, mutations.requestAdditions))
            }
            if !mutations.responseIsUnchanged {
                response.append(layer(mutations.responseRemovals, mutations.responseAdditions))
            }
        }
    }

    /// Whether requests are left as they are.
    public var keepsRequest: Bool { request.isEmpty }
    /// Whether responses are left as they are.
    public var keepsResponse: Bool { response.isEmpty }

    private mutating func layer(_ removals: [String], _ additions: [HeaderValueOption]) -> Layer {
        Layer(
            removals: removals.map(\.foldedBytes),
            additions: additions.compactMap { HeaderAddition($0, &fields) }
        )
    }

    /// Makes the changes of a request.
    ///
    /// - Parameters:
    ///   - edits: What has been changed so far.
    ///   - head: The request's head.
    ///   - bytes: The bytes that it was read from.
    ///   - target: Its path and query after normalization.
    ///   - record: What is known of the request; the headers that format strings ask for are added here.
    public func change(
        _ edits: inout HeaderEdits,
        request head: RequestHead,
        _ bytes: Span<UInt8>,
        target: Span<UInt8>,
        _ record: inout LogRecord
    ) {
        guard !request.isEmpty else { return }
        capture(head, bytes, target: target, into: &record)
        for layer in request { edits.apply(layer, head.section, bytes, record) }
    }

    /// Makes the changes of a response; the request's headers are those that ``capture(_:_:target:into:)`` has kept.
    public func change(
        _ edits: inout HeaderEdits,
        response section: FieldSection,
        _ bytes: Span<UInt8>,
        status: Int,
        _ record: inout LogRecord
    ) {
        guard !response.isEmpty else { return }
        if fields.isNeeded(.response) {
            fields.capture(.response, name: ":status", value: Array(String(status).utf8).span, into: &record)
            for field in section.fields {
                fields.capture(
                    .response,
                    name: bytes.extracting(field.name.offsets),
                    value: bytes.extracting(field.value.offsets),
                    into: &record
                )
            }
        }
        for layer in response { edits.apply(layer, section, bytes, record) }
    }

    /// Keeps the headers of a request that format strings ask for, in either direction.
    public func capture(
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        target: Span<UInt8>,
        into record: inout LogRecord
    ) {
        guard fields.isNeeded(.request) else { return }
        fields.capture(.request, name: ":method", value: bytes.extracting(head.methodRange.offsets), into: &record)
        fields.capture(.request, name: ":path", value: target, into: &record)
        fields.capture(.request, name: ":authority", value: bytes.extracting(head.authority.offsets), into: &record)
        for field in head.section.fields {
            fields.capture(
                .request,
                name: bytes.extracting(field.name.offsets),
                value: bytes.extracting(field.value.offsets),
                into: &record
            )
        }
    }
}
