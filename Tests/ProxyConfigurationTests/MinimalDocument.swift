/// The smallest useful configuration, with places to damage.
enum MinimalDocument {
    static let manager =
        "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"
    static let router = "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"

    /// A listener on port 15001 that forwards all to 127.0.0.1:8080.
    static let text = """
        {"static_resources": {
          "listeners": [{
            "name": "ingress",
            "address": {"socket_address": {"address": "0.0.0.0", "port_value": 15001}},
            "filter_chains": [{"filters": [{
              "name": "envoy.filters.network.http_connection_manager",
              "typed_config": {
                "@type": "\(manager)",
                "stat_prefix": "ingress_http",
                "route_config": {"name": "local", "virtual_hosts": [{
                  "name": "local_service", "domains": ["*"],
                  "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "local_app"}}]}]},
                "http_filters": [{
                  "name": "envoy.filters.http.router",
                  "typed_config": {"@type": "\(router)"}}]}}]}]}],
          "clusters": [{
            "name": "local_app", "connect_timeout": "5s", "type": "STATIC",
            "load_assignment": {"cluster_name": "local_app", "endpoints": [{"lb_endpoints": [
              {"endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 8080}}}}]}]}}]}}
        """
}
