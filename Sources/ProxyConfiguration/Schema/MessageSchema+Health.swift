extension MessageSchema {
    static let healthCheck = MessageSchema(
        "config.core.v3.HealthCheck",
        [
            "timeout": "duration, required", "interval": "duration, required", "initial_jitter": "duration = 0s",
            "interval_jitter": "duration = 0s", "interval_jitter_percent": "integer = 0",
            "unhealthy_threshold": "integer, required", "healthy_threshold": "integer, required",
            "reuse_connection": "bool: each check has its own", "no_traffic_interval": "duration = 60s",
            "unhealthy_interval": "duration = interval", "http_health_check": "HttpHealthCheck",
            "tcp_health_check": "TcpHealthCheck", "grpc_health_check": "GrpcHealthCheck",
        ],
        unsupported: [
            "alt_port", "custom_health_check", "no_traffic_healthy_interval", "unhealthy_edge_interval",
            "healthy_edge_interval", "event_log_path", "event_service", "event_logger",
            "always_log_health_check_failures",
            "always_log_health_check_success", "tls_options", "transport_socket_match_criteria",
        ]
    )
    static let httpHealthCheck = MessageSchema(
        "config.core.v3.HealthCheck.HttpHealthCheck",
        [
            "path": "path, required", "host": "string = the cluster's name",
            "method": "GET, HEAD, POST or the like = GET",
            "expected_statuses": "list of Int64Range = 200", "codec_client_type": "HTTP1 or HTTP2 = HTTP1",
            "request_headers_to_add": "list of HeaderValueOption", "request_headers_to_remove": "list of names",
        ],
        unsupported: [
            "send", "receive", "response_buffer_size", "retriable_statuses", "service_name_matcher", "use_http2",
            "service_name",
        ]
    )
    static let tcpHealthCheck = MessageSchema(
        "config.core.v3.HealthCheck.TcpHealthCheck",
        ["send": "Payload", "receive": "list of Payload"],
        unsupported: ["proxy_protocol_config"]
    )
    static let payload = MessageSchema(
        "config.core.v3.HealthCheck.Payload",
        ["text": "hex", "binary": "base64"]
    )
    static let grpcHealthCheck = MessageSchema(
        "config.core.v3.HealthCheck.GrpcHealthCheck",
        ["service_name": "string", "authority": "string = the cluster's name"],
        unsupported: ["initial_metadata"]
    )
    static let circuitBreakers = MessageSchema(
        "config.cluster.v3.CircuitBreakers",
        ["thresholds": "list of Thresholds"],
        unsupported: ["per_host_thresholds"]
    )
    static let thresholds = MessageSchema(
        "config.cluster.v3.CircuitBreakers.Thresholds",
        [
            "priority": "DEFAULT or HIGH = DEFAULT", "max_connections": "integer = 1024",
            "max_pending_requests": "integer = 1024", "max_requests": "integer = 1024",
            "max_retries": "integer = a budget of 20 %; Envoy: 3",
            "retry_budget": "RetryBudget = max_retries", "track_remaining": "bool: the numbers are always there",
        ],
        unsupported: ["max_connection_pools"]
    )
    static let retryBudget = MessageSchema(
        "config.cluster.v3.CircuitBreakers.Thresholds.RetryBudget",
        ["budget_percent": "Percent = 20", "min_retry_concurrency": "integer = 3"]
    )
    static let outlierDetection = MessageSchema(
        "config.cluster.v3.OutlierDetection",
        [
            "consecutive_5xx": "integer, 0 for never = 5", "enforcing_consecutive_5xx": "integer 0 to 100 = 100",
            "consecutive_gateway_failure": "integer, 0 for never = 5",
            "enforcing_consecutive_gateway_failure": "integer 0 to 100 = 0",
            "split_external_local_origin_errors": "bool = false",
            "consecutive_local_origin_failure": "integer, 0 for never = 5",
            "enforcing_consecutive_local_origin_failure": "integer 0 to 100 = 100", "interval": "duration = 10s",
            "base_ejection_time": "duration = 30s", "max_ejection_time": "duration = 300s",
            "max_ejection_time_jitter": "duration = 0s",
            "max_ejection_percent":
                "integer 0 to 100 = 10, or 50 of at most ten endpoints; Envoy: 10",
            "always_eject_one_host": "bool = false",
            "success_rate_minimum_hosts": "integer = 5", "success_rate_request_volume": "integer = 100",
            "success_rate_stdev_factor": "thousandths = 1900", "enforcing_success_rate": "integer 0 to 100 = 100",
            "failure_percentage_threshold": "integer 0 to 100 = 85", "failure_percentage_minimum_hosts": "integer = 5",
            "failure_percentage_request_volume": "integer = 50", "enforcing_failure_percentage": "integer 0 to 100 = 0",
        ],
        unsupported: [
            "enforcing_local_origin_success_rate", "enforcing_failure_percentage_local_origin",
            "successful_active_health_check_uneject_host", "monitors", "degraded_threshold", "detect_degraded_hosts",
        ]
    )
}
