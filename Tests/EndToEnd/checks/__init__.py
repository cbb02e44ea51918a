"""The checks, in the order in which they run: answers first, then the server, then the programs around it."""

order = [
    "reviews", "denials", "verdicts", "commands", "offline", "habits", "policies", "lint", "inspection", "catalogs",
    "hostile", "shipped", "certificates", "self_signed", "transport", "limits", "configuration", "observability",
    "setup", "input", "reload", "shutdown", "proxy", "proxy_admin", "proxy_configuration", "proxy_logs", "proxy_traces",
    "proxy_sidecar", "proxy_settings", "proxy_metrics", "chart", "chart_values", "chart_certificates", "chart_server",
    "delivery", "readme", "documentation",
]
