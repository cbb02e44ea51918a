import ProxyHeaders
import Testing

@Suite struct ForwardedForTests {
    @Test(
        "The client is the peer, or stands in the header so many hops from its end",
        arguments: [
            (true, 0, "1.1.1.1", nil), (true, 1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
            (true, 2, "1.1.1.1, 2.2.2.2", "1.1.1.1"),
            (true, 3, "1.1.1.1, 2.2.2.2", nil), (false, 0, "1.1.1.1,2.2.2.2", "2.2.2.2"),
            (false, 1, "1.1.1.1,2.2.2.2", "1.1.1.1"), (false, 2, "1.1.1.1,2.2.2.2", nil), (false, 0, "", nil),
            (false, 0, " fd00::1 ", "fd00::1"), (false, 0, "unknown", nil), (false, 0, "1.1.1.1:80", nil),
            (false, 0, "1.1.1", nil), (false, 0, "1.1.1.256", nil), (false, 0, "1.1.1.", nil), (false, 0, "[::1]", nil),
            (false, 0, "1.1.1.1,", nil), (false, 1, "1.1.1.1,", "1.1.1.1"), (false, 1, ",", nil),
            (false, 0, "a:b", nil),
            (true, 1_000_000, "1.1.1.1", nil),
        ] as [(Bool, Int, String, String?)]
    )
    func client(usesRemote: Bool, hops: Int, header: String, expected: String?) {
        let policy = ForwardedFor(usesRemoteAddress: usesRemote, trustedHops: hops)
        let bytes = Array(header.utf8)
        let found = policy.client(in: bytes.span).map { String(decoding: bytes[$0], as: UTF8.self) }
        #expect(found == expected)
    }

    @Test(
        "The peer is appended by the first proxy that is trusted",
        arguments: [(true, false, true), (true, true, false), (false, false, false)]
    )
    func append(usesRemote: Bool, skips: Bool, expected: Bool) {
        #expect(ForwardedFor(usesRemoteAddress: usesRemote, skipsAppend: skips).appendsPeer == expected)
    }

    @Test(
        "The scheme that came is believed where somebody in front is trusted",
        arguments: [
            (nil, false, 0, .set), ("https", false, 0, .keep), ("HTTP", false, 0, .keep), ("https", true, 0, .set),
            ("https", true, 1, .keep), ("ftp", false, 0, .set), ("", false, 0, .set), ("https,http", false, 0, .set),
        ] as [(String?, Bool, Int, ForwardedProto)]
    )
    func proto(value: String?, usesRemote: Bool, hops: Int, expected: ForwardedProto) {
        let policy = ForwardedFor(usesRemoteAddress: usesRemote, trustedHops: hops)
        if let value {
            let bytes = Array(value.utf8)
            let decision = ForwardedProto.decide(bytes.span, policy)
            #expect(decision == expected)
        } else {
            let decision = ForwardedProto.decide(nil, policy)
            #expect(decision == expected)
        }
    }

    @Test(
        "Identifiers of strangers are replaced, unless they are to be kept",
        arguments: [
            (true, false, false, true, .keep), (true, false, false, false, .set), (true, true, false, true, .set),
            (true, true, true, true, .keep), (true, true, true, false, .set), (false, true, false, false, .keep),
        ] as [(Bool, Bool, Bool, Bool, RequestIDPolicy.Action)]
    )
    func requestID(generates: Bool, usesRemote: Bool, preserves: Bool, has: Bool, expected: RequestIDPolicy.Action) {
        let policy = RequestIDPolicy(generates: generates, usesRemoteAddress: usesRemote, preservesExternal: preserves)
        #expect(policy.action(hasIdentifier: has) == expected)
    }
}
