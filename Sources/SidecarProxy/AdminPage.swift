/// The pages of the admin port by their paths, which are Envoy's where it has them.
enum AdminPage: String, CaseIterable {
    case certificates = "/certs"
    case clusters = "/clusters"
    case configuration = "/config_dump"
    case drain = "/drain_listeners"
    case failHealth = "/healthcheck/fail"
    case passHealth = "/healthcheck/ok"
    case help = "/help"
    case listeners = "/listeners"
    case live = "/livez"
    case logging = "/logging"
    case memory = "/memory"
    case quit = "/quitquitquit"
    case ready = "/ready"
    case server = "/server_info"
    case statistics = "/stats"
    case prometheus = "/stats/prometheus"
    case why = "/why"

    /// The page at a path, or nil where there is none.
    init?(path: String) {
        switch path {
        case "/": self = .help
        case "/metrics": self = .prometheus
        default:
            guard let page = AdminPage(rawValue: path) else { return nil }
            self = page
        }
    }

    /// Whether it changes something, so that it is POST only.
    var isChange: Bool {
        switch self {
        case .drain, .failHealth, .passHealth, .logging, .quit: true
        default: false
        }
    }

    /// What it is for.
    var purpose: String {
        switch self {
        case .certificates: "the certificates in use, and the authorities that others' must lead to"
        case .clusters: "endpoints, their health and what they have done"
        case .configuration: "the configuration in use, without private keys"
        case .drain: "ask all clients to leave, and fail readiness; listeners go on accepting"
        case .failHealth: "fail readiness"
        case .passHealth: "let readiness pass again"
        case .help: "this page"
        case .listeners: "listeners with their addresses"
        case .live: "200 while the process lives"
        case .logging: "show or change the level of the log"
        case .memory: "what the allocator holds"
        case .quit: "leave as on SIGTERM"
        case .ready: "200 while the proxy takes new work"
        case .server: "version, state and uptime"
        case .statistics: "all figures"
        case .prometheus: "all figures, for Prometheus"
        case .why: "the last requests that failed, and why"
        }
    }

    /// The parameters of its query, with what they mean.
    var parameters: KeyValuePairs<String, String> {
        switch self {
        case .clusters, .listeners, .why: ["format": "text or json"]
        case .configuration: ["resource": "bootstrap, static_clusters or static_listeners alone"]
        case .drain: ["graceful": "the same: a drain is always graceful"]
        case .logging: ["level": "trace, debug, info, notice, warning, error or critical"]
        case .statistics:
            [
                "format": "text, json or prometheus", "filter": "only names that this expression matches somewhere",
                "usedonly": "only those that are not 0",
            ]
        default: [:]
        }
    }

    /// The list of all pages, for `/help`.
    static let commands =
        "admin commands are:\n"
        + allCases.sorted { $0.rawValue < $1.rawValue }.map { page in
            let lines = page.parameters.map { "\n      \($0.key): \($0.value)" }.joined()
            return "  \(page.rawValue)\(page.isChange ? " (POST)" : ""): \(page.purpose)\(lines)"
        }
        .joined(separator: "\n")
}
