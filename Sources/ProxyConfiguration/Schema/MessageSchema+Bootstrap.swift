extension MessageSchema {
    static let bootstrap = MessageSchema(
        "config.bootstrap.v3.Bootstrap",
        ["static_resources": "StaticResources, required", "admin": "Admin = none", "node": "Node"],
        unsupported: [
            "cluster_manager", "stats_sinks", "stats_config", "stats_flush_interval", "stats_flush_on_admin",
            "layered_runtime", "overload_manager", "watchdog", "watchdogs", "tracing", "bootstrap_extensions",
            "hds_config", "flags_path", "header_prefix", "default_socket_interface", "typed_dns_resolver_config",
            "dns_resolution_config", "use_tcp_for_dns_lookups", "enable_dispatcher_stats",
            "stats_server_version_override", "certificate_provider_instances", "inline_headers",
            "perf_tracing_file_path",
            "default_regex_engine", "xds_delegate_extension", "xds_config_tracker_extension", "listener_manager",
            "application_log_config", "grpc_async_client_manager_config", "memory_allocator_manager",
            "default_config_source", "config_sources", "node_context_params", "fatal_actions",
        ],
        refused: [
            "dynamic_resources": "is not supported: all resources are static; write them into static_resources"
        ]
    )
    static let node = MessageSchema(
        "config.core.v3.Node",
        ["id": "string", "cluster": "string"],
        unsupported: [
            "metadata", "locality", "dynamic_parameters", "user_agent_name", "user_agent_version",
            "user_agent_build_version", "extensions", "client_features", "listening_addresses",
        ]
    )
    static let admin = MessageSchema(
        "config.bootstrap.v3.Admin",
        ["address": "Address", "access_log_path": "string, only /dev/null"],
        unsupported: ["access_log", "profile_path", "socket_options", "ignore_global_conn_limit", "allow_paths"]
    )
    static let staticResources = MessageSchema(
        "config.bootstrap.v3.Bootstrap.StaticResources",
        ["listeners": "list of Listener", "clusters": "list of Cluster"],
        unsupported: ["secrets"]
    )
    static let address = MessageSchema(
        "config.core.v3.Address",
        ["socket_address": "SocketAddress, required"],
        unsupported: ["pipe", "envoy_internal_address"]
    )
    static let socketAddress = MessageSchema(
        "config.core.v3.SocketAddress",
        [
            "address": "IP address, or a name in a cluster STRICT_DNS or LOGICAL_DNS; required",
            "port_value": "integer 0 to 65535, required", "protocol": "TCP = TCP", "ipv4_compat": "bool = false",
        ],
        unsupported: ["named_port", "resolver_name", "network_namespace_filepath"]
    )
    static let dataSource = MessageSchema(
        "config.core.v3.DataSource",
        [
            "filename": "string", "inline_string": "string", "inline_bytes": "base64",
            "environment_variable": "string", "watched_directory": "WatchedDirectory: all files are watched",
        ]
    )
    static let watchedDirectory = MessageSchema("config.core.v3.WatchedDirectory", ["path": "string, required"])
    static let percent = MessageSchema("type.v3.Percent", ["value": "number 0 to 100"])
}
