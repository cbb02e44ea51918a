/// What is known of images without pulling them: facts from their build files, in tables.
enum KnownImage {
    /// Repositories whose usual tags hold no shell, and a part of a tag that says otherwise.
    private static let shellLess: [(repository: String, exception: String)] = [
        ("fluent/fluent-bit", "debug"),
        ("otel/opentelemetry-collector", "debug"),
        ("otel/opentelemetry-collector-contrib", "debug"),
        ("opentelemetry-collector-releases/opentelemetry-collector", "debug"),
        ("opentelemetry-collector-releases/opentelemetry-collector-contrib", "debug"),
        ("opentelemetry-collector-releases/opentelemetry-collector-k8s", "debug"),
        ("openpolicyagent/opa", "debug"),
        ("dapr/daprd", "mariner"),
        ("daprio/daprd", "mariner"),
        ("linkerd/proxy", "debug"),
        ("hashicorp/consul-dataplane", "ubi"),
        ("oliver006/redis_exporter", "alpine"),
        ("pillion-dev/pillion", "debug"),
    ]

    /// Parts of a reference that say that there is no shell, whatever the program.
    private static let shellLessParts = ["distroless", "scratch"]

    /// Programs of a shell and of the core utilities that come with one.
    private static let shellTools: Set<String> = [
        "sh", "bash", "ash", "dash", "busybox", "test", "[", "cat", "echo", "ls", "grep", "sed", "awk", "sleep", "true",
        "false", "wget", "curl", "nc", "ps", "pgrep", "pidof", "kill", "killall", "head", "tail", "touch", "rm", "stat",
        "find", "printf", "env",
    ]

    /// Directories that nearly every image has content in.
    static let systemDirectories: Set<String> = [
        "/", "/bin", "/boot", "/etc", "/etc/pki", "/etc/ssl", "/etc/ssl/certs", "/home", "/lib", "/lib64", "/opt",
        "/root",
        "/sbin", "/usr", "/usr/bin", "/usr/lib", "/usr/local", "/usr/local/bin", "/usr/local/lib", "/usr/share", "/var",
        "/var/lib",
    ]

    /// Directories of single images that hold their configuration, plugins or programs.
    private static let content: [(repository: String, directories: [String])] = [
        ("fluent/fluent-bit", ["/fluent-bit", "/fluent-bit/bin", "/fluent-bit/etc"]),
        ("fluent/fluentd", ["/fluentd", "/fluentd/etc", "/fluentd/plugins"]),
        ("logstash/logstash", ["/usr/share/logstash", "/usr/share/logstash/config", "/usr/share/logstash/pipeline"]),
        ("logstash", ["/usr/share/logstash", "/usr/share/logstash/config", "/usr/share/logstash/pipeline"]),
        ("envoyproxy/envoy", ["/etc/envoy"]),
        ("otel/opentelemetry-collector", ["/etc/otelcol"]),
        ("otel/opentelemetry-collector-contrib", ["/etc/otelcol-contrib"]),
        ("opentelemetry-collector-releases/opentelemetry-collector", ["/etc/otelcol"]),
        ("opentelemetry-collector-releases/opentelemetry-collector-contrib", ["/etc/otelcol-contrib"]),
        ("datadog/agent", ["/etc/datadog-agent"]),
        ("prometheus/prometheus", ["/etc/prometheus"]),
        ("prom/prometheus", ["/etc/prometheus"]),
        ("library/haproxy", ["/usr/local/etc/haproxy"]),
        ("library/nginx", ["/etc/nginx", "/etc/nginx/conf.d", "/usr/share/nginx/html"]),
        ("nginxinc/nginx-unprivileged", ["/etc/nginx", "/etc/nginx/conf.d", "/usr/share/nginx/html"]),
    ]

    /// Whether an image holds no shell, as far as its name tells.
    static func hasNoShell(_ image: ImageName) -> Bool {
        let tag = image.tag ?? ""
        if shellLessParts.contains(where: { image.repository.contains($0) || tag.contains($0) }) {
            return !tag.contains("debug")
        }
        return shellLess.contains { image.isFrom($0.repository) && !tag.contains($0.exception) }
    }

    /// Whether a program is a shell or one of its tools, by the last part of its path.
    static func isShellTool(_ program: String) -> Bool {
        shellTools.contains(program.split(separator: "/").last.map(String.init) ?? program)
    }

    /// Whether an image is known to have something in a directory.
    static func hasContent(_ image: ImageName, in directory: String) -> Bool {
        content.contains { image.isFrom($0.repository) && $0.directories.contains(directory) }
    }
}
