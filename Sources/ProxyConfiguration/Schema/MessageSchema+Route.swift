extension MessageSchema {
    static let routeConfiguration = MessageSchema(
        "config.route.v3.RouteConfiguration",
        [
            "name": "string", "virtual_hosts": "list of VirtualHost",
            "request_headers_to_add": "list of HeaderValueOption", "request_headers_to_remove": "list of names",
            "response_headers_to_add": "list of HeaderValueOption", "response_headers_to_remove": "list of names",
            "most_specific_header_mutations_wins": "bool = false", "ignore_port_in_host_matching": "bool = false",
            "validate_clusters": "only true = true",
        ],
        unsupported: [
            "vhds", "internal_only_headers", "max_direct_response_body_size_bytes", "cluster_specifier_plugins",
            "request_mirror_policies", "ignore_path_parameters_in_path_matching", "typed_per_filter_config",
            "metadata", "vhost_header",
        ]
    )
    static let virtualHost = MessageSchema(
        "config.route.v3.VirtualHost",
        [
            "name": "string, required", "domains": "list of domains, *.suffixes, prefixes.* and *, required",
            "routes": "list of Route", "require_tls": "NONE, EXTERNAL_ONLY or ALL = NONE",
            "request_headers_to_add": "list of HeaderValueOption", "request_headers_to_remove": "list of names",
            "response_headers_to_add": "list of HeaderValueOption", "response_headers_to_remove": "list of names",
            "retry_policy": "RetryPolicy = none", "include_request_attempt_count": "bool = false",
            "include_attempt_count_in_response": "bool = false",
        ],
        unsupported: [
            "matcher", "virtual_clusters",
            "rate_limits", "cors", "typed_per_filter_config",
            "retry_policy_typed_config", "hedge_policy", "include_is_timeout_retry_header",
            "per_request_buffer_limit_bytes", "request_body_buffer_limit", "request_mirror_policies", "metadata",
        ]
    )
    static let route = MessageSchema(
        "config.route.v3.Route",
        [
            "name": "string", "match": "RouteMatch, required", "route": "RouteAction", "redirect": "RedirectAction",
            "direct_response": "DirectResponseAction", "request_headers_to_add": "list of HeaderValueOption",
            "request_headers_to_remove": "list of names", "response_headers_to_add": "list of HeaderValueOption",
            "response_headers_to_remove": "list of names",
        ],
        unsupported: [
            "filter_action", "non_forwarding_action", "metadata", "decorator", "typed_per_filter_config", "tracing",
            "per_request_buffer_limit_bytes", "request_body_buffer_limit", "stat_prefix",
        ]
    )
    static let routeMatch = MessageSchema(
        "config.route.v3.RouteMatch",
        [
            "prefix": "string", "path": "string", "path_separated_prefix": "string",
            "safe_regex": "RegexMatcher, of the whole path",
            "path_match_policy": "TypedExtensionConfig of UriTemplateMatchConfig", "case_sensitive": "bool = true",
            "headers": "list of HeaderMatcher", "query_parameters": "list of QueryParameterMatcher",
            "cookies": "list of CookieMatcher", "grpc": "{} = any request",
            "tls_context": "TlsContextMatchOptions", "runtime_fraction": "RuntimeFractionalPercent = all",
        ],
        unsupported: ["dynamic_metadata", "filter_state"],
        refused: ["connect_matcher": "is not supported: CONNECT is answered with 405; remove the route"]
    )
    static let grpcMatch = MessageSchema("config.route.v3.RouteMatch.GrpcRouteMatchOptions", [:])
    static let templateMatch = MessageSchema(
        "extensions.path.match.uri_template.v3.UriTemplateMatchConfig",
        ["path_template": "path with *, ** and {name}, required"],
        isTyped: true
    )
    static let templateRewrite = MessageSchema(
        "extensions.path.rewrite.uri_template.v3.UriTemplateRewriteConfig",
        ["path_template_rewrite": "path with {name}, required"],
        isTyped: true
    )
    static let cookieMatcher = MessageSchema(
        "config.route.v3.CookieMatcher",
        ["name": "string, required", "string_match": "StringMatcher, required", "invert_match": "bool = false"]
    )
    static let tlsContextMatch = MessageSchema(
        "config.route.v3.RouteMatch.TlsContextMatchOptions",
        ["presented": "bool", "validated": "bool"]
    )
    static let runtimeFraction = MessageSchema(
        "config.core.v3.RuntimeFractionalPercent",
        [
            "default_value": "FractionalPercent, required",
            "runtime_key": "string: there is no runtime, so the default value holds",
        ]
    )
    static let fractionalPercent = MessageSchema(
        "type.v3.FractionalPercent",
        ["numerator": "integer = 0", "denominator": "HUNDRED, TEN_THOUSAND or MILLION = HUNDRED"]
    )
    static let headerMatcher = MessageSchema(
        "config.route.v3.HeaderMatcher",
        [
            "name": "string, required", "string_match": "StringMatcher", "range_match": "Int64Range",
            "present_match": "bool", "exact_match": "string", "prefix_match": "string", "suffix_match": "string",
            "contains_match": "string", "safe_regex_match": "RegexMatcher", "invert_match": "bool = false",
            "treat_missing_header_as_empty": "bool = false",
        ]
    )
    static let queryParameterMatcher = MessageSchema(
        "config.route.v3.QueryParameterMatcher",
        ["name": "string, required", "string_match": "StringMatcher", "present_match": "bool"]
    )
    static let stringMatcher = MessageSchema(
        "type.matcher.v3.StringMatcher",
        [
            "exact": "string", "prefix": "string", "suffix": "string", "contains": "string",
            "safe_regex": "RegexMatcher", "ignore_case": "bool = false",
        ],
        unsupported: ["custom"]
    )
    static let regexMatcher = MessageSchema(
        "type.matcher.v3.RegexMatcher",
        ["regex": "RE2 expression, required", "google_re2": "{}"]
    )
    static let googleRE2 = MessageSchema(
        "type.matcher.v3.RegexMatcher.GoogleRE2",
        [:],
        unsupported: ["max_program_size"]
    )
    static let integerRange = MessageSchema(
        "type.v3.Int64Range",
        ["start": "integer = 0", "end": "integer = 0"]
    )
    static let regexRewrite = MessageSchema(
        "type.matcher.v3.RegexMatchAndSubstitute",
        ["pattern": "RegexMatcher, required", "substitution": "string with \\0 to \\9"]
    )
    static let redirect = MessageSchema(
        "config.route.v3.RedirectAction",
        [
            "https_redirect": "bool", "scheme_redirect": "http or https", "host_redirect": "string",
            "port_redirect": "integer 1 to 65535", "path_redirect": "string", "prefix_rewrite": "string",
            "regex_rewrite": "RegexMatchAndSubstitute",
            "response_code":
                "MOVED_PERMANENTLY, FOUND, SEE_OTHER, TEMPORARY_REDIRECT or PERMANENT_REDIRECT = MOVED_PERMANENTLY",
            "strip_query": "bool = false",
        ]
    )
    static let directResponse = MessageSchema(
        "config.route.v3.DirectResponseAction",
        ["status": "integer 200 to 599, required", "body": "DataSource, inline only, up to 4096 bytes"],
        unsupported: ["body_format"]
    )
    static let headerValueOption = MessageSchema(
        "config.core.v3.HeaderValueOption",
        [
            "header": "HeaderValue, required", "append": "bool",
            "append_action":
                "APPEND_IF_EXISTS_OR_ADD, ADD_IF_ABSENT, OVERWRITE_IF_EXISTS_OR_ADD or OVERWRITE_IF_EXISTS = APPEND_IF_EXISTS_OR_ADD",
            "keep_empty_value": "bool = false",
        ]
    )
    static let headerValue = MessageSchema(
        "config.core.v3.HeaderValue",
        ["key": "string, required", "value": "format string"],
        unsupported: ["raw_value"]
    )
}
