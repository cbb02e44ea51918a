"""The cases, by what goes wrong."""

modules = [
    "bodies", "large_bodies", "slow_clients", "handshakes", "client_certificates", "rotation", "replicas", "processes",
    "system_calls", "clocks", "endurance", "load", "engine", "scanners",
    "proxy_upstreams", "proxy_streams", "proxy_framing",
    "proxy_reloads", "proxy_leaving", "proxy_limits", "proxy_names", "proxy_floods",
]
