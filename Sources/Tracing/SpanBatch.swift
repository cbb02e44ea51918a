import JSON

/// Writes spans as OTLP's JSON (OpenTelemetry protocol 1.x, ExportTraceServiceRequest): identifiers in hexadecimal,
/// 64-bit numbers as strings, enumerations as numbers.
struct SpanBatch {
    /// What the spans come from: the resource's attributes.
    let resource: [(name: String, value: String)]
    let spans: [Span]

    /// `SPAN_KIND_SERVER`.
    private static let serverKind = 2
    /// `STATUS_CODE_ERROR`.
    private static let errorCode = 2

    /// The body of the request.
    var body: [UInt8] {
        let resource: JSONValue = [
            "attributes": .array(self.resource.map { Self.attribute($0.name, .text($0.value)) })
        ]
        let scope: JSONValue = ["scope": ["name": "pillion"], "spans": .array(spans.map(Self.json))]
        return JSONWriter.compact(["resourceSpans": [["resource": resource, "scopeSpans": [scope]]]])
    }

    private static func json(_ span: Span) -> JSONValue {
        var object: JSONObject = [
            "traceId": .string(span.trace.text), "spanId": .string(span.identifier.text),
        ]
        if let parent = span.parent { object["parentSpanId"] = .string(parent.text) }
        object["name"] = .string(span.name)
        object["kind"] = .number(JSONNumber(serverKind))
        object["startTimeUnixNano"] = .string("\(span.start)")
        object["endTimeUnixNano"] = .string("\(span.end)")
        object["attributes"] = .array(span.attributes.map { attribute($0.name, $0.value) })
        if span.hasFailed { object["status"] = ["code": .number(JSONNumber(errorCode))] }
        return .object(object)
    }

    private static func attribute(_ name: String, _ value: Span.Value) -> JSONValue {
        switch value {
        case .text(let text): ["key": .string(name), "value": ["stringValue": .string(text)]]
        case .number(let number): ["key": .string(name), "value": ["intValue": .string("\(number)")]]
        }
    }
}
