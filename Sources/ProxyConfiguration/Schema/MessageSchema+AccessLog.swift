extension MessageSchema {
    static let accessLog = MessageSchema(
        "config.accesslog.v3.AccessLog",
        [
            "name": "string", "filter": "AccessLogFilter = all requests",
            "typed_config": "FileAccessLog, StdoutAccessLog or StderrAccessLog, required",
        ]
    )
    static let fileAccessLog = MessageSchema(
        "extensions.access_loggers.file.v3.FileAccessLog",
        [
            "path": "string, required", "log_format": "SubstitutionFormatString = Envoy's text format",
            "format": "string", "json_format": "mapping", "typed_json_format": "mapping",
        ],
        isTyped: true
    )
    static let stdoutAccessLog = MessageSchema(
        "extensions.access_loggers.stream.v3.StdoutAccessLog",
        ["log_format": "SubstitutionFormatString = Envoy's text format"],
        isTyped: true
    )
    static let stderrAccessLog = MessageSchema(
        "extensions.access_loggers.stream.v3.StderrAccessLog",
        ["log_format": "SubstitutionFormatString = Envoy's text format"],
        isTyped: true
    )
    static let formatString = MessageSchema(
        "config.core.v3.SubstitutionFormatString",
        [
            "text_format_source": "DataSource, inline_string only", "text_format": "string", "json_format": "mapping",
            "omit_empty_values": "bool = false",
        ],
        unsupported: ["content_type", "formatters", "json_format_options"]
    )
    static let accessLogFilter = MessageSchema(
        "config.accesslog.v3.AccessLogFilter",
        [
            "status_code_filter": "StatusCodeFilter", "duration_filter": "DurationFilter",
            "response_flag_filter": "ResponseFlagFilter", "not_health_check_filter": "{}",
            "and_filter": "AndFilter", "or_filter": "OrFilter",
        ],
        unsupported: [
            "traceable_filter", "runtime_filter", "header_filter", "grpc_status_filter", "extension_filter",
            "metadata_filter", "log_type_filter",
        ]
    )
    static let comparisonFilter = MessageSchema(
        "config.accesslog.v3.StatusCodeFilter, DurationFilter",
        ["comparison": "ComparisonFilter, required"]
    )
    static let comparison = MessageSchema(
        "config.accesslog.v3.ComparisonFilter",
        ["op": "EQ, GE, LE or NE = EQ", "value": "RuntimeUInt32"]
    )
    static let runtimeInteger = MessageSchema(
        "config.core.v3.RuntimeUInt32",
        ["default_value": "integer = 0", "runtime_key": "string: there is no runtime, so the default value holds"]
    )
    static let responseFlagFilter = MessageSchema(
        "config.accesslog.v3.ResponseFlagFilter",
        ["flags": "list of response flags = any"]
    )
    static let filterList = MessageSchema(
        "config.accesslog.v3.AndFilter, OrFilter",
        ["filters": "list of at least two AccessLogFilter"]
    )
    static let notHealthCheckFilter = MessageSchema("config.accesslog.v3.NotHealthCheckFilter", [:])
    static let tracing = MessageSchema(
        "extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.Tracing",
        [
            "provider": "Tracing.Http, required", "random_sampling": "Percent = 100",
            "overall_sampling": "Percent = 100",
        ],
        unsupported: [
            "client_sampling", "verbose", "max_path_tag_length", "custom_tags", "spawn_upstream_span", "operation",
            "upstream_operation", "operation_name", "no_context_propagation",
        ]
    )
    static let tracingProvider = MessageSchema(
        "config.trace.v3.Tracing.Http",
        ["name": "string, required", "typed_config": "OpenTelemetryConfig, required"]
    )
    static let openTelemetry = MessageSchema(
        "config.trace.v3.OpenTelemetryConfig",
        ["http_service": "HttpService, required", "service_name": "string = pillion-proxy"],
        unsupported: ["grpc_service", "resource_detectors", "sampler", "max_cache_size"],
        isTyped: true
    )
    static let httpService = MessageSchema(
        "config.core.v3.HttpService",
        ["http_uri": "HttpUri, required"],
        unsupported: ["request_headers_to_add", "formatters"]
    )
    static let httpURI = MessageSchema(
        "config.core.v3.HttpUri",
        ["uri": "URL, required", "cluster": "name of a cluster, required", "timeout": "duration, required"]
    )
}
