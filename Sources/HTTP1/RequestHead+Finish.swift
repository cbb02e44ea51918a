extension RequestHead {
    /// Judges the head as a whole once its empty line has come.
    ///
    /// The order of the checks is fixed, so that a head with several faults always gives the same one: framing, Host,
    /// Connection, Expect.
    mutating func finish(_ bytes: Span<UInt8>) throws(HTTP1Error) {
        framing = try section.framing(bytes, minorVersion: minorVersion) ?? .none
        try readHost(bytes)
        let options = try section.connectionOptions(bytes)
        isPersistent = minorVersion > 0 ? !options.close : options.keepAlive && !options.close
        try readExpectations(bytes)
        wantsWebSocket =
            options.upgrade && method == .get && minorVersion > 0 && framing.isEmpty
            && section.upgradesToWebSocket(bytes)
    }

    private mutating func readHost(_ bytes: Span<UInt8>) throws(HTTP1Error) {
        guard section.hosts <= 1 else { throw HTTP1Error(.repeatedHost) }
        guard let host = section.hosts == 0 ? nil : section.first(.host) else {
            guard minorVersion == 0 else { throw HTTP1Error(.missingHost) }
            return
        }
        for index in host.value.offsets where !ByteClass.isHost(bytes[index]) {
            throw HTTP1Error(.invalidHost, at: index)
        }
        if !isAbsolute { authority = host.value }
    }

    private mutating func readExpectations(_ bytes: Span<UInt8>) throws(HTTP1Error) {
        guard section.expectations > 0 else { return }
        // The proxy meets the expectation itself, so the application never sees it.
        for index in section.fields.indices where section.fields[index].known == .expect {
            section.fields[index].isDropped = true
            let value = section.fields[index].value
            // An HTTP/1.0 client cannot wait for an interim response (RFC 9110 section 10.1.1).
            guard minorVersion > 0 else { continue }
            guard bytes.equalsIgnoringCase("100-continue", Int(value.start), Int(value.end)) else {
                throw HTTP1Error(.unknownExpectation, at: Int(value.start))
            }
            expectsContinue = !framing.isEmpty
        }
    }
}
