"""Configuration.

Flags, environment and file say the same things; the strongest wins, and what is wrong is told with its place.
"""

import json
import pathlib
import tempfile

import yaml

from harness import fixtures, programs
from harness.registry import check
from harness.server import Webhook

# Flags of the webhook that are no settings: what they do ends the command, or finds the settings.
not_settings = {
    "config", "print-config", "print-manifests", "service", "namespace", "image", "ca-bundle", "with-validate",
    "with-advise", "help", "version",
}


def configured(text="", environment=None, *options):
    """The lines of --print-config by name: value and source."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "config.yaml"
        path.write_text(text)
        result = programs.run(
            programs.pillion, "webhook", "--config", path, "--print-config", *options, environment=environment or {}
        )
        assert result.returncode == 0, programs.told(result)
        printed = result.stdout.decode().replace(str(path), "config.yaml")
    found = {}
    for line in printed.splitlines():
        if line.startswith("#"):
            continue
        setting, _, source = line.partition("  # ")
        (name, value), = yaml.safe_load(setting).items()
        found[name] = (value, source)
    return found, printed


@check("the strongest source wins, and --print-config says which it was")
def precedence():
    file = "idle-timeout: 1m\nbody-timeout: 2s\nmax-header-fields: 32\nclient-name: [a, b]\nclient-ca: /ca.crt\n"
    environment = {"PILLION_IDLE_TIMEOUT": "4m", "PILLION_BODY_TIMEOUT": "3s"}
    found, _ = configured(file, environment, "--idle-timeout", "5m")
    assert found["idle-timeout"] == ("5m0s", "flag"), found
    assert found["body-timeout"] == ("3s", "environment PILLION_BODY_TIMEOUT"), found
    assert found["max-header-fields"] == (32, "file config.yaml:3:20"), found
    assert found["client-name"][0] == ["a", "b"], found
    assert found["handshake-timeout"] == ("10s", "default"), found


@check("what --print-config prints is a configuration file that says the same")
def printed():
    first, text = configured("listen: '127.0.0.1:9443'\nclient-ca: 'C:\\x \"y\"'\nclient-name: spiffe://a/b\n")
    second, _ = configured(text)
    assert {k: v[0] for k, v in first.items()} == {k: v[0] for k, v in second.items()}, (first, second)


@check("every flag of the webhook is a setting, and the other way round")
def complete():
    result = programs.run(programs.pillion, "webhook", "--experimental-dump-help")
    assert result.returncode == 0, programs.told(result)
    arguments = json.loads(result.stdout)["command"]["arguments"]
    flags = {name["name"] for argument in arguments for name in argument.get("names", []) if name["kind"] == "long"}
    _, text = configured()
    # A setting without a value is a comment.
    settings = {line.removeprefix("# ").split(":")[0].split(" ")[0] for line in text.splitlines()}
    assert flags - not_settings == settings, flags - not_settings ^ settings


@check(
    "what is wrong is told with its place",
    cases=[
        ("unknown key", "\nlistn: a:1\n", {}, ["config.yaml:2:", "listn", "did you mean listen?"]),
        ("value in the file", "threads: many\n", {}, ["config.yaml:1:", "many"]),
        ("value out of range", "max-body-bytes: 1\n", {}, ["config.yaml:1:", "--max-body-bytes"]),
        ("variable", "", {"PILLION_LISTEN": "here"}, ["PILLION_LISTEN", "here"]),
        ("no YAML", "a: [\n", {}, ["config.yaml:2:"]),
    ],
)
def mistakes(_, text, environment, words):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "config.yaml"
        path.write_text(text)
        result = programs.run(programs.pillion, "webhook", "--config", path, environment=environment)
    assert result.returncode == 2 and not result.stdout, programs.told(result)
    for word in words:
        assert word.encode() in result.stderr, programs.told(result)


@check("a missing file is told")
def missing():
    result = programs.run(programs.pillion, "webhook", "--config", "/nowhere/config.yaml")
    assert result.returncode == 2 and b"/nowhere/config.yaml" in result.stderr, programs.told(result)


@check("a server obeys its configuration file")
def obeyed():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "config.yaml"
        path.write_text("max-header-fields: 9\nrequest-timeout: 7s\n")
        with Webhook(options=["--config", path]) as webhook:
            text = webhook.ops("/metrics")[1]
            assert 'pillion_limit{name="max_header_fields"} 9\n' in text, text
            assert 'pillion_limit{name="request_timeout"} 7\n' in text, text
            assert webhook.mutate(fixtures.body("minimal"))[0] == 200
