extension MessageSchema {
    static let listener = MessageSchema(
        "config.listener.v3.Listener",
        [
            "name": "string", "address": "Address, required", "filter_chains": "list of FilterChain",
            "default_filter_chain": "FilterChain = none", "listener_filters": "list of ListenerFilter",
            "listener_filters_timeout": "duration, 0s for none = 15s",
            "continue_on_listener_filters_timeout": "bool = false",
            "per_connection_buffer_limit_bytes": "bytes, 1 to 2147483647 = 65536; Envoy: 1 MiB",
            "traffic_direction": "enum = UNSPECIFIED",
        ],
        unsupported: [
            "additional_addresses", "bind_to_port", "use_original_dst", "transparent", "freebind", "socket_options",
            "tcp_fast_open_queue_length", "enable_reuse_port", "reuse_port", "tcp_backlog_size",
            "max_connections_to_accept_per_socket_event", "connection_balance_config", "drain_type", "metadata",
            "stat_prefix", "udp_listener_config", "api_listener", "access_log", "filter_chain_matcher",
            "listener_filters_order", "enable_mptcp", "ignore_global_conn_limit", "bypass_overload_manager",
            "fcds_config", "deprecated_v1", "internal_listener",
        ]
    )
    static let listenerFilter = MessageSchema(
        "config.listener.v3.ListenerFilter",
        ["name": "string, required", "typed_config": "TlsInspector, required"],
        unsupported: ["config_discovery", "filter_disabled"]
    )
    static let tlsInspector = MessageSchema(
        "extensions.filters.listener.tls_inspector.v3.TlsInspector",
        [:],
        unsupported: [
            "enable_ja3_fingerprinting", "enable_ja4_fingerprinting", "initial_read_buffer_size",
            "close_connection_on_client_hello_parsing_errors", "max_client_hello_size",
        ],
        isTyped: true
    )
    static let filterChain = MessageSchema(
        "config.listener.v3.FilterChain",
        [
            "name": "string", "filter_chain_match": "FilterChainMatch", "filters": "list of one Filter",
            "transport_socket": "TransportSocket = plain TCP",
            "transport_socket_connect_timeout": "duration, 0s for none = none",
        ],
        unsupported: ["metadata", "use_proxy_proto", "on_demand_configuration"]
    )
    static let filterChainMatch = MessageSchema(
        "config.listener.v3.FilterChainMatch",
        [
            "server_names": "list of names or *.suffixes", "application_protocols": "list of ALPN names",
            "transport_protocol": "tls or raw_buffer = any",
        ],
        unsupported: [
            "destination_port", "prefix_ranges", "address_suffix", "suffix_len", "direct_source_prefix_ranges",
            "source_type", "source_prefix_ranges", "source_ports",
        ]
    )
    static let filter = MessageSchema(
        "config.listener.v3.Filter",
        ["name": "string, required", "typed_config": "HttpConnectionManager or TcpProxy, required"],
        unsupported: ["config_discovery"]
    )
    static let tcpProxy = MessageSchema(
        "extensions.filters.network.tcp_proxy.v3.TcpProxy",
        [
            "stat_prefix": "string, required", "cluster": "name of a cluster",
            "weighted_clusters": "TcpProxy.WeightedCluster", "idle_timeout": "duration, 0s for none = 1h",
            "max_downstream_connection_duration": "duration = none", "max_connect_attempts": "integer = 1",
            "access_log": "list of AccessLog", "hash_policy": "list of TcpHashPolicy",
        ],
        unsupported: [
            "destinations", "metadata_match", "downstream_idle_timeout", "upstream_idle_timeout", "tunneling_config",
            "access_log_flush_interval", "flush_access_log_on_connected", "access_log_options", "on_demand",
            "backoff_options", "proxy_protocol_tlvs", "max_early_data_bytes", "upstream_connect_mode",
            "check_drain_close", "max_downstream_connection_duration_jitter_percentage",
        ],
        isTyped: true
    )
    static let tcpWeightedCluster = MessageSchema(
        "extensions.filters.network.tcp_proxy.v3.TcpProxy.WeightedCluster",
        ["clusters": "list of TcpProxy.WeightedCluster.ClusterWeight"]
    )
    static let tcpClusterWeight = MessageSchema(
        "extensions.filters.network.tcp_proxy.v3.TcpProxy.WeightedCluster.ClusterWeight",
        ["name": "name of a cluster, required", "weight": "integer from 1, required"],
        unsupported: ["metadata_match"]
    )
    static let tcpHashPolicy = MessageSchema(
        "type.v3.HashPolicy",
        ["source_ip": "{}"],
        unsupported: ["filter_state"]
    )
    static let empty = MessageSchema("SourceIp", [:])
}
