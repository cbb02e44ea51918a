/// One operator of a format, ready to be rendered.
enum LogOperator: Sendable, Hashable {
    /// The value of the first of several headers that is there.
    case header([Int], withoutQuery: Bool)
    case moment(Moment, TimeFormat)
    case constant(String)
    case number(Number)
    case time(Time)
    case text(Text)
    case address(Address, AddressPart)
    case flags(isLong: Bool)
    case grpcStatus(GRPCStatusFormat)

    enum Moment: Sendable, Hashable {
        case start, peerValidFrom, peerValidUntil
    }

    enum Number: Sendable, Hashable {
        case responseCode, bytesReceived, bytesSent, connectionID, attempts, grpcStatus
    }

    enum Time: Sendable, Hashable {
        case request, response, responseTransmission, total
    }

    enum Address: Sendable, Hashable {
        case upstreamHost, upstreamRemote, upstreamLocal, downstreamRemote, downstreamDirectRemote, downstreamLocal
    }

    enum AddressPart: Sendable, Hashable {
        case whole, host, port
    }

    enum GRPCStatusFormat: Sendable, Hashable {
        case camel, snake, number
    }

    enum Text: Sendable, Hashable {
        case protocolVersion, upstreamProtocol, codeDetails, terminationDetails
        case upstreamCluster, upstreamFailure, downstreamFailure
        case serverName, routeName, virtualHost, virtualCluster, traceID
        case tlsVersion, tlsCipher, tlsSession, localURINames
        case peerSubject, peerIssuer, peerSerial, peerFingerprint256, peerFingerprint1
        case peerURINames, peerDNSNames, peerIPNames
    }

    /// Whether JSON has a number for it.
    var isNumber: Bool {
        switch self {
        case .number, .time, .address(_, .port), .grpcStatus(.number): true
        default: false
        }
    }
}
