import AccessLog
import Testing

@Suite struct LogFormatTests {
    @Test(
        "Operators write their values",
        arguments: [
            ("%RESPONSE_CODE%", "503"), ("%PROTOCOL%", "HTTP/1.1"), ("%UPSTREAM_PROTOCOL%", "HTTP/2"),
            ("%RESPONSE_CODE_DETAILS%", "via_upstream"), ("%BYTES_RECEIVED%/%BYTES_SENT%", "12/345"),
            ("%DURATION%", "17"), ("%REQUEST_DURATION%", "3"), ("%RESPONSE_DURATION%", "11"),
            ("%RESPONSE_TX_DURATION%", "5"), ("%UPSTREAM_REQUEST_ATTEMPT_COUNT%", "2"), ("%CONNECTION_ID%", "7"),
            ("%UPSTREAM_HOST%", "10.0.0.9:8080"), ("%UPSTREAM_CLUSTER%", "app"),
            ("%UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%", "10.0.0.9"), ("%UPSTREAM_REMOTE_PORT%", "8080"),
            ("%UPSTREAM_LOCAL_ADDRESS%", "[fd00::1]:4711"), ("%UPSTREAM_LOCAL_ADDRESS_WITHOUT_PORT%", "fd00::1"),
            ("%DOWNSTREAM_REMOTE_ADDRESS%", "192.0.2.1:5000"),
            ("%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%", "192.0.2.1"),
            ("%DOWNSTREAM_REMOTE_PORT%", "5000"), ("%DOWNSTREAM_DIRECT_REMOTE_ADDRESS%", "127.0.0.1:6000"),
            ("%DOWNSTREAM_LOCAL_ADDRESS%", "[::1]:15006"), ("%DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT%", "::1"),
            ("%DOWNSTREAM_LOCAL_PORT%", "15006"), ("%ROUTE_NAME%", "main"), ("%VIRTUAL_HOST_NAME%", "all"),
            ("%REQUESTED_SERVER_NAME%", "app.example"), ("%DOWNSTREAM_TLS_VERSION%", "TLSv1.3"),
            ("%DOWNSTREAM_TLS_CIPHER%", "TLS_AES_128_GCM_SHA256"), ("%DOWNSTREAM_PEER_SUBJECT%", "CN=client"),
            ("%DOWNSTREAM_PEER_ISSUER%", "CN=root"), ("%DOWNSTREAM_PEER_SERIAL%", "0a"),
            ("%DOWNSTREAM_PEER_FINGERPRINT_256%", "ab12"), ("%DOWNSTREAM_PEER_URI_SAN%", "spiffe://a/b"),
            ("%DOWNSTREAM_PEER_DNS_SAN%", "a.example,b.example"), ("%HOSTNAME%", "pod-1"),
            ("%ENVIRONMENT(REGION)%", "eu"), ("%ENVIRONMENT(REGION):1%", "e"), ("%GRPC_STATUS%", "DeadlineExceeded"),
            ("%GRPC_STATUS(SNAKE_STRING)%", "DEADLINE_EXCEEDED"), ("%GRPC_STATUS(NUMBER)%", "4"),
            ("%GRPC_STATUS_NUMBER%", "4"), ("100%%", "100%"), ("%%%RESPONSE_CODE%%%", "%503%"), ("", ""),
            ("%START_TIME%", "2026-11-21T14:03:07.250Z"), ("%START_TIME(%Y/%m/%d %s)%", "2026/11/21 1795269787"),
            ("%DOWNSTREAM_PEER_CERT_V_START%", "2026-11-21T14:03:07.000Z"),
            ("%DOWNSTREAM_PEER_CERT_V_END()%", "9999-12-31T23:59:59.000Z"),
            ("%DOWNSTREAM_PEER_CERT_V_END(%D %s)%", "12/31/99 253402300799"),
        ]
    )
    func values(text: String, expected: String) throws {
        #expect(try TestFormat(text: text).line() == expected)
    }

    @Test(
        "What is absent is a dash, or nothing where that is wanted",
        arguments: [
            "%UPSTREAM_HOST%", "%DURATION%", "%PROTOCOL%", "%REQ(X)%", "%RESP(X?Y)%", "%TRAILER(X)%", "%ROUTE_NAME%",
            "%DOWNSTREAM_REMOTE_PORT%", "%DOWNSTREAM_PEER_SUBJECT%", "%DOWNSTREAM_PEER_CERT_V_START(%Y)%",
            "%GRPC_STATUS%", "%ENVIRONMENT(NONE)%",
            "%CONNECTION_ID%", "%RESPONSE_TX_DURATION%", "%REQ_WITHOUT_QUERY(:PATH)%",
        ]
    )
    func absence(text: String) throws {
        #expect(try TestFormat(text: "<\(text)>").line(LogRecord()) == "<->")
        #expect(try TestFormat(text: "<\(text)>", omitsEmpty: true).line(LogRecord()) == "<>")
    }

    @Test("Numbers begin at 0, and no flag is a dash")
    func zeros() throws {
        let text = "%RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_FLAGS_LONG% %BYTES_SENT%"
        #expect(try TestFormat(text: text).line(LogRecord()) == "0 - - 0")
    }

    @Test("That tries ran out stands before the reason of the last, but for connections of bytes alone")
    func flagOrder() throws {
        let format = try TestFormat(text: "%RESPONSE_FLAGS% %RESPONSE_FLAGS_LONG%")
        let change: (inout LogRecord) -> Void = {
            $0.flags = [ResponseFlags(.upstreamConnectionFailure), ResponseFlags(.upstreamRetryLimitExceeded)]
        }
        #expect(format.line(.full(change)) == "URX,UF UpstreamRetryLimitExceeded,UpstreamConnectionFailure")
        let bytes = LogRecord.full {
            change(&$0)
            $0.protocolVersion = nil
        }
        #expect(format.line(bytes) == "UF,URX UpstreamConnectionFailure,UpstreamRetryLimitExceeded")
    }

    @Test("Headers are found in any case of letters, the first of several")
    func headers() throws {
        let format = try TestFormat(
            text: "%REQ(USER-agent)% %REQ(X?:PATH)% %REQ(:PATH):3% %REQ_WITHOUT_QUERY(X?:PATH)%"
        )
        let line = format.line(.full(), ["User-Agent": "one", "user-agent": "two", ":path": "/a/b?c=d", "Other": "x"])
        #expect(line == "one /a/b?c=d /a/ /a/b")
    }

    @Test("Requests, responses and trailers are kept apart")
    func sides() throws {
        let format = try TestFormat(text: "%REQ(A)% %RESP(A)% %TRAILER(A)%")
        #expect(format.line(.full(), ["a": "1"], on: .response) == "- 1 -")
        #expect(format.line(.full(), ["a": "1"], on: .trailer) == "- - 1")
        #expect(LogFields.Side.allCases.allSatisfy(format.fields.isNeeded))
        #expect(try !TestFormat(text: "%REQ(A)%").fields.isNeeded(.response))
    }

    @Test("A static name finds its place")
    func staticName() throws {
        let format = try TestFormat(text: "%REQ(:METHOD)%")
        var record = LogRecord()
        format.fields.capture(.request, name: ":method", value: Array("GET".utf8).span, into: &record)
        #expect(format.line(record) == "GET")
    }

    @Test("Envoy's own format")
    func standard() throws {
        let format = try TestFormat(text: LogFormat.defaultText)
        let line = format.line(
            .full { $0.flags.insert(.upstreamConnectionFailure) },
            [
                ":method": "GET", ":path": "/x", "user-agent": "curl", ":authority": "a.example", "x-request-id": "id",
            ]
        )
        #expect(
            line == "[2026-11-21T14:03:07.250Z] \"GET /x HTTP/1.1\" 503 UF 12 345 17 - \"-\" \"curl\" \"id\" "
                + "\"a.example\" \"10.0.0.9:8080\"\n"
        )
    }

    @Test("Nobody ends a line or a quoted value from outside")
    func injection() throws {
        let format = try TestFormat(text: "\"%REQ(A)%\"\n")
        #expect(format.line(.full(), ["a": "x\" 200\n\u{7F}\\"]) == "\"x\\\" 200\\x0A\\x7F\\\\\"\n")
    }

    @Test("A record that is used again remembers nothing")
    func reset() throws {
        let format = try TestFormat(text: "%REQ(A)% %RESPONSE_CODE% %UPSTREAM_HOST% %RESPONSE_FLAGS%")
        var record = LogRecord.full { $0.flags.insert(.rateLimited) }
        format.fields.capture(.request, name: Array("a".utf8).span, value: Array("1".utf8).span, into: &record)
        #expect(format.line(record) == "1 503 10.0.0.9:8080 RL")
        record.reset()
        #expect(format.line(record) == "- 0 - -")
        #expect(format.line(record, ["a": "2"]) == "2 0 - -")
    }

    @Test("Huge values are cut")
    func huge() throws {
        let format = try TestFormat(text: "%REQ(A)%%REQ(B)%")
        let text = String(repeating: "x", count: 100_000)
        #expect(format.line(.full(), ["a": text, "b": text]).utf8.count == 65_536)
    }
}
