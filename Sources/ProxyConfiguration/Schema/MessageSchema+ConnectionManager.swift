extension MessageSchema {
    static let connectionManager = MessageSchema(
        "extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        [
            "stat_prefix": "string, required", "codec_type": "AUTO, HTTP1 or HTTP2 = AUTO",
            "route_config": "RouteConfiguration, required", "http_filters": "list of HttpFilter, required",
            "access_log": "list of AccessLog",
            "upgrade_configs": "list of UpgradeConfig = websocket; Envoy: none",
            "stream_idle_timeout": "duration, 0s for none = 5m", "request_timeout": "duration, 0s for none = none",
            "request_headers_timeout": "duration, 0s for none = 10s; Envoy: none",
            "drain_timeout": "duration = 1s; Envoy: 5s",
            "delayed_close_timeout": "duration, 0s for none = 1s",
            "common_http_protocol_options": "HttpProtocolOptions", "http_protocol_options": "Http1ProtocolOptions",
            "http2_protocol_options": "Http2ProtocolOptions", "max_request_headers_kb": "integer 1 to 63 = 60",
            "use_remote_address": "bool = false", "xff_num_trusted_hops": "integer = 0",
            "skip_xff_append": "bool = false", "via": "string",
            "server_name": "string = the upstream's server header is kept; Envoy: envoy",
            "server_header_transformation": "OVERWRITE, APPEND_IF_ABSENT or PASS_THROUGH = OVERWRITE",
            "generate_request_id": "bool = true", "preserve_external_request_id": "bool = false",
            "always_set_request_id_in_response": "bool = false", "forward_client_cert_details": "enum = SANITIZE",
            "set_current_client_cert_details": "SetCurrentClientCertDetails", "tracing": "Tracing = none",
            "normalize_path": "bool = false", "merge_slashes": "bool = false",
            "path_with_escaped_slashes_action": "enum = KEEP_UNCHANGED", "strip_matching_host_port": "bool = false",
            "strip_any_host_port": "bool = false", "strip_trailing_host_dot": "bool = false",
        ],
        unsupported: [
            "rds", "scoped_routes", "add_user_agent", "http1_safe_max_connection_duration", "http3_protocol_options",
            "scheme_header_transformation", "early_header_mutation_extensions", "access_log_flush_interval",
            "flush_access_log_on_new_request", "access_log_options", "original_ip_detection_extensions",
            "internal_address_config", "represent_ipv4_remote_address_as_ipv4_mapped_ipv6", "proxy_100_continue",
            "request_id_extension", "local_reply_config", "stream_error_on_invalid_http_message",
            "path_normalization_options", "typed_header_validation_config", "append_x_forwarded_port",
            "append_local_overload", "add_proxy_protocol_connection_state", "proxy_status_config",
            "hidden_envoy_deprecated_idle_timeout", "stream_flush_timeout", "forward_client_cert_matcher",
        ],
        isTyped: true
    )
    static let clientCertificateDetails = MessageSchema(
        "extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.SetCurrentClientCertDetails",
        [
            "subject": "bool = false", "cert": "bool = false", "chain": "bool = false", "dns": "bool = false",
            "uri": "bool = false",
        ]
    )
    static let upgrade = MessageSchema(
        "extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.UpgradeConfig",
        ["upgrade_type": "websocket, required", "enabled": "bool = true"],
        unsupported: ["filters", "connect_config"]
    )
    static let httpFilter = MessageSchema(
        "extensions.filters.network.http_connection_manager.v3.HttpFilter",
        ["name": "string, required", "typed_config": "Router, required"],
        unsupported: ["config_discovery", "is_optional", "disabled"]
    )
    static let router = MessageSchema(
        "extensions.filters.http.router.v3.Router",
        ["suppress_envoy_headers": "bool = false"],
        unsupported: [
            "dynamic_stats", "start_child_span", "upstream_log", "upstream_log_options",
            "strict_check_headers", "respect_expected_rq_timeout", "suppress_grpc_request_failure_code_stats",
            "upstream_http_filters", "reject_connect_request_early_data",
        ],
        isTyped: true
    )
    static let httpProtocolOptions = MessageSchema(
        "config.core.v3.HttpProtocolOptions",
        [
            "idle_timeout": "duration, 0s for none = 1h from clients, 3s toward endpoints; Envoy: 1h",
            "max_connection_duration": "duration, 0s for none = none", "max_headers_count": "integer from 1 = 100",
            "max_stream_duration": "duration, 0s for none = none",
            "headers_with_underscores_action": "ALLOW, REJECT_REQUEST or DROP_HEADER = ALLOW",
            "max_requests_per_connection": "integer, 0 for none = none",
        ],
        unsupported: ["max_response_headers_kb"]
    )
    static let http1ProtocolOptions = MessageSchema(
        "config.core.v3.Http1ProtocolOptions",
        [
            "accept_http_10": "bool: it always is; Envoy: false",
            "allow_absolute_url": "only true = true", "enable_trailers": "only true = true; Envoy: false",
            "header_key_format": "HeaderKeyFormat = kept; Envoy: lower case",
        ],
        unsupported: [
            "default_host_for_http_10", "allow_chunked_length", "override_stream_error_on_invalid_http_message",
            "send_fully_qualified_url", "use_balsa_parser", "allow_custom_methods", "ignore_http_11_upgrade",
        ]
    )
    static let headerKeyFormat = MessageSchema(
        "config.core.v3.Http1ProtocolOptions.HeaderKeyFormat",
        ["stateful_formatter": "TypedExtensionConfig of PreserveCaseFormatterConfig"],
        refused: ["proper_case_words": "is not supported: the case of header names is kept as it came; remove it"]
    )
    static let typedExtension = MessageSchema(
        "config.core.v3.TypedExtensionConfig",
        ["name": "string, required", "typed_config": "message with an @type, required"]
    )
    static let preserveCase = MessageSchema(
        "extensions.http.header_formatters.preserve_case.v3.PreserveCaseFormatterConfig",
        ["forward_reason_phrase": "bool: it is always forwarded"],
        unsupported: ["formatter_type_on_envoy_headers"],
        isTyped: true
    )
    static let http2ProtocolOptions = MessageSchema(
        "config.core.v3.Http2ProtocolOptions",
        [
            "max_concurrent_streams": "integer 1 to 2147483647 = 100; Envoy: 1024",
            "initial_stream_window_size": "bytes, 65535 to 2147483647 = 65535; Envoy: 16 MiB",
            "initial_connection_window_size": "bytes, 65535 to 2147483647 = 1 MiB; Envoy: 24 MiB",
            "hpack_table_size": "bytes, 0 to 1048576 = 4096",
            "connection_keepalive": "KeepaliveSettings = none",
        ],
        unsupported: [
            "allow_connect", "allow_metadata", "max_outbound_frames",
            "max_outbound_control_frames",
            "max_consecutive_inbound_frames_with_empty_payload", "max_inbound_priority_frames_per_stream",
            "max_inbound_window_update_frames_per_data_frame_sent", "stream_error_on_invalid_http_messaging",
            "override_stream_error_on_invalid_http_message", "custom_settings_parameters", "use_oghttp2_codec",
            "max_metadata_size", "enable_huffman_encoding",
        ]
    )
    static let keepaliveSettings = MessageSchema(
        "config.core.v3.KeepaliveSettings",
        [
            "interval": "duration from 1ms = none", "timeout": "duration from 1ms, required",
            "interval_jitter": "Percent = 15",
            "connection_idle_interval": "duration from 1ms, toward endpoints = none",
        ]
    )
}
