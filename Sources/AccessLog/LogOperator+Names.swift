extension LogOperator {
    /// The operators without arguments, by their names in Envoy's format strings.
    static let plain: [String: LogOperator] = [
        "RESPONSE_CODE": .number(.responseCode),
        "BYTES_RECEIVED": .number(.bytesReceived),
        "BYTES_SENT": .number(.bytesSent),
        "CONNECTION_ID": .number(.connectionID),
        "UPSTREAM_REQUEST_ATTEMPT_COUNT": .number(.attempts),
        "GRPC_STATUS_NUMBER": .number(.grpcStatus),
        "DURATION": .time(.total),
        "REQUEST_DURATION": .time(.request),
        "RESPONSE_DURATION": .time(.response),
        "RESPONSE_TX_DURATION": .time(.responseTransmission),
        "RESPONSE_FLAGS": .flags(isLong: false),
        "RESPONSE_FLAGS_LONG": .flags(isLong: true),
        "PROTOCOL": .text(.protocolVersion),
        "UPSTREAM_PROTOCOL": .text(.upstreamProtocol),
        "RESPONSE_CODE_DETAILS": .text(.codeDetails),
        "CONNECTION_TERMINATION_DETAILS": .text(.terminationDetails),
        "UPSTREAM_CLUSTER": .text(.upstreamCluster),
        "UPSTREAM_CLUSTER_RAW": .text(.upstreamCluster),
        "UPSTREAM_TRANSPORT_FAILURE_REASON": .text(.upstreamFailure),
        "DOWNSTREAM_TRANSPORT_FAILURE_REASON": .text(.downstreamFailure),
        "REQUESTED_SERVER_NAME": .text(.serverName),
        "ROUTE_NAME": .text(.routeName),
        "VIRTUAL_HOST_NAME": .text(.virtualHost),
        "VIRTUAL_CLUSTER_NAME": .text(.virtualCluster),
        "TRACE_ID": .text(.traceID),
        "DOWNSTREAM_TLS_VERSION": .text(.tlsVersion),
        "DOWNSTREAM_TLS_CIPHER": .text(.tlsCipher),
        "DOWNSTREAM_TLS_SESSION_ID": .text(.tlsSession),
        "DOWNSTREAM_LOCAL_URI_SAN": .text(.localURINames),
        "DOWNSTREAM_PEER_SUBJECT": .text(.peerSubject),
        "DOWNSTREAM_PEER_ISSUER": .text(.peerIssuer),
        "DOWNSTREAM_PEER_SERIAL": .text(.peerSerial),
        "DOWNSTREAM_PEER_FINGERPRINT_256": .text(.peerFingerprint256),
        "DOWNSTREAM_PEER_FINGERPRINT_1": .text(.peerFingerprint1),
        "DOWNSTREAM_PEER_URI_SAN": .text(.peerURINames),
        "DOWNSTREAM_PEER_DNS_SAN": .text(.peerDNSNames),
        "DOWNSTREAM_PEER_IP_SAN": .text(.peerIPNames),
        "UPSTREAM_HOST": .address(.upstreamHost, .whole),
        "UPSTREAM_REMOTE_ADDRESS": .address(.upstreamRemote, .whole),
        "UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT": .address(.upstreamRemote, .host),
        "UPSTREAM_REMOTE_PORT": .address(.upstreamRemote, .port),
        "UPSTREAM_LOCAL_ADDRESS": .address(.upstreamLocal, .whole),
        "UPSTREAM_LOCAL_ADDRESS_WITHOUT_PORT": .address(.upstreamLocal, .host),
        "UPSTREAM_LOCAL_PORT": .address(.upstreamLocal, .port),
        "DOWNSTREAM_REMOTE_ADDRESS": .address(.downstreamRemote, .whole),
        "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT": .address(.downstreamRemote, .host),
        "DOWNSTREAM_REMOTE_PORT": .address(.downstreamRemote, .port),
        "DOWNSTREAM_DIRECT_REMOTE_ADDRESS": .address(.downstreamDirectRemote, .whole),
        "DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT": .address(.downstreamDirectRemote, .host),
        "DOWNSTREAM_DIRECT_REMOTE_PORT": .address(.downstreamDirectRemote, .port),
        "DOWNSTREAM_LOCAL_ADDRESS": .address(.downstreamLocal, .whole),
        "DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT": .address(.downstreamLocal, .host),
        "DOWNSTREAM_LOCAL_PORT": .address(.downstreamLocal, .port),
    ]

    /// The operators that tell a time, which may take its format.
    static let moments: [String: Moment] = [
        "START_TIME": .start,
        "DOWNSTREAM_PEER_CERT_V_START": .peerValidFrom,
        "DOWNSTREAM_PEER_CERT_V_END": .peerValidUntil,
    ]

    /// The other operators that take an argument, or may.
    static let withArgument = [
        "REQ", "REQ_WITHOUT_QUERY", "RESP", "TRAILER", "GRPC_STATUS", "ENVIRONMENT", "HOSTNAME",
    ]

    /// The names of all operators.
    static let allNames = withArgument + moments.keys.sorted() + plain.keys.sorted()
}

extension LogFormat {
    /// The names of all operators that formats know, for documentation.
    public static var operatorNames: [String] { LogOperator.allNames.sorted() }
}
