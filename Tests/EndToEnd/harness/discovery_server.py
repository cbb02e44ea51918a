"""As much of an API server as `helm template --dry-run=server` asks: its version, its resources, and Secrets to look up."""

import contextlib
import copy
import http.server
import json
import pathlib
import tempfile
import threading

# The resources of every group that the chart has objects of, as (plural, kind, namespaced).
resources = {
    "v1": [
        ("secrets", "Secret", True), ("configmaps", "ConfigMap", True), ("services", "Service", True),
        ("serviceaccounts", "ServiceAccount", True), ("resourcequotas", "ResourceQuota", True),
        ("namespaces", "Namespace", False), ("pods", "Pod", True),
    ],
    "apps/v1": [("deployments", "Deployment", True)],
    "policy/v1": [("poddisruptionbudgets", "PodDisruptionBudget", True)],
    "networking.k8s.io/v1": [("networkpolicies", "NetworkPolicy", True)],
    "admissionregistration.k8s.io/v1": [
        ("mutatingwebhookconfigurations", "MutatingWebhookConfiguration", False),
        ("validatingadmissionpolicies", "ValidatingAdmissionPolicy", False),
        ("validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", False),
    ],
    "monitoring.coreos.com/v1": [("podmonitors", "PodMonitor", True), ("prometheusrules", "PrometheusRule", True)],
}


def _resources(version, entries):
    return {
        "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": version,
        "resources": [
            {"name": n, "singularName": "", "namespaced": s, "kind": k, "verbs": ["get", "list"]} for n, k, s in entries
        ],
    }


def _group(version):
    known = {"groupVersion": version, "version": version.rpartition("/")[2]}
    return {"name": version.partition("/")[0], "versions": [known], "preferredVersion": known}


class DiscoveryServer:
    """Serves on loopback without TLS; `kubeconfig` leads to it. Remembers what was asked."""

    def __init__(self, version="1.33", without=()):
        self.version = version
        self.offered = {group: found for group, found in resources.items() if group not in without}
        self.secrets, self.requests = {}, []

    def __enter__(self):
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                path = self.path.partition("?")[0]
                server.requests.append(path)
                value = server.answer(path)
                body = json.dumps(value or {
                    "kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404,
                    "message": f"{path} not found",
                }).encode()
                self.send_response(200 if value else 404)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self._stack = contextlib.ExitStack()
        folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="pillion-discovery-"))
        self._http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.kubeconfig = pathlib.Path(folder) / "kubeconfig"
        self.kubeconfig.write_text(json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "here",
            "clusters": [{"name": "here", "cluster": {"server": f"http://127.0.0.1:{self._http.server_address[1]}"}}],
            "contexts": [{"name": "here", "context": {"cluster": "here", "user": "here"}}],
            "users": [{"name": "here", "user": {}}],
        }))
        return self

    def __exit__(self, *_):
        self._http.shutdown()
        self._http.server_close()
        self._stack.close()

    def put(self, secret):
        """Takes a rendered Secret in, with what helm adds when it installs one."""
        secret = copy.deepcopy(secret)
        metadata = secret["metadata"]
        metadata.setdefault("annotations", {}).update({
            "meta.helm.sh/release-name": "pillion", "meta.helm.sh/release-namespace": metadata["namespace"],
        })
        self.secrets[f"/api/v1/namespaces/{metadata['namespace']}/secrets/{metadata['name']}"] = secret

    def answer(self, path):
        if path == "/version":
            major, _, minor = self.version.partition(".")
            return {"major": major, "minor": minor, "gitVersion": f"v{self.version}.0"}
        if path == "/api":
            return {"kind": "APIVersions", "versions": ["v1"]}
        if path == "/apis":
            named = [_group(version) for version in self.offered if "/" in version]
            return {"kind": "APIGroupList", "apiVersion": "v1", "groups": named}
        version = path.removeprefix("/apis/").removeprefix("/api/")
        if version in self.offered:
            return _resources(version, self.offered[version])
        return self.secrets.get(path)
