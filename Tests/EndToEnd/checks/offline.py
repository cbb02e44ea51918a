"""Offline.

Manifests through inject, diff and uninject, and through the tools of others: helm, kubectl, kustomize, Go's and Python's YAML.
"""

import contextlib
import copy
import json
import os
import pathlib
import pty
import shutil
import signal
import stat
import subprocess
import tempfile
import time

import yaml

from harness import discovery, fixtures, judges, programs
from harness.registry import check

hack = programs.repository / "hack"
pod = """# the shop
apiVersion: v1
kind: Pod
metadata:
  name: {0}   # its name
  annotations: {{pillion.dev/inject: log-shipper}}
spec:
  containers:
  - {{name: app, image: registry.example/app:1}}
"""


def pillion(*words, stdin=b"", cwd=None, environment=None):
    environment = {"PILLION_CATALOG": str(programs.shipped_catalog), **(environment or {})}
    return programs.run(programs.pillion, *words, stdin=stdin, cwd=cwd, environment=environment)


def done(result, code=0):
    assert result.returncode == code, programs.told(result)
    return result.stdout


@contextlib.contextmanager
def folder(files):
    """A folder with files, by name."""
    with tempfile.TemporaryDirectory() as path:
        for name, text in files.items():
            file = pathlib.Path(path) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        yield pathlib.Path(path)


def tree(path):
    return {str(p.relative_to(path)): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file()}


# Input and output


@check("-o review: a captured review gets the bytes of pillion review", cases=fixtures.names)
def review_bytes(name):
    body = fixtures.body(name)
    result = pillion("inject", "-o", "review", "-f", "-", stdin=body)
    assert result.returncode in (0, 1), programs.told(result)
    assert result.stdout == programs.review(body)


@check("-o review: a manifest is answered as its pods would be, a denial with exit 1")
def review_of_manifests():
    text = pod.format("one") + "---\n" + pod.format("two")
    answers = [json.loads(line) for line in done(pillion("inject", "-o", "review", "-f", "-", stdin=text)).splitlines()]
    assert len(answers) == 2 and all(a["response"]["allowed"] and a["response"]["patch"] for a in answers)
    assert answers[0]["response"]["uid"] != answers[1]["response"]["uid"]
    denied = done(pillion("inject", "-o", "review", "-f", "-", stdin=text.replace("log-shipper", "log-shiper")), 1)
    assert json.loads(denied.splitlines()[0])["response"]["status"]["code"] == 403


@check("a KRM function's ResourceList comes back with its items injected and results")
def resource_list():
    item = yaml.safe_load(pod.format("shop"))
    value = {"apiVersion": "config.kubernetes.io/v1", "kind": "ResourceList", "items": [item],
             "functionConfig": {"apiVersion": "v1", "kind": "ConfigMap", "data": {"namespace": "lab"}}}
    out = yaml.safe_load(done(pillion("inject", "-f", "-", stdin=yaml.safe_dump(value))))
    assert out["items"][0]["spec"]["initContainers"][0]["name"] == "log-shipper", out
    assert out["results"][0]["severity"] == "info" and out["results"][0]["resourceRef"]["name"] == "shop"
    assert out["functionConfig"] == value["functionConfig"]
    value["items"][0]["metadata"]["annotations"]["pillion.dev/inject"] = "log-shiper"
    out = yaml.safe_load(done(pillion("inject", "-f", "-", stdin=yaml.safe_dump(value)), 1))
    assert "initContainers" not in out["items"][0]["spec"]
    assert [r["severity"] for r in out["results"]] == ["error"]


@check("--only chooses workloads, and one that chooses nothing is an error with the nearest name")
def only():
    text = pod.format("web") + "---\n" + pod.format("shop")
    out = list(yaml.safe_load_all(done(pillion("inject", "--only", "pod/web", "-f", "-", stdin=text))))
    assert ["initContainers" in d["spec"] for d in out] == [True, False]
    result = pillion("inject", "--only", "Pod/wbe", "-f", "-", stdin=text)
    assert result.returncode == 2 and b"did you mean Pod/web?" in result.stderr, programs.told(result)


@check("a folder is read in the order of names, subfolders included, hidden and other files left out")
def folders():
    files = {"b.yaml": pod.format("b"), "a/z.yml": pod.format("az").rstrip("\n"), "c.txt": "no: [",
             ".hidden.yaml": "no: [", "d.json": json.dumps(yaml.safe_load(pod.format("d")))}
    with folder(files) as path:
        out = done(pillion("inject", "-f", path, "-f", path / "b.yaml"))
        assert [d["metadata"]["name"] for d in yaml.safe_load_all(out)] == ["az", "b", "d"]
    with folder({"notes.txt": ""}) as path:
        result = pillion("inject", "-f", path)
        assert result.returncode == 2 and b"has no .yaml, .yml, .json file" in result.stderr, programs.told(result)
    result = pillion("inject", "-f", "-", "-f", "-", stdin=pod)
    assert result.returncode == 2 and b"standard input is named twice" in result.stderr, programs.told(result)


@check("a file with a denied pod is left out, the others are written, and the exit is 1")
def denied():
    with folder({"a.yaml": pod.format("a"), "b.yaml": pod.format("b").replace("log-s", "logs-"), "c.yaml": pod.format("c")}) as path:
        out = done(pillion("inject", "-f", path), 1)
        assert [d["metadata"]["name"] for d in yaml.safe_load_all(out)] == ["a", "c"]
        before = tree(path)
        done(pillion("inject", "--in-place", "-f", path), 1)
        after = tree(path)
        assert [name for name in before if before[name] != after[name]] == ["a.yaml", "c.yaml"]


@check("empty input and input of comments alone come back as they are", cases=[
    ("nothing at all", ""), ("a blank line", "\n"), ("a comment", "# nothing\n"), ("a separator", "---\n"),
])
def nothing(_, text):
    assert done(pillion("inject", "-f", "-", stdin=text)) == text.encode()


@check("text that cannot be read is an error with its place, and nothing is written", cases=[
    ("an open bracket", "a: [\n"), ("a key twice", "a: 1\na: 2\n"), ("an alias of nothing", "a: *b\n"),
    ("a tab", "\ta: 1\n"), ("a foreign tag", "a: !mine 1\n"), ("JSON that ends early", "{\"a\": 1\n"),
])
def refused(_, text):
    with folder({"x.yaml": text}) as path:
        result = pillion("inject", "--in-place", "-f", path / "x.yaml")
        assert result.returncode == 2 and b"x.yaml:" in result.stderr, programs.told(result)
        assert tree(path) == {"x.yaml": text.encode()}
        assert done(pillion("inject", "-f", path / "x.yaml"), 2) == b""


# In place


@check("--in-place keeps permissions and links, and a second run changes nothing")
def in_place():
    with folder({"real/a.yaml": pod.format("a")}) as path:
        real = path / "real" / "a.yaml"
        real.chmod(0o640)
        (path / "link.yaml").symlink_to(real)
        done(pillion("inject", "--in-place", "-f", path / "link.yaml"))
        assert (path / "link.yaml").is_symlink() and stat.S_IMODE(real.stat().st_mode) == 0o640
        assert b"initContainers" in real.read_bytes()
        before, inode = tree(path), real.stat().st_ino
        done(pillion("inject", "--in-place", "-f", path))
        assert tree(path) == before and real.stat().st_ino == inode, "nothing is to be written a second time"
        done(pillion("uninject", "--in-place", "-f", path))
        assert real.read_text() == pod.format("a") and set(tree(path)) == {"real/a.yaml", "link.yaml"}


@check("--in-place that is killed leaves whole files, injected or not", cases=["SIGKILL", "SIGTERM"])
def interrupted(name):
    names = [f"{index:03}" for index in range(300)]
    with folder({f"{n}.yaml": pod.format(f"p{n}") for n in names}) as path:
        first = path / "000.yaml"
        whole = done(pillion("inject", "-f", first))
        words = [programs.pillion, "inject", "--catalog", str(programs.shipped_catalog), "--in-place", "-f", str(path)]
        run = subprocess.Popen(words, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while first.read_bytes() != whole and time.monotonic() < deadline:
            time.sleep(0.001)
        run.send_signal(getattr(signal, name))
        run.wait(timeout=30)
        for n in names:
            text = (path / f"{n}.yaml").read_text()
            assert text in (pod.format(f"p{n}"), whole.decode().replace("p000", f"p{n}")), f"{n}: {text}"
        if name == "SIGTERM":
            assert {p.name for p in path.iterdir()} == {f"{n}.yaml" for n in names}
        done(pillion("inject", "--in-place", "-f", path))
        assert (path / "299.yaml").read_text() == whole.decode().replace("p000", "p299")


@check("a progress line is for a terminal only, and is gone in the end")
def progress():
    # So many that no machine is done before the line is due, after a tenth of a second.
    names = [f"{index:04}" for index in range(1500)]
    with folder({f"{n}.yaml": pod.format(f"p{n}") for n in names}) as path:
        words = [programs.pillion, "inject", "--catalog", str(programs.shipped_catalog), "-f", str(path)]
        assert b"of 1500" not in programs.run(*words).stderr
        leader, follower = pty.openpty()
        run = subprocess.Popen(
            words, stdout=subprocess.DEVNULL, stderr=follower, env={**os.environ, "TERM": "xterm"}
        )
        os.close(follower)
        shown = b""
        with contextlib.suppress(OSError):
            while chunk := os.read(leader, 65536):
                shown += chunk
        os.close(leader)
        assert run.wait(timeout=60) == 0
        assert b" of 1500 files" in shown, shown[-200:]
        assert b"\x1b[K" in shown.rpartition(b" of 1500 files")[2], shown[-200:]


# YAML of others

tricky = [
    "y", "Y", "n", "yes", "NO", "on", "off", "true", "False", "null", "Null", "~", "", "1e3", "1E3", "0o17", "017", "0x1F",
    "0b11", "1_000", "12:30:45", "190:20:30", "2024-01-01", "2024-01-01T10:00:00Z", ".inf", "-.INF", ".nan", "1.0", ".5",
    "5.", "+1", "-0", "007", "08", "a: b", "a #b", "#a", "a:", ": a", "- a", "-", "?", "? a", "*a", "&a", "!a", "!!str a",
    "|", ">", "%a", "@a", "`a", "'a'", '"a"', "{a}", "[a]", "a, b", " lead", "trail ", "tab\t", "\ttab", "a\nb", "a\nb\n",
    "a\n\n\n", "\na", "  a\nb", "a\r\nb", "a\rb", "nel\u0085nel", "ls\u2028ls", "ps\u2029ps", "\ufeffbom", "bom\ufeff",
    "\U0001f680", "日本", "é", "e\u0301", "\u00a0", "\x1b[0m", "\x7f", "---", "...", "--- a", "<<", "=", "\\", "\\n",
    "x" * 3000, "word " * 400, "\u200b", "\ue000", "0.", "1e+3", "0x", "1__0", "12e03", "-2E+05", "Infinity", "NaN", "nan",
]


def tricky_pod():
    keys = {f"k{index}": text for index, text in enumerate(tricky)}
    metadata = {"name": "tricky", "namespace": "lab", "annotations": {"pillion.dev/inject": "log-shipper", **keys}}
    env = [{"name": f"E{index}", "value": text} for index, text in enumerate(tricky)]
    # The kubelet's own references are no matter of YAML.
    container = {"name": "app", "image": "registry.example/app:1", "env": env}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {"containers": [container]}}


@check("Python's YAML 1.1 reads each tricky string of the output as that string")
def python_reads():
    value = tricky_pod()
    text = done(pillion("inject", "-o", "yaml", "-f", "-", stdin=json.dumps(value)))
    as_json = json.loads(done(pillion("inject", "-o", "json", "-f", "-", stdin=json.dumps(value))))
    assert yaml.safe_load(text) == as_json
    for index, string in enumerate(tricky):
        assert as_json["metadata"]["annotations"][f"k{index}"] == string


@check("Go's YAML, in kubectl, reads each tricky string of the output as that string")
def kubectl_reads():
    value = tricky_pod()
    text = done(pillion("inject", "-o", "yaml", "-f", "-", stdin=json.dumps(value)))
    as_json = json.loads(done(pillion("inject", "-o", "json", "-f", "-", stdin=json.dumps(value))))
    got = json.loads(kubectl("create", "--dry-run=client", "--validate=false", "-o", "json", "-f", "-", stdin=text))
    assert got["metadata"]["annotations"] == as_json["metadata"]["annotations"]
    assert got["spec"]["containers"][0]["env"] == as_json["spec"]["containers"][0]["env"]


# Tools of others


def kubectl(*words, stdin=b""):
    """kubectl's output. A dry run by the client alone still asks a server which kinds there are."""
    with discovery.server() as (config, cache):
        words = ["--kubeconfig", config, "--cache-dir", cache, *words]
        return done(programs.run(judges.kubectl, *words, stdin=stdin))


@check("kubectl reads what inject prints", cases=["create", "apply"])
def kubectl_takes(verb):
    text = done(pillion("inject", "-f", "-", stdin=pod.format("shop")))
    got = json.loads(kubectl(verb, "--dry-run=client", "--validate=false", "-o", "json", "-f", "-", stdin=text))
    assert got["spec"]["initContainers"][0]["restartPolicy"] == "Always"


def chart(path):
    """A chart with a Deployment, a Service, a hook and a test, below `path`."""
    deployment = (hack / "kustomize" / "base" / "deployment.yaml").read_text()
    deployment = deployment.replace("  name: shop\n", "  name: {{ .Release.Name }}-shop\n", 1).replace(
        "      labels: {app: shop}\n", "      labels: {app: shop}\n      annotations: {pillion.dev/inject: log-shipper}\n"
    )
    hook = pod.format("hook").replace("  annotations: {", "  annotations: {helm.sh/hook: pre-install, ")
    files = {
        "Chart.yaml": "apiVersion: v2\nname: shop\nversion: 0.1.0\n",
        "templates/deployment.yaml": deployment,
        "templates/service.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: shop}  # quiet\nspec: {ports: [{port: 80}]}\n",
        "templates/hook.yaml": hook,
    }
    for name, text in files.items():
        file = path / "shop" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return path / "shop"


def helm(path, *words):
    environment = {
        "HELM_PLUGINS": str(path / "plugins"), "HELM_CONFIG_HOME": str(path / "config"),
        "HELM_CACHE_HOME": str(path / "cache"), "HELM_DATA_HOME": str(path / "data"),
        "PILLION": programs.pillion, "PILLION_CATALOG": str(programs.shipped_catalog),
    }
    return done(programs.run(judges.helm, *words, environment=environment, cwd=path))


def check_release(text, sources):
    documents = [d for d in yaml.safe_load_all(text) if d]
    names = {d["kind"] + "/" + d["metadata"]["name"]: d for d in documents}
    spec = names["Deployment/r-shop"]["spec"]["template"]["spec"]
    assert [c["name"] for c in spec["initContainers"]] == ["log-shipper"], spec
    assert text.count(b"# Source: shop/templates/") == sources, text
    return names


@check("helm template | pillion inject: sources and hooks are kept, only the pods change")
def helm_pipe():
    with folder({}) as path:
        rendered = helm(path, "template", "r", chart(path))
        out = done(pillion("inject", "-f", "-", stdin=rendered))
        names = check_release(out, rendered.count(b"# Source: shop/templates/"))
        assert "initContainers" in names["Pod/hook"]["spec"]
        assert b"metadata: {name: shop}  # quiet" in out
        assert done(pillion("uninject", "-f", "-", stdin=out)) == rendered


@check("the post-renderer plugin of Helm 4 injects a release")
def helm_plugin():
    with folder({}) as path:
        shutil.copytree(hack / "helm" / "pillion", path / "plugins" / "pillion")
        out = helm(path, "template", "r", chart(path), "--post-renderer", "pillion")
        check_release(out, out.count(b"# Source: shop/templates/"))


@check("the post-renderer of Helm 3 is a filter: manifests in, injected ones out, a denial fails")
def helm_filter():
    script = hack / "helm" / "post-render.sh"
    environment = {"PILLION": programs.pillion, "PILLION_CATALOG": str(programs.shipped_catalog), "HELM_NAMESPACE": "lab"}
    text = "---\n# Source: shop/templates/pod.yaml\n" + pod.format("shop")
    out = done(programs.run(script, stdin=text, environment=environment))
    assert out.startswith(b"---\n# Source: shop/templates/pod.yaml\n") and b"initContainers" in out
    assert done(programs.run(script, stdin=text.replace("log-s", "logs-"), environment=environment), 1) == b""


@check("kubectl kustomize and pillion inject in a pipe")
def kustomize_pipe():
    built = done(programs.run(judges.kubectl, "kustomize", hack / "kustomize" / "base"))
    out = yaml.safe_load(done(pillion("inject", "-f", "-", stdin=built)))
    assert out["spec"]["template"]["spec"]["initContainers"][0]["name"] == "log-shipper"


@check("kubectl kustomize calls Pillion as a transformer")
def kustomize_plugin():
    environment = {
        "KUSTOMIZE_PLUGIN_HOME": str(hack / "kustomize" / "plugin"), "PILLION": programs.pillion,
        "PILLION_CATALOG": str(programs.shipped_catalog),
    }
    words = [judges.kubectl, "kustomize", "--enable-alpha-plugins", hack / "kustomize" / "injected"]
    out = yaml.safe_load(done(programs.run(*words, environment=environment)))
    assert out["spec"]["template"]["spec"]["initContainers"][0]["name"] == "log-shipper"
    assert out["metadata"] == {"name": "shop", "namespace": "shop"}, "kustomize's own annotations are gone"


@check("the KRM function of the example answers a ResourceList as kustomize sends it")
def kustomize_function():
    configuration = yaml.safe_load((hack / "kustomize" / "function" / "inject.yaml").read_text())
    built = done(programs.run(judges.kubectl, "kustomize", hack / "kustomize" / "base"))
    value = {"apiVersion": "config.kubernetes.io/v1", "kind": "ResourceList",
             "items": [yaml.safe_load(built)], "functionConfig": configuration}
    before = copy.deepcopy(value)
    environment = {"PILLION": programs.pillion, "PILLION_CATALOG": str(programs.shipped_catalog)}
    script = hack / "kustomize" / "function" / "inject.sh"
    out = yaml.safe_load(done(programs.run(script, stdin=yaml.safe_dump(value), environment=environment)))
    assert out["items"][0]["spec"]["template"]["spec"]["initContainers"][0]["name"] == "log-shipper"
    assert out["functionConfig"] == before["functionConfig"] and out["results"][0]["field"]["path"] == "spec.template"


@check("every command of the page about manifests runs, and the file is as it was")
def page():
    text = (programs.repository / "Sources/pillion/Documentation.docc/Offline.md").read_text()
    commands = text.split("<!-- session: offline -->\n```sh\n")[1].split("```")[0].splitlines()
    deployment = (hack / "kustomize" / "base" / "deployment.yaml").read_text()
    deployment = deployment.replace("labels: {app: shop}\n", "labels: {app: shop}\n      annotations: {pillion.dev/inject: log-shipper}\n")
    with folder({"deployment.yaml": deployment}) as path:
        environment = {"PATH": f"{programs.folder}:{os.environ['PATH']}", "PILLION_CATALOG": str(programs.shipped_catalog)}
        assert len(commands) >= 6
        for command in commands:
            done(programs.run("bash", "-euo", "pipefail", "-c", command, cwd=path, environment=environment))
        assert (path / "deployment.yaml").read_text() == deployment
        assert "restartPolicy: Always" in (path / "injected.yaml").read_text()
