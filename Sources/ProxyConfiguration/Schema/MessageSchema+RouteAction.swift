extension MessageSchema {
    static let routeAction = MessageSchema(
        "config.route.v3.RouteAction",
        [
            "cluster": "name of a cluster", "weighted_clusters": "WeightedCluster",
            "cluster_header": "name of a header",
            "cluster_not_found_response_code":
                "SERVICE_UNAVAILABLE, NOT_FOUND or INTERNAL_SERVER_ERROR = SERVICE_UNAVAILABLE",
            "timeout": "duration, 0s for none, not in force beside max_stream_duration = none; Envoy: 15s",
            "max_grpc_timeout": "duration, 0s for any: calls of gRPC have their grpc-timeout instead of timeout",
            "grpc_timeout_offset": "duration that is taken off grpc-timeout = 0s",
            "idle_timeout": "duration, 0s for none = stream_idle_timeout", "max_stream_duration": "MaxStreamDuration",
            "prefix_rewrite": "path", "regex_rewrite": "RegexMatchAndSubstitute",
            "path_rewrite_policy": "TypedExtensionConfig of UriTemplateRewriteConfig", "host_rewrite_literal": "host",
            "auto_host_rewrite": "bool = false", "host_rewrite_header": "name of a header",
            "host_rewrite_path_regex": "RegexMatchAndSubstitute", "append_x_forwarded_host": "bool = false",
            "retry_policy": "RetryPolicy = the virtual host's", "hash_policy": "list of HashPolicy",
            "upgrade_configs": "list of UpgradeConfig = the manager's",
        ],
        unsupported: [
            "priority", "cluster_specifier_plugin", "inline_cluster_specifier_plugin", "metadata_match",
            "path_rewrite", "host_rewrite", "early_data_policy", "retry_policy_typed_config",
            "request_mirror_policies", "rate_limits", "include_vh_rate_limits", "cors", "internal_redirect_policy",
            "internal_redirect_action", "max_internal_redirects", "hedge_policy", "flush_timeout",
        ]
    )
    static let weightedClusters = MessageSchema(
        "config.route.v3.WeightedCluster",
        [
            "clusters": "list of ClusterWeight, required",
            "total_weight": "integer, which must be the sum of the weights",
        ],
        unsupported: ["runtime_key_prefix", "header_name", "use_hash_policy"]
    )
    static let clusterWeight = MessageSchema(
        "config.route.v3.WeightedCluster.ClusterWeight",
        [
            "name": "name of a cluster, required", "weight": "integer, required", "host_rewrite_literal": "host",
            "request_headers_to_add": "list of HeaderValueOption", "request_headers_to_remove": "list of names",
            "response_headers_to_add": "list of HeaderValueOption", "response_headers_to_remove": "list of names",
        ],
        unsupported: ["cluster_header", "metadata_match", "typed_per_filter_config"]
    )
    static let maxStreamDuration = MessageSchema(
        "config.route.v3.RouteAction.MaxStreamDuration",
        [
            "max_stream_duration": "duration, 0s for none = the manager's",
            "grpc_timeout_header_max": "duration, 0s for any: requests have their grpc-timeout instead",
            "grpc_timeout_header_offset": "duration that is taken off grpc-timeout = 0s",
        ]
    )
    static let retryPolicy = MessageSchema(
        "config.route.v3.RetryPolicy",
        [
            "retry_on": "names with commas", "num_retries": "integer = 1",
            "per_try_timeout": "duration = the route's timeout",
            "per_try_idle_timeout": "duration = the stream's idle timeout",
            "retriable_status_codes": "list of integers 100 to 599",
            "retriable_headers": "list of HeaderMatcher for answers",
            "retriable_request_headers": "list of HeaderMatcher = all requests", "retry_back_off": "RetryBackOff",
            "retry_host_predicate": "list of previous_hosts",
            "host_selection_retry_max_attempts": "integer: others are always tried first",
        ],
        unsupported: ["retry_priority", "retry_options_predicates", "rate_limited_retry_back_off"]
    )
    static let retryBackOff = MessageSchema(
        "config.route.v3.RetryPolicy.RetryBackOff",
        ["base_interval": "duration from 1ms = 25ms", "max_interval": "duration = 10 times the base"]
    )
    static let retryHostPredicate = MessageSchema(
        "config.route.v3.RetryPolicy.RetryHostPredicate",
        ["name": "string, required", "typed_config": "PreviousHostsPredicate, required"]
    )
    static let previousHosts = MessageSchema(
        "extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate",
        [:],
        isTyped: true
    )
    static let hashPolicy = MessageSchema(
        "config.route.v3.RouteAction.HashPolicy",
        [
            "header": "HashPolicy.Header", "cookie": "HashPolicy.Cookie",
            "connection_properties": "HashPolicy.ConnectionProperties",
            "query_parameter": "HashPolicy.QueryParameter", "terminal": "bool = false",
        ],
        unsupported: ["filter_state"]
    )
    static let hashHeader = MessageSchema(
        "config.route.v3.RouteAction.HashPolicy.Header",
        ["header_name": "string, required", "regex_rewrite": "RegexMatchAndSubstitute"]
    )
    static let hashCookie = MessageSchema(
        "config.route.v3.RouteAction.HashPolicy.Cookie",
        ["name": "string, required", "ttl": "duration; without it no cookie is made", "path": "string"],
        unsupported: ["attributes"]
    )
    static let hashConnection = MessageSchema(
        "config.route.v3.RouteAction.HashPolicy.ConnectionProperties",
        ["source_ip": "only true"]
    )
    static let hashQuery = MessageSchema(
        "config.route.v3.RouteAction.HashPolicy.QueryParameter",
        ["name": "string, required"]
    )
    static let routeUpgrade = MessageSchema(
        "config.route.v3.RouteAction.UpgradeConfig",
        ["upgrade_type": "websocket, required", "enabled": "bool = true"],
        unsupported: ["connect_config"]
    )
}
