extension LogRecord {
    /// The value of an operator that is a text.
    func value(of text: LogOperator.Text) -> String? {
        switch text {
        case .protocolVersion: protocolVersion?.rawValue
        case .upstreamProtocol: upstreamProtocol?.rawValue
        case .codeDetails: responseCodeDetails
        case .terminationDetails: connectionTerminationDetails
        case .upstreamCluster: upstreamCluster
        case .upstreamFailure: upstreamTransportFailure
        case .downstreamFailure: downstreamTransportFailure
        case .serverName: connection?.requestedServerName
        case .routeName: routeName
        case .virtualHost: virtualHostName
        case .virtualCluster: virtualClusterName
        case .traceID: traceID
        case .tlsVersion: connection?.tlsVersion
        case .tlsCipher: connection?.tlsCipher
        case .tlsSession: connection?.tlsSession
        case .localURINames: connection?.localURINames
        case .peerSubject: connection?.peer?.subject
        case .peerIssuer: connection?.peer?.issuer
        case .peerSerial: connection?.peer?.serial
        case .peerFingerprint256: connection?.peer?.fingerprint256
        case .peerFingerprint1: connection?.peer?.fingerprint1
        case .peerURINames: connection?.peer?.uriNames
        case .peerDNSNames: connection?.peer?.dnsNames
        case .peerIPNames: connection?.peer?.ipNames
        }
    }
}
