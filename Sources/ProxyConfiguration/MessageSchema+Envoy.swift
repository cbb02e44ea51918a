extension MessageSchema {
    private static let headerMutations = [
        "request_headers_to_add", "request_headers_to_remove", "response_headers_to_add", "response_headers_to_remove",
    ]

    static let bootstrap = MessageSchema(
        "Bootstrap",
        ["static_resources", "admin", "node"],
        unsupported: [
            "dynamic_resources", "cluster_manager", "stats_sinks", "stats_config", "stats_flush_interval",
            "layered_runtime", "overload_manager", "watchdogs", "tracing", "bootstrap_extensions", "hds_config",
            "flags_path", "header_prefix", "default_socket_interface", "typed_dns_resolver_config",
        ]
    )
    static let node = MessageSchema("Node", ["id", "cluster"], unsupported: ["metadata", "locality"])
    static let admin = MessageSchema(
        "Admin",
        ["address", "access_log_path"],
        unsupported: ["access_log", "profile_path", "socket_options", "ignore_global_conn_limit"]
    )
    static let staticResources = MessageSchema(
        "StaticResources",
        ["listeners", "clusters"],
        unsupported: ["secrets"]
    )
    static let listener = MessageSchema(
        "Listener",
        ["name", "address", "filter_chains", "traffic_direction"],
        unsupported: [
            "additional_addresses", "default_filter_chain", "listener_filters", "listener_filters_timeout",
            "per_connection_buffer_limit_bytes", "access_log", "bind_to_port", "use_original_dst", "transparent",
            "freebind", "socket_options", "tcp_fast_open_queue_length", "enable_reuse_port", "tcp_backlog_size",
            "connection_balance_config", "drain_type", "metadata", "stat_prefix", "udp_listener_config",
        ]
    )
    static let filterChain = MessageSchema(
        "FilterChain",
        ["filters", "name"],
        unsupported: ["filter_chain_match", "transport_socket", "transport_socket_connect_timeout", "metadata"]
    )
    static let filter = MessageSchema("Filter", ["name", "typed_config"], unsupported: ["config_discovery"])
    static let httpFilter = MessageSchema(
        "HttpFilter",
        ["name", "typed_config"],
        unsupported: ["config_discovery", "is_optional", "disabled"]
    )
    static let router = MessageSchema(
        "Router",
        ["@type"],
        unsupported: [
            "dynamic_stats", "start_child_span", "upstream_log", "suppress_envoy_headers", "strict_check_headers",
            "respect_expected_rq_timeout",
        ]
    )
    static let connectionManager = MessageSchema(
        "HttpConnectionManager",
        [
            "@type", "stat_prefix", "codec_type", "route_config", "http_filters", "use_remote_address",
            "generate_request_id", "stream_idle_timeout", "common_http_protocol_options", "request_headers_timeout",
            "upgrade_configs",
        ],
        unsupported: [
            "rds", "scoped_routes", "add_user_agent", "tracing", "http_protocol_options", "http2_protocol_options",
            "server_name", "server_header_transformation", "max_request_headers_kb", "request_timeout",
            "drain_timeout", "delayed_close_timeout", "access_log", "access_log_options", "xff_num_trusted_hops",
            "skip_xff_append", "via", "preserve_external_request_id", "forward_client_cert_details",
            "set_current_client_cert_details", "normalize_path", "merge_slashes", "path_with_escaped_slashes_action",
            "local_reply_config", "strip_matching_host_port", "original_ip_detection_extensions",
        ]
    )
    static let httpProtocolOptions = MessageSchema(
        "HttpProtocolOptions",
        ["idle_timeout"],
        unsupported: [
            "max_connection_duration", "max_headers_count", "max_stream_duration", "headers_with_underscores_action",
            "max_requests_per_connection",
        ]
    )
    static let upgrade = MessageSchema("UpgradeConfig", ["upgrade_type"], unsupported: ["filters", "enabled"])
    static let routeConfiguration = MessageSchema(
        "RouteConfiguration",
        ["name", "virtual_hosts"],
        unsupported: headerMutations + [
            "vhds", "internal_only_headers", "validate_clusters", "ignore_port_in_host_matching",
        ]
    )
    static let virtualHost = MessageSchema(
        "VirtualHost",
        ["name", "domains", "routes"],
        unsupported: headerMutations + [
            "require_tls", "virtual_clusters", "rate_limits", "cors", "typed_per_filter_config", "retry_policy",
            "hedge_policy", "request_mirror_policies", "include_request_attempt_count", "matcher", "metadata",
        ]
    )
    static let route = MessageSchema(
        "Route",
        ["name", "match", "route", "direct_response"],
        unsupported: headerMutations + [
            "redirect", "filter_action", "non_forwarding_action", "metadata", "decorator", "typed_per_filter_config",
            "tracing", "stat_prefix",
        ]
    )
    static let routeMatch = MessageSchema(
        "RouteMatch",
        ["prefix", "path"],
        unsupported: [
            "safe_regex", "path_separated_prefix", "path_match_policy", "connect_matcher", "case_sensitive",
            "runtime_fraction", "headers", "query_parameters", "cookies", "grpc", "tls_context", "dynamic_metadata",
        ]
    )
    static let routeAction = MessageSchema(
        "RouteAction",
        ["cluster", "timeout", "prefix_rewrite"],
        unsupported: [
            "cluster_header", "weighted_clusters", "cluster_not_found_response_code", "metadata_match",
            "regex_rewrite", "path_rewrite_policy", "host_rewrite_literal", "auto_host_rewrite",
            "host_rewrite_header", "append_x_forwarded_host", "idle_timeout", "retry_policy", "priority",
            "request_mirror_policies", "rate_limits", "hash_policy", "cors", "max_stream_duration", "upgrade_configs",
            "max_grpc_timeout", "grpc_timeout_offset", "internal_redirect_policy", "hedge_policy",
        ]
    )
    static let directResponse = MessageSchema("DirectResponseAction", ["status", "body"])
    static let dataSource = MessageSchema(
        "DataSource",
        ["inline_string"],
        unsupported: ["filename", "inline_bytes", "environment_variable", "watched_directory"]
    )
    static let cluster = MessageSchema(
        "Cluster",
        ["name", "type", "connect_timeout", "lb_policy", "load_assignment"],
        unsupported: [
            "alt_stat_name", "cluster_type", "eds_cluster_config", "per_connection_buffer_limit_bytes",
            "lb_subset_config", "health_checks", "circuit_breakers", "upstream_http_protocol_options",
            "common_http_protocol_options", "http_protocol_options", "http2_protocol_options",
            "typed_extension_protocol_options", "dns_refresh_rate", "respect_dns_ttl", "dns_lookup_family",
            "dns_resolvers", "outlier_detection", "cleanup_interval", "upstream_bind_config", "ring_hash_lb_config",
            "maglev_lb_config", "least_request_lb_config", "common_lb_config", "transport_socket", "metadata",
            "upstream_connection_options", "load_balancing_policy", "filters", "preconnect_policy",
        ]
    )
    static let loadAssignment = MessageSchema(
        "ClusterLoadAssignment",
        ["cluster_name", "endpoints"],
        unsupported: ["named_endpoints", "policy"]
    )
    static let localityEndpoints = MessageSchema(
        "LocalityLbEndpoints",
        ["lb_endpoints"],
        unsupported: ["locality", "load_balancing_weight", "priority", "proximity", "metadata"]
    )
    static let lbEndpoint = MessageSchema(
        "LbEndpoint",
        ["endpoint"],
        unsupported: ["endpoint_name", "health_status", "metadata", "load_balancing_weight"]
    )
    static let endpoint = MessageSchema(
        "Endpoint",
        ["address"],
        unsupported: ["health_check_config", "hostname", "additional_addresses"]
    )
    static let address = MessageSchema(
        "Address",
        ["socket_address"],
        unsupported: ["pipe", "envoy_internal_address"]
    )
    static let socketAddress = MessageSchema(
        "SocketAddress",
        ["protocol", "address", "port_value", "ipv4_compat"],
        unsupported: ["named_port", "resolver_name", "network_namespace_filepath"]
    )
}
