import AccessLog
import Testing

@Suite struct ResponseFlagTests {
    @Test("Every flag has letters, a name, a sentence and advice of its own")
    func words() {
        #expect(Set(ResponseFlag.allCases.map(\.letters)).count == ResponseFlag.allCases.count)
        #expect(Set(ResponseFlag.allCases.map(\.name)).count == ResponseFlag.allCases.count)
        #expect(Set(ResponseFlag.allCases.map(\.sentence)).count == ResponseFlag.allCases.count)
        #expect(ResponseFlag.allCases.allSatisfy { !$0.advice.isEmpty })
    }

    @Test(
        "The letters are Envoy's",
        arguments: [
            (.upstreamConnectionFailure, "UF", "UpstreamConnectionFailure"), (.noRouteFound, "NR", "NoRouteFound"),
            (.upstreamRetryLimitExceeded, "URX", "UpstreamRetryLimitExceeded"),
            (.dnsResolutionFailed, "DF", "DnsResolutionFailed"),
            (.durationTimeout, "DT", "DurationTimeout"), (.downstreamRemoteReset, "DR", "DownstreamRemoteReset"),
        ] as [(ResponseFlag, String, String)]
    )
    func letters(flag: ResponseFlag, letters: String, name: String) {
        #expect(flag.letters == letters)
        #expect(flag.name == name)
    }

    @Test("Several flags stand in Envoy's order, with commas")
    func several() {
        var flags = ResponseFlags(.upstreamRetryLimitExceeded)
        flags.insert(.upstreamConnectionFailure)
        #expect(flags.letters == "UF,URX")
        #expect(flags.contains(.upstreamConnectionFailure) && !flags.contains(.noHealthyUpstream))
        #expect(ResponseFlags().letters == "-")
    }
}
