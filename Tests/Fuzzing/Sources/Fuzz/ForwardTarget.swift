/// What a client sends and what the endpoint answers, with three bars before each answer, through all of the proxy.
///
/// The lowest bit of the first byte has the endpoint speak HTTP/2, the next the client; its other bits seed the cuts.
/// Whatever comes in, what goes out to either side is HTTP/1 that the strict parsers take, and no request reaches the
/// endpoint that the client has not sent.
struct ForwardTarget: FuzzTarget {
    static let name = "forward"
    private static let bars = Array("|||".utf8)
    private static let preface = Array("PRI ".utf8)
    private let proxy: EmbeddedProxy
    /// The same whose endpoint speaks HTTP/2 and is asked whether it is there.
    private let shared: EmbeddedProxy

    init() throws {
        let address = "{socket_address: {address: 127.0.0.1, port_value: 2}}"
        let endpoints = "{lb_endpoints: [{endpoint: {address: \(address), hostname: e}}]}"
        let type = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"
        let keepalive = "{interval: 1s, timeout: 1s, connection_idle_interval: 0.001s}"
        let http2 = "{http2_protocol_options: {connection_keepalive: \(keepalive)}}"
        proxy = try EmbeddedProxy(endpoints: endpoints)
        shared = try EmbeddedProxy(
            endpoints: endpoints,
            options: "\(type): {\"@type\": type.googleapis.com/\(type), explicit_http_config: \(http2)}"
        )
    }

    func run(_ input: [UInt8]) {
        guard let first = input.first else { return }
        let (isShared, isHTTP2) = (first & 1 == 1, first & 2 == 2)
        var parts = Self.parts(of: input.dropFirst())
        let request = parts.removeFirst()
        do {
            let scene = isShared ? shared : proxy
            let outcome = try scene.forward(request, parts, seed: first >> 2, isHTTP2: isHTTP2, isShared: isShared)
            // Whoever begins as HTTP/2 does gets frames.
            guard !isHTTP2, !request.starts(with: Self.preface) else { return }
            check(request, outcome, isShared: isShared)
        } catch {
            fatalError("forward: the scene cannot be set: \(error)")
        }
    }

    /// What stands between bars; at least one part, which may be empty.
    private static func parts(of input: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = input.startIndex
        var index = start
        while index < input.endIndex {
            guard input[index] == bars[0], input[index...].starts(with: bars) else {
                index += 1
                continue
            }
            parts.append(input[start..<index])
            index += bars.count
            start = index
        }
        return parts + [input[start...]]
    }

    private func check(_ request: ArraySlice<UInt8>, _ outcome: EmbeddedProxy.Outcome, isShared: Bool) {
        let sent = MessageStream.read(request, seed: nil, with: MessageStream())
        let answers = MessageStream.read(outcome.answer[...], seed: nil, with: MessageStream(answering: sent.areHead))
        require(answers.fault == nil, "the client gets \(String(decoding: outcome.answer, as: UTF8.self))")
        // What goes through a tunnel is not HTTP any more.
        guard !isShared, !answers.isTunnel else { return }
        var count = 0
        for bytes in outcome.requests {
            let arrived = MessageStream.read(bytes[...], seed: nil, with: MessageStream())
            require(arrived.fault == nil, "the endpoint gets \(String(decoding: bytes, as: UTF8.self))")
            count += arrived.areHead.count
        }
        require(count <= sent.areHead.count, "\(sent.areHead.count) requests have become \(count)")
    }
}
