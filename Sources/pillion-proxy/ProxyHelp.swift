/// The text of `--help`.
enum ProxyHelp {
    static let text = """
        pillion-proxy: the sidecar proxy that speaks Envoy's configuration language

        USAGE
          pillion-proxy -c FILE               serve as an Envoy v3 bootstrap file (YAML or JSON) says
          pillion-proxy --listen PORT --app PORT
                                              serve without a file
          pillion-proxy validate FILE...      check files; exit 2 and their faults when one is wrong
          pillion-proxy fields                print all fields of Envoy's files that are known, as Markdown
          pillion-proxy ready                 exit 0 when the proxy in this pod is ready
          pillion-proxy drain                 have it ask its clients to leave; for preStop hooks
          pillion-proxy quit                  have it leave

        FLAGS (each also as an environment variable: --health-port is PILLION_HEALTH_PORT)
          -c, --config FILE       the configuration
          --listen [ADDRESS:]PORT where to listen; with -c instead of the first listener's address
          --app [ADDRESS:]PORT    where the application listens; with -c instead of the first cluster's endpoints
          --app-address auto|IP   auto tries 127.0.0.1, [::1] and the pod's address (POD_IP) and remembers (auto)
          --health-port PORT      /ready and /livez on [::] (15121; 0: off)
          --metrics-port PORT     /stats/prometheus on [::] (15190; 0: off)
          --admin-port PORT       the admin port on 127.0.0.1 (15100, or as the file says; 0: off)
          --concurrency N         event loops (one per allowed processor, at most 2)
          --life-cycle auto|native|plain
                                  when to leave after SIGTERM (auto: judge by whether the application is gone)
          --grace-period 30s      the pod's terminationGracePeriodSeconds; the proxy leaves 2 s earlier at the latest
          --log-level LEVEL       trace, debug, info, notice, warning, error or critical (info)
          --otlp-endpoint URL     a collector of OpenTelemetry, such as http://collector:4318 (none)
          --trace-share SHARE     which share of the requests without a trace is traced, 0 to 1 (0)
          --version, --help

        EXIT CODES
          0 left as told, 1 failed or not ready, 2 configuration or address refused, 64 command line refused
        """
}
