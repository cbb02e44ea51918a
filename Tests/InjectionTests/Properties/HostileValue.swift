import SidecarCatalog

/// Texts that have broken injectors: quoting, expansion, pointer escapes, traversal, invisible characters, length.
enum HostileValue {
    /// Stands in the hostile texts where an expansion would show.
    static let marker = "HOSTILE"

    /// Texts that fit no type in particular.
    static let any: [String] = [
        marker, "\(marker)\nimage: evil", "\(marker)\r\nprivileged: true", "\(marker)\u{0}", "\"\(marker)\"",
        "'\(marker)'",
        "\\\"\(marker)", "$(\(marker))", "$$(\(marker))", "$\(marker)$", "a$(\(marker))b${\(marker)}", "${\(marker)}",
        "$(params.string)", "$(app.container)", "{{ .Values.\(marker) }}", "%{\(marker)}", "~0\(marker)", "~1\(marker)",
        "../\(marker)", "/..", "\u{202E}\(marker)", "\u{200F}\u{200B}\(marker)", "\u{FEFF}\(marker)",
        "\(marker)\u{2028}x",
        "\(marker)\u{85}x", "\(marker)\u{301}", "\u{301}\(marker)", "\u{FF04}(\(marker))", "\u{FF0F}etc",
        "\u{0430}\(marker)",
        "{}", "[]", "null", "true", "~", "- \(marker)", ": \(marker)", "# \(marker)", "&a *a", "!!str x", "|", ">-",
        "a: b",
        "", " ", "\t", "-", "-1", "0", "1e999", "99999999999999999999", "0x10", "12:30:45", "NaN", "1_000", "\u{0661}",
        String(repeating: "x", count: 65_536), String(repeating: "\(marker),", count: 10_000),
        String(repeating: "\u{301}", count: 2000),
    ]

    /// Texts that a parameter of the type may well take, besides those that fit no type.
    static func fitting(_ type: ParameterType) -> [String] {
        switch type {
        case .string, .text:
            [
                "quoted \"\(marker)\"", "\(marker)\ttab", "# \(marker)", "a\n- b: \(marker)\n", "\n\n\(marker)\n",
                "x: [\(marker)", "\u{1F980}",
            ]
        case .path:
            [
                "/\(marker)", "/$(\(marker))", "/a/./b//\(marker)/", "/a/../\(marker)", "/a/../\u{301}\(marker)",
                "/..\u{301}/a",
                "/\"\(marker)\"", "/~0~1/\(marker)", "/\u{202E}\(marker)", "/%2e%2e/\(marker)", "/{\(marker)}",
                "/a/...",
                "/var/run/secrets/kubernetes.io/serviceaccount", "/conf", "/conf/", "/etc/every", "//etc//every",
                "/etc",
                "/tmp", "/dev/shm", "/proc", "/" + String(repeating: "x/", count: 2000),
            ]
        case .integer, .number: ["1", "-7", "0", "9223372036854775807", "1e2", "1E+2", "-0", "00", "1.50", "+1"]
        case .port: ["1", "65535", "65536", "0", "8080", "15106", "9100", "08"]
        case .boolean: ["true", "false", "True", "yes"]
        case .enum: ["high", "high ", "HIGH", "hi\u{301}gh"]
        case .quantity: ["1Gi", "0", "1e3", "+1", "1.5Gi", "64Mi ", "1\u{0413}i", "999999999999Ei", "1n"]
        case .duration: ["90s", "1h30m", "0s", "-1s", "1d", "1s\n"]
        case .name:
            ["a.b-c", "A", "a..b", "\u{0430}bc", String(repeating: "a", count: 253), "a\n", "-a", "kube-root-ca.crt"]
        case .image:
            [
                "evil.example/\(marker.lowercased()):1", "a/b@sha256:$(\(marker))", "a:b:c", "a b",
                "evil.example:5000/x:y",
            ]
        case .list:
            [
                "a,$(\(marker)),c", "\"\(marker)\",'x'", ",", "a,,b", "\(marker)\u{301},\u{301}x", "/a,/b",
                "/a,/a/../b", "info, debug",
                Array(repeating: marker, count: 64).joined(separator: ","),
            ]
        }
    }

    /// Harmless texts, one of which fits nearly every parameter.
    static let harmless = [
        "calm", "/calm", "1", "10", "100", "443", "9000", "5s", "1Gi", "64Mi", "registry.example/calm:1.2.3",
        "eu-west-1", "a",
        "http://calm.example:8080", "calm.example:8080", "https://calm.example", "AbC123", "0.5", "/etc/calm/calm.yaml",
        "12345678-1234-1234-1234-123456789012", "0123456789abcdef0123456789abcdef", "calm,calmer", "1.2.3.4",
        "calm/calm",
    ]

    /// A harmless text that a parameter takes; nil when none of those known does.
    static func harmless(for parameter: Parameter) -> String? {
        harmless.first { (try? parameter.value(from: $0)) != nil }
    }
}
