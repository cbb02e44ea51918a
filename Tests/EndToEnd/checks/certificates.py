"""Certificates.

What `pillion certs` makes, what the recipe of certs/README.md makes, and what neither overwrites.
"""

import pathlib
import re
import tempfile
import textwrap

from harness import programs
from harness.registry import check
from harness.server import Webhook

name = "pillion.pillion-system.svc"


def create(folder, *more):
    return programs.run(
        programs.pillion, "certs", "create", "--directory", folder, "--dns", name, "--ip", "127.0.0.1", *more
    )


def verified(folder, *options):
    result = programs.run(
        "openssl", "verify", "-purpose", "sslserver", *options, "-CAfile", folder / "ca.crt", folder / "tls.crt"
    )
    return result.returncode == 0


@check("certs create: OpenSSL finds names and purpose in order, and keys are private")
def created():
    with tempfile.TemporaryDirectory() as parent:
        folder = pathlib.Path(parent) / "tls"
        result = create(folder)
        assert result.returncode == 0, programs.told(result)
        assert verified(folder, "-verify_hostname", name, "-x509_strict"), "does not verify by name"
        assert verified(folder, "-verify_ip", "127.0.0.1"), "does not verify by address"
        assert not verified(folder, "-verify_hostname", "other.example"), "verifies for any name"
        for key in ("ca.key", "tls.key"):
            assert (folder / key).stat().st_mode & 0o077 == 0, f"{key} is readable by others"


@check("certs create: refuses to overwrite")
def no_overwriting():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        assert create(folder).returncode == 0
        before = {p.name: p.read_bytes() for p in folder.iterdir()}
        result = create(folder)
        assert result.returncode == 2 and result.stderr, programs.told(result)
        assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


@check("certs renew: a new certificate by the same authority")
def renewed():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        assert create(folder).returncode == 0
        authority, certificate = (folder / "ca.crt").read_bytes(), (folder / "tls.crt").read_bytes()
        result = programs.run(programs.pillion, "certs", "renew", "--directory", folder)
        assert result.returncode == 0, programs.told(result)
        assert (folder / "ca.crt").read_bytes() == authority
        assert (folder / "tls.crt").read_bytes() != certificate
        assert verified(folder, "-verify_hostname", name, "-x509_strict")


@check("certs inspect: says names and dates")
def inspected():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        assert create(folder).returncode == 0
        result = programs.run(programs.pillion, "certs", "inspect", folder / "tls.crt")
        assert result.returncode == 0 and name.encode() in result.stdout, programs.told(result)


@check("the webhook serves with what certs create made")
def served():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        assert create(folder).returncode == 0
        with Webhook(pair=folder) as webhook:
            result = programs.run(
                "curl", "--silent", "--fail", "--show-error", "--cacert", folder / "ca.crt",
                "--resolve", f"{name}:{webhook.port}:127.0.0.1", f"https://{name}:{webhook.port}/readyz",
            )
            assert result.returncode == 0, programs.told(result)


@check("the recipe of certs/README.md works as it stands")
def recipe():
    text = (programs.repository / "certs" / "README.md").read_text()
    blocks = [textwrap.dedent(b) for b in re.findall(r"^ *```sh\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)]
    assert len(blocks) == 4, len(blocks)
    with tempfile.TemporaryDirectory() as folder:
        result = programs.run("bash", "-eu", stdin="\n".join(blocks), cwd=folder)
        assert result.returncode == 0, programs.told(result)
        assert verified(pathlib.Path(folder), "-verify_hostname", name, "-x509_strict")


@check("certs/generate.sh makes a pair and never overwrites a key")
def generate():
    script = programs.repository / "certs" / "generate.sh"
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        result = programs.run(script, folder, "a.example")
        assert result.returncode == 0 and verified(folder, "-verify_hostname", "a.example"), programs.told(result)
        before = {p.name: p.read_bytes() for p in folder.iterdir()}
        assert programs.run(script, folder, "a.example").returncode == 2
        assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
