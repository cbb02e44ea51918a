extension LogRecord {
    /// Writes the value of `operation` at most `limit` bytes long.
    ///
    /// - Returns: Whether there was one; without one nothing is written.
    func write(_ operation: LogOperator, limit: Int?, _ escaping: LogEscaping, into out: inout [UInt8]) -> Bool {
        switch operation {
        case .header(let slots, let withoutQuery):
            return writeHeader(slots, withoutQuery: withoutQuery, limit, escaping, into: &out)
        case .moment(let moment, let format):
            guard let time = time(of: moment) else { return false }
            write(time, format, escaping, into: &out)
        case .number(let number):
            guard let value = value(of: number) else { return false }
            Decimal.write(value, into: &out)
        case .time(let time):
            guard let milliseconds = milliseconds(of: time) else { return false }
            Decimal.write(milliseconds, into: &out)
        case .flags(let isLong):
            out += flagText(isLong: isLong).utf8
        case .grpcStatus(.number):
            guard let grpcStatus else { return false }
            Decimal.write(grpcStatus, into: &out)
        case .address(let address, let part):
            return writeAddress(address, part, limit, escaping, into: &out)
        case .constant(let text): return writeText(text, limit, escaping, into: &out)
        case .text(let text): return writeText(value(of: text), limit, escaping, into: &out)
        case .grpcStatus(let format):
            let name = grpcStatus.map { format == .camel ? GRPCStatusName.camel($0) : GRPCStatusName.snake($0) }
            return writeText(name, limit, escaping, into: &out)
        }
        return true
    }

    /// `%RESPONSE_FLAGS%` or `%RESPONSE_FLAGS_LONG%`; `-` where there are none.
    private func flagText(isLong: Bool) -> String {
        guard !flags.isEmpty else { return "-" }
        let flags = protocolVersion == nil ? flags.all : flags.ofRequest
        return flags.map { isLong ? $0.name : $0.letters }.joined(separator: ",")
    }

    private func time(of moment: LogOperator.Moment) -> CivilTime? {
        switch moment {
        case .start: CivilTime(nanoseconds: startTime)
        case .peerValidFrom: connection?.peer?.validFrom.map { CivilTime(seconds: $0) }
        case .peerValidUntil: connection?.peer?.validUntil.map { CivilTime(seconds: $0) }
        }
    }

    private func write(_ time: CivilTime, _ format: TimeFormat, _ escaping: LogEscaping, into out: inout [UInt8]) {
        // What stands between the specifiers is the operator's own, and stays as it is in text.
        guard escaping == .json, format.needsEscaping else { return format.write(time, into: &out) }
        var text: [UInt8] = []
        format.write(time, into: &text)
        escaping.write(text.span, into: &out)
    }

    private func writeText(_ text: String?, _ limit: Int?, _ escaping: LogEscaping, into out: inout [UInt8]) -> Bool {
        guard let text, !text.isEmpty else { return false }
        let bytes = text.utf8.span
        escaping.write(bytes.extracting(first: min(limit ?? bytes.count, bytes.count)), into: &out)
        return true
    }

    private func writeHeader(
        _ slots: [Int],
        withoutQuery: Bool,
        _ limit: Int?,
        _ escaping: LogEscaping,
        into out: inout [UInt8]
    ) -> Bool {
        for slot in slots {
            guard var range = place(of: slot) else { continue }
            if withoutQuery, let query = keptBytes[range].firstIndex(of: UInt8(ascii: "?")) {
                range = range.lowerBound..<query
            }
            let length = min(limit ?? range.count, range.count)
            escaping.write(keptBytes.span.extracting(range.lowerBound..<range.lowerBound + length), into: &out)
            return true
        }
        return false
    }

    private func writeAddress(
        _ address: LogOperator.Address,
        _ part: LogOperator.AddressPart,
        _ limit: Int?,
        _ escaping: LogEscaping,
        into out: inout [UInt8]
    ) -> Bool {
        let value: String? =
            switch address {
            case .upstreamHost: upstreamHost
            case .upstreamRemote: upstreamRemoteAddress
            case .upstreamLocal: upstreamLocalAddress
            case .downstreamRemote: remoteAddress ?? connection?.remoteAddress
            case .downstreamDirectRemote: connection?.directRemoteAddress
            case .downstreamLocal: connection?.localAddress
            }
        guard part != .whole, let text = value?.utf8 else { return writeText(value, limit, escaping, into: &out) }
        // `10.0.0.1:80` or `[::1]:80`.
        guard let colon = text.lastIndex(of: UInt8(ascii: ":")) else { return false }
        var piece = part == .host ? text[..<colon] : text[text.index(after: colon)...]
        if piece.first == UInt8(ascii: "["), piece.last == UInt8(ascii: "]") { piece = piece.dropFirst().dropLast() }
        return writeText(String(Substring(piece)), limit, escaping, into: &out)
    }

    private func value(of number: LogOperator.Number) -> UInt64? {
        switch number {
        case .responseCode: UInt64(max(0, responseCode))
        case .bytesReceived: bytesReceived
        case .bytesSent: bytesSent
        case .connectionID: connection?.identifier
        case .attempts: UInt64(max(0, attempts))
        case .grpcStatus: grpcStatus.map { UInt64(max(0, $0)) }
        }
    }

    private func milliseconds(of time: LogOperator.Time) -> Int? {
        let span: Duration? =
            switch time {
            case .request: requestDuration
            case .response: responseDuration
            case .total: duration
            case .responseTransmission: responseTransmission
            }
        guard let (seconds, attoseconds) = span?.components else { return nil }
        guard abs(seconds) < 1_000_000_000_000 else { return nil }
        return max(0, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
