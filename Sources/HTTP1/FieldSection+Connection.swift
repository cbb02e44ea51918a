extension FieldSection {
    /// What the `Connection` headers ask for (RFC 9110 section 7.6.1).
    struct ConnectionOptions {
        var close = false
        var keepAlive = false
        var upgrade = false
    }

    /// The most options a message may name; every further one would cost a walk over all headers.
    private static var optionLimit: Int { 32 }

    /// Reads `Connection` and marks the headers that it names as dropped.
    ///
    /// - Throws: When it is no list of tokens, is longer than 32, or names a header that must not be removed.
    mutating func connectionOptions(_ bytes: Span<UInt8>) throws(HTTP1Error) -> ConnectionOptions {
        var options = ConnectionOptions()
        guard connections > 0 else { return options }
        var seen = 0
        for index in fields.indices where fields[index].known == .connection {
            var list = TokenList(fields[index].value.offsets)
            while let token = try list.next(bytes, else: .malformedConnection) {
                seen += 1
                guard seen <= Self.optionLimit else {
                    throw HTTP1Error(.malformedConnection, at: token.lowerBound)
                }
                try apply(token, bytes, &options)
            }
        }
        return options
    }

    /// Whether there is one `Upgrade`, to `websocket` and nothing else (RFC 6455 section 4.1).
    func upgradesToWebSocket(_ bytes: Span<UInt8>) -> Bool {
        guard upgrades == 1, let field = first(.upgrade) else { return false }
        return bytes.equalsIgnoringCase("websocket", Int(field.value.start), Int(field.value.end))
    }

    private mutating func apply(
        _ token: Range<Int>,
        _ bytes: Span<UInt8>,
        _ options: inout ConnectionOptions
    ) throws(HTTP1Error) {
        let (start, end) = (token.lowerBound, token.upperBound)
        if bytes.equalsIgnoringCase("close", start, end) {
            options.close = true
        } else if bytes.equalsIgnoringCase("keep-alive", start, end) {
            options.keepAlive = true
        } else if bytes.equalsIgnoringCase("upgrade", start, end) {
            options.upgrade = true
        } else {
            let known = KnownHeader(bytes, start, end)
            guard !known.isProtected else { throw HTTP1Error(.protectedConnectionOption, at: start) }
            for index in fields.indices where bytes.equalsIgnoringCase(fields[index].name.offsets, token) {
                fields[index].isDropped = true
            }
        }
    }
}
