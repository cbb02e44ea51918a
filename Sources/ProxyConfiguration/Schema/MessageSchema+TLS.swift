extension MessageSchema {
    static let transportSocket = MessageSchema(
        "config.core.v3.TransportSocket",
        [
            "name": "string, required",
            "typed_config": "DownstreamTlsContext, UpstreamTlsContext or RawBuffer, required",
        ]
    )
    static let rawBuffer = MessageSchema(
        "extensions.transport_sockets.raw_buffer.v3.RawBuffer",
        [:],
        isTyped: true
    )
    static let downstreamTLS = MessageSchema(
        "extensions.transport_sockets.tls.v3.DownstreamTlsContext",
        [
            "common_tls_context": "CommonTlsContext, required", "require_client_certificate": "bool = false",
            "disable_stateless_session_resumption":
                "bool = false; clients that are asked for certificates never get tickets",
        ],
        unsupported: [
            "require_sni", "session_ticket_keys", "session_ticket_keys_sds_secret_config", "session_timeout",
            "disable_stateful_session_resumption", "ocsp_staple_policy", "full_scan_certs_on_sni_mismatch",
            "prefer_client_ciphers",
        ],
        isTyped: true
    )
    static let upstreamTLS = MessageSchema(
        "extensions.transport_sockets.tls.v3.UpstreamTlsContext",
        [
            "common_tls_context": "CommonTlsContext", "sni": "string, up to 255 bytes", "auto_host_sni": "bool = false",
            "max_session_keys": "integer = 1; 0: no session is resumed, else the newest of each endpoint",
        ],
        unsupported: ["auto_sni_san_validation", "allow_renegotiation", "enforce_rsa_key_usage"],
        isTyped: true
    )
    static let commonTLS = MessageSchema(
        "extensions.transport_sockets.tls.v3.CommonTlsContext",
        [
            "tls_params": "TlsParameters",
            "tls_certificates": "list of TlsCertificate; downstream at least one, upstream at most one",
            "validation_context": "CertificateValidationContext; Envoy: upstream certificates are not verified without",
            "alpn_protocols": "list of names",
        ],
        unsupported: [
            "tls_certificate_sds_secret_configs", "tls_certificate_provider_instance",
            "custom_tls_certificate_selector", "validation_context_sds_secret_config", "combined_validation_context",
            "custom_handshaker", "key_log", "tls_certificate_certificate_provider",
            "tls_certificate_certificate_provider_instance",
        ]
    )
    static let tlsParameters = MessageSchema(
        "extensions.transport_sockets.tls.v3.TlsParameters",
        [
            "tls_minimum_protocol_version": "TLSv1_2 or TLSv1_3 = TLSv1_2",
            "tls_maximum_protocol_version": "TLSv1_2 or TLSv1_3 = TLSv1_3; Envoy: upstream TLSv1_2",
        ],
        unsupported: ["compliance_policies"],
        refused: [
            "cipher_suites": "is not supported: ECDHE with AEAD is all that is spoken; remove it",
            "ecdh_curves": "is not supported: X25519, P-256 and P-384 are spoken, in this order; remove it",
            "signature_algorithms": "is not supported; remove it",
        ]
    )
    static let tlsCertificate = MessageSchema(
        "extensions.transport_sockets.tls.v3.TlsCertificate",
        [
            "certificate_chain": "DataSource, required", "private_key": "DataSource, required",
            "watched_directory": "WatchedDirectory: all files are watched",
        ],
        unsupported: ["pkcs12", "private_key_provider", "password", "ocsp_staple", "signed_certificate_timestamp"]
    )
    static let certificateValidation = MessageSchema(
        "extensions.transport_sockets.tls.v3.CertificateValidationContext",
        [
            "trusted_ca": "DataSource = upstream the system's roots",
            "match_typed_subject_alt_names": "list of SubjectAltNameMatcher", "crl": "DataSource = none",
            "only_verify_leaf_cert_crl": "bool = false", "verify_certificate_spki": "list of base64 SHA-256",
            "verify_certificate_hash": "list of hex SHA-256", "max_verify_depth": "integer 0 to 100 = 100",
            "trust_chain_verification": "VERIFY_TRUST_CHAIN or ACCEPT_UNTRUSTED = VERIFY_TRUST_CHAIN",
            "watched_directory": "WatchedDirectory: all files are watched",
        ],
        unsupported: [
            "ca_certificate_provider_instance", "system_root_certs", "require_signed_certificate_timestamp",
            "allow_expired_certificate", "custom_validator_config", "auto_sni_san_validation",
        ],
        refused: [
            "match_subject_alt_names":
                "is not supported; use match_typed_subject_alt_names, which says what kind of name is meant"
        ]
    )
    static let subjectAltNameMatcher = MessageSchema(
        "extensions.transport_sockets.tls.v3.SubjectAltNameMatcher",
        ["san_type": "DNS, URI, EMAIL or IP_ADDRESS, required", "matcher": "StringMatcher, required"],
        unsupported: ["oid"]
    )
}
