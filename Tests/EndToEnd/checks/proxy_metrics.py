"""Metrics of the proxy.

What pillion-proxy tells Prometheus is what its documentation says, and no more.
"""

import re

from harness import programs
from harness.registry import check
from harness.sidecar import Application, Proxy

page = programs.repository / "Sources" / "pillion-proxy" / "Documentation.docc" / "Metrics.md"
known_labels = {
    "envoy_http_conn_manager_prefix", "envoy_cluster_name", "envoy_response_code_class", "result", "version",
    "reason",
}


def scrape():
    """The exposition of a proxy that has answered a request."""
    with Application() as application, Proxy(application.port) as proxy:
        connection = proxy.connection()
        connection.request("GET", "/")
        connection.getresponse().read()
        connection.close()
        status, body = proxy.get(proxy.metrics, "/stats/prometheus")
        assert status == 200, status
        return body.decode()


@check("the families are those of the page, with their kinds")
def families():
    documented = dict(re.findall(r"^\| `([a-z0-9_]+)` \| (\w+) \|", page.read_text(), re.MULTILINE))
    exposed = dict(re.findall(r"^# TYPE (\S+) (\w+)$", scrape(), re.MULTILINE))
    assert exposed == documented, (
        f"not on the page: {sorted(exposed.items() - documented.items())}, "
        f"not exposed: {sorted(documented.items() - exposed.items())}"
    )
    assert len(exposed) < 60, len(exposed)


@check("labels come from the configuration alone")
def labels():
    found = set(re.findall(r'[{,]([a-z_]+)="', scrape()))
    assert found <= known_labels, found - known_labels
