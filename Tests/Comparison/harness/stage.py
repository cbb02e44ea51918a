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
        certificates = self._certificates()
        self.authority = certificates.Authority(self.folder / "ca")
        self.server, self.client = self.folder / "server", self.folder / "client"
        self.authority.issue(self.server, "app.example")
        self.authority.issue(self.client, "client.example", usage="clientAuth")
        self.intermediate = certificates.Authority(self.folder / "intermediate", "Check CA below", self.authority)
        self.chained, self.revoked = self.folder / "chained", self.folder / "revoked"
        self.intermediate.issue(self.chained, "chained.example", usage="clientAuth,serverAuth")
        self.intermediate.issue(self.revoked, "revoked.example", usage="clientAuth,serverAuth")
        self.secure = application.Application("secure", self._context(self.server))
        self.secure_chained = application.Application("chained", self._context(self.chained))
        self.secure_revoked = application.Application("revoked", self._context(self.revoked))
        self.multiplexed = http2.Application("multiplexed")

    @property
    def applications(self):
        secure = [self.secure, self.secure_chained, self.secure_revoked]
        return [self.app, self.second, self.third, *secure, self.multiplexed]

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

    @staticmethod
    def _context(folder):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "tls.crt", folder / "tls.key")
        return context

    @staticmethod
    def _certificates():
        # By its path: this suite has a `harness` of its own.
        path = pathlib.Path(__file__).resolve().parents[2] / "EndToEnd" / "harness"
        spec = importlib.util.spec_from_file_location(
            "end_to_end_harness", path / "__init__.py", submodule_search_locations=[str(path)]
        )
        package = importlib.util.module_from_spec(spec)
        sys.modules["end_to_end_harness"] = package
        spec.loader.exec_module(package)
        return importlib.import_module("end_to_end_harness.certificates")
