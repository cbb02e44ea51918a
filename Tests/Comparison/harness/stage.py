"""What stands behind the proxies: applications, ports where nobody listens, certificates."""

import pathlib
import socket
import ssl
import importlib
import importlib.util
import sys

from . import application, http2



class Stage:
    """Everything that the files of the cases name."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.app = application.Application("app")
        self.second = application.Application("second")
        self.third = application.Application("third")
        # Bound, but nobody listens: connections are refused, and nobody else gets the port.
        self.closed = socket.socket()
        self.closed.bind(("127.0.0.1", 0))
        self.authority, self.server, self.client = self._certificates()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.server / "tls.crt", self.server / "tls.key")
        self.secure = application.Application("secure", context)
        self.multiplexed = http2.Application("multiplexed")

    @property
    def applications(self):
        return [self.app, self.second, self.third, self.secure, self.multiplexed]

    @property
    def refused_port(self):
        return self.closed.getsockname()[1]

    def reset(self):
        """Forgets what the applications have counted."""
        for each in self.applications:
            each.failures.clear()
            each.count = 0

    def close(self):
        for each in self.applications:
            each.shutdown()
            each.server_close()
        self.closed.close()

    def _certificates(self):
        # By its path: this suite has a `harness` of its own.
        path = pathlib.Path(__file__).resolve().parents[2] / "EndToEnd" / "harness"
        spec = importlib.util.spec_from_file_location(
            "end_to_end_harness", path / "__init__.py", submodule_search_locations=[str(path)]
        )
        package = importlib.util.module_from_spec(spec)
        sys.modules["end_to_end_harness"] = package
        spec.loader.exec_module(package)
        certificates = importlib.import_module("end_to_end_harness.certificates")
        authority = certificates.Authority(self.folder / "ca")
        server, client = self.folder / "server", self.folder / "client"
        authority.issue(server, "app.example")
        authority.issue(client, "client.example", usage="clientAuth")
        return authority, server, client
