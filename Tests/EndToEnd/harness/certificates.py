"""Certificates for the checks: made by OpenSSL where the program under test is the server, never kept."""

import os
import pathlib

from . import programs

server_name = "pillion.pillion-system.svc"


def _openssl(*words):
    result = programs.run("openssl", *words)
    assert result.returncode == 0, programs.told(result)
    return result.stdout


class Authority:
    """A certificate authority in a folder: a root, or below another one."""

    def __init__(self, folder, name="Check CA", above=None):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.above = above
        self.certificate = self.folder / "ca.crt"
        self.key = self.folder / "ca.key"
        signer = ["-CA", above.certificate, "-CAkey", above.key] if above else []
        _openssl(
            "req", "-x509", *signer, "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-days", "2",
            "-subj", f"/CN={name}", "-addext", "basicConstraints=critical,CA:TRUE",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign", "-keyout", self.key, "-out", self.certificate,
        )

    def issue(self, folder, name=server_name, usage="serverAuth"):
        """A new key and certificate in a folder, as tls.key and tls.crt, which has the authorities below the root too."""
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        request = folder / "tls.csr"
        _openssl(
            "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-subj", f"/CN={name}",
            "-addext", f"subjectAltName=DNS:{name},IP:127.0.0.1", "-addext", f"extendedKeyUsage={usage}",
            "-keyout", folder / "tls.key", "-out", request,
        )
        _openssl(
            "x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self.key, "-copy_extensions", "copyall",
            "-days", "2", "-out", folder / "tls.crt",
        )
        request.unlink()
        between = self
        while between.above:
            with open(folder / "tls.crt", "ab") as chain:
                chain.write(between.certificate.read_bytes())
            between = between.above
        return folder

    def revocation_list(self, path, *revoked):
        """A list of the authority that has these certificates and no others, as PEM in a file."""
        database = self.folder / "index.txt"
        database.write_text("")
        configuration = self.folder / "ca.cnf"
        configuration.write_text(
            f"[ca]\ndefault_ca = here\n[here]\ndatabase = {database}\ncertificate = {self.certificate}\n"
            f"private_key = {self.key}\ndefault_md = sha256\ndefault_crl_days = 2\n"
        )
        for certificate in revoked:
            _openssl("ca", "-config", configuration, "-revoke", certificate)
        _openssl("ca", "-config", configuration, "-gencrl", "-out", path)
        return path


def serial(path):
    """A certificate's serial number, upper case hexadecimal without leading zeros."""
    text = _openssl("x509", "-in", path, "-noout", "-serial").decode()
    return text.strip().partition("=")[2].lstrip("0")


class Mount:
    """A folder laid out as the kubelet lays out a Secret or ConfigMap: `..data` is a link that is swapped."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._generation = 0

    def publish(self, files):
        """Puts new content in place in one step; `files` maps names to bytes."""
        self._generation += 1
        generation = self.folder / f"..generation_{self._generation}"
        generation.mkdir()
        for name, content in files.items():
            (generation / name).write_bytes(content)
        link = self.folder / "..data_tmp"
        link.symlink_to(generation.name)
        os.replace(link, self.folder / "..data")
        for name in files:
            if not (self.folder / name).is_symlink():
                (self.folder / name).symlink_to(f"..data/{name}")
        for path in self.folder.iterdir():
            if path.is_symlink() and not path.name.startswith("..") and path.name not in files:
                path.unlink()

    def path(self, name):
        return self.folder / name


def pair(folder):
    """The files of a serving pair as a mount wants them."""
    return {name: (pathlib.Path(folder) / name).read_bytes() for name in ("tls.crt", "tls.key")}
