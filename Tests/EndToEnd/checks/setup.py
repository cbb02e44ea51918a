"""Setup.

`pillion check` finds what is wrong with an installation before the API server does, and the documentation's own
sessions run as they stand there.
"""

import json
import os
import pathlib
import re
import tempfile

import yaml

from harness import certificates, programs
from harness.registry import check
from harness.server import Webhook

documentation = programs.repository / "Sources" / "pillion" / "Documentation.docc"


class Installation:
    """Certificates and manifests as `pillion` itself makes them."""

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self._folder.name)
        self.authority = certificates.Authority(self.folder / "ca")
        self.pair = self.authority.issue(self.folder / "tls")
        result = programs.run(
            programs.pillion, "webhook", "--print-manifests", "--ca-bundle", self.authority.certificate
        )
        assert result.returncode == 0, programs.told(result)
        self.objects = [document for document in yaml.safe_load_all(result.stdout) if document]
        return self

    def __exit__(self, *_):
        self._folder.cleanup()

    @property
    def webhook(self):
        """The one webhook of the configuration."""
        found, = [o for o in self.objects if o["kind"] == "MutatingWebhookConfiguration"]
        return found["webhooks"][0]

    def check(self, *options, listen="127.0.0.1:0", ops_listen="127.0.0.1:0", environment=None):
        path = self.folder / "install.yaml"
        path.write_text(yaml.safe_dump_all(self.objects))
        return programs.run(
            programs.pillion, "check", "--tls-cert", self.pair / "tls.crt", "--tls-key", self.pair / "tls.key",
            "--listen", listen, "--ops-listen", ops_listen, "-f", path, *options, environment=environment,
        )

    def outcomes(self, *options, expected=0, **more):
        result = self.check("-o", "json", *options, **more)
        assert result.returncode == expected, programs.told(result)
        report = json.loads(result.stdout)
        assert report["success"] == (expected == 0), report
        return {entry["code"]: entry for entry in report["checks"]}


@check("an installation as it is printed has nothing wrong with it")
def sound():
    with Installation() as installation:
        found = installation.outcomes("--cluster-version", "1.33")
        # The certificate of the check lives for two days.
        others = {code: entry["outcome"] for code, entry in found.items() if code != "tls-dates"}
        assert set(others.values()) == {"passed"}, found
        assert found["tls-dates"]["outcome"] == "warned", found
        result = installation.check()
        assert "√ the catalog can be used" in result.stdout.decode(), programs.told(result)
        assert b"see Check.md#tls-dates" in result.stdout and b"\x1b[" not in result.stdout, programs.told(result)


def other_authority(installation):
    installation.pair = certificates.Authority(installation.folder / "other").issue(installation.folder / "foreign")


def other_name(installation):
    installation.pair = installation.authority.issue(installation.folder / "named", "other.example")


def mixed_key(installation):
    (installation.pair / "tls.key").write_bytes(
        (installation.authority.issue(installation.folder / "more") / "tls.key").read_bytes()
    )


def no_certificate(installation):
    (installation.pair / "tls.crt").unlink()


def other_path(installation):
    installation.webhook["clientConfig"]["service"]["path"] = "/inject"


def deadlock(installation):
    installation.webhook["failurePolicy"] = "Fail"
    del installation.webhook["namespaceSelector"]


def side_effects(installation):
    installation.webhook["sideEffects"] = "Some"


@check(
    "what is wrong is found, and the exit status says so",
    cases=[
        ("caBundle of another authority", other_authority, "webhook-ca-bundle"),
        ("certificate without the Service's name", other_name, "tls-names"),
        ("key of another certificate", mixed_key, "tls-key"), ("no certificate", no_certificate, "tls-files"),
        ("path that does not answer", other_path, "webhook-target"),
        ("selector that includes its own namespace", deadlock, "webhook-deadlock"),
        ("side effects", side_effects, "webhook-side-effects"),
    ],
)
def wrong(_, spoil, code):
    with Installation() as installation:
        spoil(installation)
        found = installation.outcomes(expected=1)
        assert found[code]["outcome"] == "failed" and found[code]["hint"], found[code]


@check("a catalog that cannot be used is found")
def broken_catalog():
    with Installation() as installation:
        path = installation.folder / "catalog.yaml"
        path.write_text("apiVersion: pillion.dev/v1\nkind: Sidecar\n")
        assert installation.outcomes("--catalog", path, expected=1)["catalog"]["outcome"] == "failed"


@check("a webhook that runs is recognized by its certificate, and a stranger at its address is not taken for it")
def addresses():
    with Installation() as installation, Webhook(pair=installation.pair) as webhook:
        ours = f"127.0.0.1:{webhook.port}"
        ops = f"127.0.0.1:{webhook.ops_port}"
        found = installation.outcomes(listen=ours, ops_listen=ops)
        assert "answers there and is ready" in found["listen-address"]["detail"], found["listen-address"]
        assert "answers there and is ready" in found["operations-address"]["detail"], found["operations-address"]
        found = installation.outcomes(listen=ops, expected=1)
        assert found["listen-address"]["outcome"] == "failed", found["listen-address"]
        assert webhook.process.poll() is None


@check("the settings come from environment and file as the webhook's do")
def configured():
    with Installation() as installation:
        path = installation.folder / "config.yaml"
        path.write_text("cluster-version: '1.28'\nmax-header-fields: 32\n")
        found = installation.outcomes("--config", path)
        assert found["cluster-version"]["outcome"] == "warned", found["cluster-version"]
        found = installation.outcomes("--config", path, environment={"PILLION_CLUSTER_VERSION": "1.30"})
        assert found["cluster-version"]["outcome"] == "passed", found["cluster-version"]


@check("files without a webhook configuration, or none at all, are told")
def nothing():
    with Installation() as installation:
        installation.objects = [o for o in installation.objects if o["kind"] != "MutatingWebhookConfiguration"]
        result = installation.check()
        assert result.returncode == 2 and b"no webhook configuration" in result.stderr, programs.told(result)
        result = installation.check("-f", "/nowhere.yaml")
        assert result.returncode == 2 and b"/nowhere.yaml" in result.stderr, programs.told(result)


@check("the sessions of the documentation run", cases=[("settings", "Server.md"), ("check", "Check.md")])
def session(name, page):
    text = (documentation / page).read_text()
    block, = re.findall(rf"<!-- session: {name} -->\n```sh\n(.*?)```", text, re.DOTALL)
    with tempfile.TemporaryDirectory() as folder:
        result = programs.run(
            "bash", "-eu", stdin=block, cwd=folder,
            environment={"PATH": f"{programs.folder}:{os.environ['PATH']}"},
        )
        assert result.returncode == 0 and result.stdout, programs.told(result)
        if name == "settings":
            assert b'body-timeout: "20s"  # environment PILLION_BODY_TIMEOUT' in result.stdout, programs.told(result)


@check("the documentation lists exactly the settings that there are, with their defaults")
def flags():
    section = (documentation / "Server.md").read_text().split("## Settings", 1)[1].split("\n## ", 1)[0]
    rows = dict(re.findall(r"^\| `--([a-z-]+)` \| (.*?) \|", section, re.MULTILINE))
    result = programs.run(programs.pillion, "webhook", "--print-config")
    assert result.returncode == 0, programs.told(result)
    lines = [line for line in result.stdout.decode().splitlines()]
    names = {line.removeprefix("# ").split(":")[0].split(" ")[0] for line in lines}
    assert set(rows) == names, set(rows) ^ names
    values = yaml.safe_load(result.stdout)
    for name, default in rows.items():
        told = re.fullmatch(r"`([^`$]+)`", default)
        if told:
            assert str(values[name]) == told.group(1), (name, values[name], default)
