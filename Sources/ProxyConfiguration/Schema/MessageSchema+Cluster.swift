extension MessageSchema {
    static let cluster = MessageSchema(
        "config.cluster.v3.Cluster",
        [
            "name": "string, required", "alt_stat_name": "string = the name",
            "type": "STATIC, STRICT_DNS or LOGICAL_DNS = STATIC", "connect_timeout": "duration = 5s",
            "lb_policy": "ROUND_ROBIN, LEAST_REQUEST, RANDOM, RING_HASH or MAGLEV = ROUND_ROBIN",
            "load_assignment": "ClusterLoadAssignment", "health_checks": "list of HealthCheck",
            "circuit_breakers": "CircuitBreakers", "outlier_detection": "OutlierDetection = none",
            "transport_socket": "TransportSocket = plain TCP",
            "typed_extension_protocol_options": "HttpProtocolOptions = HTTP/1.1",
            "http_protocol_options": "Http1ProtocolOptions", "http2_protocol_options": "Http2ProtocolOptions",
            "common_http_protocol_options": "HttpProtocolOptions",
            "dns_refresh_rate": "duration from 1ms = 5s", "dns_failure_refresh_rate": "RefreshRate = dns_refresh_rate",
            "respect_dns_ttl": "bool = false",
            "dns_lookup_family": "AUTO, V4_ONLY, V6_ONLY, V4_PREFERRED or ALL = AUTO",
            "least_request_lb_config": "LeastRequestLbConfig", "ring_hash_lb_config": "RingHashLbConfig",
            "maglev_lb_config": "MaglevLbConfig", "common_lb_config": "CommonLbConfig",
            "upstream_connection_options": "UpstreamConnectionOptions",
            "per_connection_buffer_limit_bytes": "bytes, 1 to 2147483647 = 65536; Envoy: 1 MiB",
        ],
        unsupported: [
            "max_requests_per_connection", "transport_socket_matches", "cluster_type", "eds_cluster_config",
            "lb_subset_config",
            "upstream_http_protocol_options", "dns_jitter", "dns_resolvers", "use_tcp_for_dns_lookups",
            "dns_resolution_config", "typed_dns_resolver_config", "wait_for_warm_on_init", "cleanup_interval",
            "upstream_bind_config", "original_dst_lb_config", "round_robin_lb_config", "metadata",
            "protocol_selection", "close_connections_on_host_health_failure", "ignore_health_on_host_removal",
            "filters", "load_balancing_policy", "lrs_server", "track_timeout_budgets", "upstream_config",
            "track_cluster_stats", "preconnect_policy", "connection_pool_per_downstream_connection",
            "lrs_report_endpoint_metrics", "transport_socket_matcher",
        ]
    )
    static let loadAssignment = MessageSchema(
        "config.endpoint.v3.ClusterLoadAssignment",
        ["cluster_name": "string, required", "endpoints": "list of LocalityLbEndpoints"],
        unsupported: ["named_endpoints", "policy"]
    )
    static let localityEndpoints = MessageSchema(
        "config.endpoint.v3.LocalityLbEndpoints",
        ["lb_endpoints": "list of LbEndpoint", "locality": "Locality", "priority": "only 0 = 0"],
        unsupported: [
            "load_balancing_weight", "load_balancer_endpoints", "leds_cluster_locality_config", "proximity", "metadata",
        ]
    )
    static let locality = MessageSchema(
        "config.core.v3.Locality",
        ["region": "string", "zone": "string", "sub_zone": "string"]
    )
    static let lbEndpoint = MessageSchema(
        "config.endpoint.v3.LbEndpoint",
        [
            "endpoint": "Endpoint, required", "load_balancing_weight": "integer from 1 = 1",
            "health_status": "UNKNOWN, HEALTHY, UNHEALTHY, DRAINING or TIMEOUT = UNKNOWN",
        ],
        unsupported: ["endpoint_name", "metadata"]
    )
    static let endpoint = MessageSchema(
        "config.endpoint.v3.Endpoint",
        ["address": "Address, required", "hostname": "string", "health_check_config": "HealthCheckConfig"],
        unsupported: ["additional_addresses"]
    )
    static let healthCheckConfig = MessageSchema(
        "config.endpoint.v3.Endpoint.HealthCheckConfig",
        ["port_value": "integer 1 to 65535 = the endpoint's", "hostname": "string"],
        unsupported: ["address", "disable_active_health_check"]
    )
    static let refreshRate = MessageSchema(
        "config.cluster.v3.Cluster.RefreshRate",
        ["base_interval": "duration from 1ms, required", "max_interval": "duration = 10 times the base"]
    )
    static let leastRequest = MessageSchema(
        "config.cluster.v3.Cluster.LeastRequestLbConfig",
        ["choice_count": "integer from 2 = 2"],
        unsupported: ["active_request_bias", "slow_start_config", "locality_lb_config", "enable_full_scan"]
    )
    static let ringHash = MessageSchema(
        "config.cluster.v3.Cluster.RingHashLbConfig",
        [
            "minimum_ring_size": "integer to 8388608 = 1024", "maximum_ring_size": "integer to 8388608 = 8388608",
            "hash_function": "XX_HASH = XX_HASH",
        ],
        unsupported: ["consistent_hashing_lb_config", "locality_weighted_lb_config"]
    )
    static let maglev = MessageSchema(
        "config.cluster.v3.Cluster.MaglevLbConfig",
        ["table_size": "prime to 5000011 = 65537"],
        unsupported: ["consistent_hashing_lb_config"]
    )
    static let commonBalancing = MessageSchema(
        "config.cluster.v3.Cluster.CommonLbConfig",
        ["healthy_panic_threshold": "Percent = 50"],
        unsupported: [
            "zone_aware_lb_config", "locality_weighted_lb_config", "update_merge_window",
            "ignore_new_hosts_until_first_hc",
            "close_connections_on_host_set_change", "consistent_hashing_lb_config", "override_host_status",
        ]
    )
    static let upstreamConnection = MessageSchema(
        "config.cluster.v3.UpstreamConnectionOptions",
        ["tcp_keepalive": "TcpKeepalive = none"],
        unsupported: [
            "set_local_interface_name_on_upstream_connections", "happy_eyeballs_config",
        ]
    )
    static let tcpKeepalive = MessageSchema(
        "config.core.v3.TcpKeepalive",
        ["keepalive_probes": "integer", "keepalive_time": "seconds", "keepalive_interval": "seconds"]
    )
    static let upstreamHTTP = MessageSchema(
        "extensions.upstreams.http.v3.HttpProtocolOptions",
        [
            "explicit_http_config": "ExplicitHttpConfig", "use_downstream_protocol_config": "UseDownstreamHttpConfig",
            "auto_config": "AutoHttpConfig", "common_http_protocol_options": "HttpProtocolOptions",
            "upstream_http_protocol_options": "UpstreamHttpProtocolOptions",
        ],
        unsupported: ["http_filters", "header_validation_config", "outlier_detection", "retry_policy", "hash_policy"],
        isTyped: true
    )
    static let explicitHTTP = MessageSchema(
        "extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig",
        ["http_protocol_options": "Http1ProtocolOptions", "http2_protocol_options": "Http2ProtocolOptions"],
        unsupported: ["http3_protocol_options"]
    )
    static let eitherHTTP = MessageSchema(
        "extensions.upstreams.http.v3.HttpProtocolOptions.UseDownstreamHttpConfig, AutoHttpConfig",
        ["http_protocol_options": "Http1ProtocolOptions", "http2_protocol_options": "Http2ProtocolOptions"],
        unsupported: ["http3_protocol_options", "alternate_protocols_cache_options"]
    )
    static let upstreamHTTPNames = MessageSchema(
        "config.core.v3.UpstreamHttpProtocolOptions",
        ["auto_sni": "bool = false", "auto_san_validation": "bool: names are always checked"],
        unsupported: ["override_auto_sni_header"]
    )
}
