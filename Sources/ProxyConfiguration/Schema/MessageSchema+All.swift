extension MessageSchema {
    /// All messages in the order in which the reference tells of them.
    static var all: [MessageSchema] {
        [
            .bootstrap, .node, .admin, .staticResources, .listener, .listenerFilter, .tlsInspector, .filterChain,
            .filterChainMatch, .filter, .tcpProxy, .tcpWeightedCluster, .tcpClusterWeight, .tcpHashPolicy,
            .transportSocket, .rawBuffer, .downstreamTLS, .upstreamTLS, .commonTLS, .tlsParameters, .tlsCertificate,
            .certificateValidation, .subjectAltNameMatcher, .connectionManager, .clientCertificateDetails, .upgrade,
            .httpFilter, .router, .httpProtocolOptions, .http1ProtocolOptions, .headerKeyFormat, .typedExtension,
            .preserveCase, .http2ProtocolOptions, .keepaliveSettings, .accessLog, .fileAccessLog, .stdoutAccessLog,
            .stderrAccessLog, .formatString, .accessLogFilter, .comparisonFilter, .comparison, .runtimeInteger,
            .responseFlagFilter, .filterList, .notHealthCheckFilter, .tracing, .tracingProvider, .openTelemetry,
            .httpService, .httpURI, .routeConfiguration, .virtualHost, .route, .routeMatch, .grpcMatch,
            .templateMatch, .templateRewrite, .cookieMatcher, .tlsContextMatch, .runtimeFraction, .fractionalPercent,
            .headerMatcher, .queryParameterMatcher, .stringMatcher,
            .regexMatcher, .googleRE2, .integerRange, .regexRewrite, .redirect, .directResponse, .headerValueOption,
            .headerValue, .routeAction, .weightedClusters, .clusterWeight, .maxStreamDuration, .retryPolicy,
            .retryBackOff, .retryHostPredicate, .previousHosts, .hashPolicy, .hashHeader, .hashCookie,
            .hashConnection, .hashQuery, .routeUpgrade, .cluster, .loadAssignment, .localityEndpoints, .locality,
            .lbEndpoint, .endpoint, .healthCheckConfig, .address, .socketAddress, .dataSource, .watchedDirectory,
            .percent, .refreshRate, .leastRequest, .ringHash, .maglev, .commonBalancing, .upstreamConnection,
            .tcpKeepalive, .upstreamHTTP, .explicitHTTP, .eitherHTTP, .upstreamHTTPNames, .healthCheck,
            .httpHealthCheck, .tcpHealthCheck, .payload, .grpcHealthCheck, .circuitBreakers, .thresholds,
            .retryBudget, .outlierDetection,
        ]
    }
}
