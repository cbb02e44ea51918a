import CLibYAML

/// libyaml's parser as a value: pulls events from a text until the stream ends or an error is found.
///
/// It is the only type that sees libyaml. It is freed with its last use; events are copied before they are freed.
@safe
struct YAMLEventParser: ~Copyable {
    /// What libyaml found wrong.
    struct Failure: Error {
        /// libyaml's own words.
        let problem: String
        /// What libyaml was about when it found the problem; may be empty.
        let context: String
        /// The code point at which the problem is.
        let character: Int
        /// The byte counted from where the text starts, for text that cannot be decoded.
        let byte: Int?
    }

    // Safety: allocated and initialised in `init`, freed once in `deinit`; libyaml's structure never moves in between.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// Kept alive for libyaml, which holds an unretained pointer to it.
    private let input: YAMLInput

    /// Makes a parser; nil when memory is exhausted.
    init?(_ input: YAMLInput) {
        self.input = input
        unsafe parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        unsafe parser.initialize(to: yaml_parser_t())
        guard unsafe yaml_parser_initialize(parser) == 1 else { return nil }
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        let context = unsafe Unmanaged.passUnretained(input).toOpaque()
        unsafe yaml_parser_set_input(
            parser,
            { context, buffer, size, count in
                guard let context = unsafe context, let buffer = unsafe buffer, let count = unsafe count else {
                    return 0
                }
                // Safety: the context is the `YAMLInput` given above, which the parser's owner keeps alive.
                let input = unsafe Unmanaged<YAMLInput>.fromOpaque(context).takeUnretainedValue()
                unsafe count.pointee = unsafe input.read(into: buffer, capacity: size)
                return 1
            },
            context
        )
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deinitialize(count: 1)
        unsafe parser.deallocate()
    }

    /// The next event.
    mutating func next() throws(Failure) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        // Safety: the event was filled in by libyaml and is read only before it is deleted.
        defer { unsafe yaml_event_delete(&event) }
        return unsafe YAMLEvent(
            kind: Self.kind(event),
            start: Int(clamping: event.start_mark.index),
            end: Int(clamping: event.end_mark.index)
        )
    }

    private static func kind(_ event: borrowing yaml_event_t) -> YAMLEvent.Kind {
        let type = unsafe event.type
        switch type {
        case YAML_STREAM_START_EVENT: return .streamStart
        case YAML_DOCUMENT_START_EVENT:
            return .documentStart(isImplicit: unsafe event.data.document_start.implicit != 0)
        case YAML_DOCUMENT_END_EVENT: return .documentEnd(isImplicit: unsafe event.data.document_end.implicit != 0)
        case YAML_ALIAS_EVENT: return .alias(unsafe string(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT: return .scalar(unsafe scalar(event))
        case YAML_SEQUENCE_START_EVENT:
            let start = unsafe event.data.sequence_start
            return .sequenceStart(anchor: unsafe string(start.anchor), tag: unsafe string(start.tag))
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            let start = unsafe event.data.mapping_start
            return .mappingStart(anchor: unsafe string(start.anchor), tag: unsafe string(start.tag))
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        default: return .streamEnd
        }
    }

    private static func scalar(_ event: borrowing yaml_event_t) -> YAMLScalar {
        let scalar = unsafe event.data.scalar
        // Safety: libyaml gives `length` bytes at `value`.
        let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        let style = unsafe scalar.style
        return YAMLScalar(
            anchor: unsafe string(scalar.anchor),
            tag: unsafe string(scalar.tag),
            value: unsafe String(decoding: bytes, as: UTF8.self),
            isImplicit: unsafe scalar.plain_implicit != 0 && style == YAML_PLAIN_SCALAR_STYLE,
            isBlock: style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE
        )
    }

    private static func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        // Safety: libyaml ends every anchor and tag with a zero byte.
        guard let text = unsafe text else { return nil }
        return unsafe String(cString: text)
    }

    private func failure() -> Failure {
        // Safety: libyaml's problem texts are constants that end with a zero byte.
        let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "memory is exhausted"
        let context = unsafe parser.pointee.context.map { unsafe String(cString: $0) } ?? ""
        let isUndecodable = unsafe parser.pointee.error == YAML_READER_ERROR
        return Failure(
            problem: problem,
            context: context,
            character: unsafe Int(clamping: parser.pointee.problem_mark.index),
            byte: isUndecodable ? unsafe Int(clamping: parser.pointee.problem_offset) : nil
        )
    }
}
