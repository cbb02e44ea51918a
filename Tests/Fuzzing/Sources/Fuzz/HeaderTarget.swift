import HTTP1
import ProxyHeaders

/// The headers of a request that tell of its trace and of its client, one a line, behind the number of trusted proxies.
struct HeaderTarget: FuzzTarget {
    static let name = "headers"

    func run(_ input: [UInt8]) {
        guard let first = input.first else { return }
        let lines = input.dropFirst().split(separator: 0x0A).map { line in
            line.split(separator: 0x3A, maxSplits: 1, omittingEmptySubsequences: false).map(Array.init)
        }
        var headers = TraceHeaders()
        var values: [UInt8] = []
        for line in lines where line.count == 2 {
            let (name, value) = (line[0], line[1])
            if let known = TraceHeaders.Name(name.span) { headers.keep(known, value.span) }
            values += value
            checkTrace(value)
        }
        checkClient(values, ForwardedFor(usesRemoteAddress: first & 1 == 1, trustedHops: Int(first >> 1)))
        guard let position = headers.position?.child(span: 7) else { return }
        var written: [UInt8] = []
        headers.write(position, into: &written)
        let again = Self.read(written).position
        require(again?.traceLow == position.traceLow && again?.span == 7, "written: \(written), read: \(again as Any)")
        require(again?.isSampled == true || position.isSampled != true, "the decision is lost: \(written)")
    }

    private func checkTrace(_ value: [UInt8]) {
        var written: [UInt8] = []
        if let position = TracePosition(traceparent: value.span) {
            position.writeTraceparent(into: &written)
            require(TracePosition(traceparent: written.span) == position, "traceparent reads differently")
        }
        written = []
        if let position = TracePosition(b3: value.span) {
            position.writeB3(into: &written)
            var expected = position
            // Without a decision there is no place for it.
            if position.isSampled == nil { expected.parent = nil }
            require(TracePosition(b3: written.span) == expected, "b3 reads differently")
        }
    }

    private func checkClient(_ values: [UInt8], _ policy: ForwardedFor) {
        guard let place = policy.client(in: values.span) else { return }
        require(place.lowerBound >= 0 && place.upperBound <= values.count, "the client lies outside of the header")
        let address = values[place]
        require(!address.contains(0x2C) && !address.contains(0x20), "several clients: \(address)")
    }

    private static func read(_ lines: [UInt8]) -> TraceHeaders {
        var headers = TraceHeaders()
        for line in lines.split(separator: 0x0A) {
            let parts = line.dropLast().split(separator: 0x3A, maxSplits: 1).map(Array.init)
            guard parts.count == 2 else { continue }
            let (name, value) = (parts[0], Array(parts[1].dropFirst()))
            if let known = TraceHeaders.Name(name.span) { headers.keep(known, value.span) }
        }
        return headers
    }
}
