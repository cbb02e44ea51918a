"""The Helm chart as the real helm renders it."""

import functools
import json
import pathlib
import tempfile

import yaml

from . import judges, programs

folder = programs.repository / "charts" / "pillion"
namespace = "pillion-system"
value_files = sorted(folder.glob("ci/*-values.yaml"))
cases = [path.name.removesuffix("-values.yaml") for path in value_files]

# helm must not meet a person's own settings or cluster.
_environment = {"HELM_CONFIG_HOME": "/nonexistent", "HELM_DATA_HOME": "/nonexistent", "KUBECONFIG": "/dev/null"}


def helm(*words, environment=None, seconds=60):
    """Runs helm with a cache of its own, and gives the finished command."""
    with tempfile.TemporaryDirectory(prefix="pillion-helm-") as cache:
        own = {**_environment, "HELM_CACHE_HOME": cache, **(environment or {})}
        return programs.run(judges.helm, *words, environment=own, seconds=seconds)


def template(*options, case="default", version="1.37", values=None, release="pillion", environment=None):
    """The finished `helm template` of a value file, with more values on top of it."""
    command = ["template", release, folder, "--namespace", namespace, "--values", folder / "ci" / f"{case}-values.yaml"]
    if version:
        command += ["--kube-version", version]
    if values is None:
        return helm(*command, *options, environment=environment)
    with tempfile.NamedTemporaryFile("w", suffix=".json", prefix="pillion-values-") as file:
        json.dump(values, file)
        file.flush()
        return helm(*command, "--values", file.name, *options, environment=environment)


def _parsed(stream):
    # libyaml's parser is ten times faster than Python's.
    return [document for document in yaml.load_all(stream, getattr(yaml, "CSafeLoader", yaml.SafeLoader)) if document]


def documents(result):
    """The objects of a finished `helm template`."""
    assert result.returncode == 0, programs.told(result)
    return _parsed(result.stdout)


@functools.lru_cache(maxsize=None)
def text(case="default", version="1.37"):
    """What helm prints for a value file, as bytes; it runs once for each and version."""
    result = template(case=case, version=version)
    assert result.returncode == 0, programs.told(result)
    return result.stdout


def render(case="default", version="1.37"):
    """The objects of a value file, to be changed as one likes."""
    return _parsed(text(case, version))


def named(objects, kind, suffix=""):
    """The one object of a kind, or of those whose name has an ending."""
    found = [o for o in objects if o["kind"] == kind and o["metadata"]["name"].endswith(suffix)]
    assert len(found) == 1, f"{len(found)} objects of kind {kind} *{suffix}"
    return found[0]


def kinds(objects):
    return {o["kind"] for o in objects}


def plain(objects):
    """The objects without what is another thing each time or stands elsewhere: for comparison with a golden file."""
    catalog = {path.name: path.read_text() for path in programs.shipped_catalog.glob("*.yaml")}
    kept = []
    for value in objects:
        value = json.loads(json.dumps(value))
        if value["kind"] == "ConfigMap":
            for name, text in value["data"].items():
                if text == catalog.get(name):
                    value["data"][name] = f"(as in catalog/{name})"
                elif name == "pillion.json":
                    value["data"][name] = "(as in files/dashboard.json)"
                elif name == "configuration.yaml":
                    value["data"][name] = "(the MutatingWebhookConfiguration)"
        if value["kind"] == "ValidatingAdmissionPolicy":
            value["spec"]["variables"] = value["spec"]["validations"] = "(as in files/policy.yaml)"
        if value["kind"].startswith("ValidatingAdmissionPolicy"):
            value["metadata"]["labels"].pop("pillion.dev/catalog-hash", None)
        for key in value.get("data", {}) if value["kind"] == "Secret" else ():
            value["data"][key] = "(made by helm)"
        annotations = value["metadata"].get("annotations", {})
        if "pillion.dev/not-after" in annotations:
            annotations["pillion.dev/not-after"] = "(in ten years)"
        for webhook in value.get("webhooks", []):
            if "caBundle" in webhook["clientConfig"]:
                webhook["clientConfig"]["caBundle"] = "(the authority)"
        kept.append(value)
    kept.sort(key=lambda o: (o["kind"], o["metadata"]["name"]))
    return kept


def golden_text(case):
    """What `ci/golden/CASE.yaml` has to hold: all objects of the default, and of others what differs from it."""
    objects, comment = plain(render(case)), ""
    if case != "default":
        default = plain(render())
        keys = {key(o) for o in objects}
        comment = "".join(f"# as in default.yaml: {key(o)}\n" for o in objects if o in default)
        comment += "".join(f"# not there: {key(o)}\n" for o in default if key(o) not in keys)
        objects = [o for o in objects if o not in default]
    return comment + yaml.safe_dump_all(objects, sort_keys=True, width=120, allow_unicode=True)


def key(value):
    return f"{value['kind']} {value['metadata']['name']}"


def rows():
    """The values with their defaults and descriptions, from the comments of values.yaml that begin with two dashes."""
    found, path, comment = [], [], None
    for line in (folder / "values.yaml").read_text().splitlines():
        text = line.strip()
        if text.startswith("# -- "):
            comment = [text.removeprefix("# -- ")]
        elif text.startswith("#"):
            if comment is not None:
                comment.append(text.removeprefix("#").strip())
        elif ":" in text and not text.startswith("-"):
            depth = (len(line) - len(line.lstrip())) // 2
            path[depth:] = [text.partition(":")[0]]
            if comment is not None:
                found.append((tuple(path), " ".join(comment)))
            comment = None
    return found


def default_of(path, values=None):
    """The default of a value, by its keys."""
    value = values if values is not None else yaml.safe_load((folder / "values.yaml").read_text())
    for key in path:
        value = value[key]
    return value


def table():
    """The table of README.md."""
    values = yaml.safe_load((folder / "values.yaml").read_text())
    lines = ["| value | default | meaning |", "|---|---|---|"]
    for path, comment in rows():
        shown = json.dumps(default_of(path, values), separators=(", ", ": "), ensure_ascii=False)
        shown = f"`{shown}`" if len(shown) <= 60 else "see values.yaml"
        lines.append(f"| `{'.'.join(path)}` | {shown} | {comment} |")
    return "\n".join(lines) + "\n"


def settings():
    """The flags that the schema takes under `settings`."""
    schema = json.loads(pathlib.Path(folder / "values.schema.json").read_text())
    return set(schema["properties"]["settings"]["properties"])
