"""The engine's own promises, through the server: patches apply, once, and touch nothing else."""

import copy
import json
import os
import random
import tempfile
import time

from harness import api_server, fixtures, judges, programs
from harness.server import Webhook
from suite.case import NotRun, fault
from suite.evanphx import APIServerLibrary


def entries():
    """The sidecars of the shipped catalog."""
    result = programs.run(programs.pillion, "catalog", "list", "--catalog", programs.shipped_catalog, "-o", "json")
    if result.returncode == 0:
        listed = json.loads(result.stdout)
        listed = listed.get("sidecars", listed) if isinstance(listed, dict) else listed
        return [entry["name"] for entry in listed]
    return ["log-shipper", "proxy"]


@fault(2, "Fuzzing of every parser", fast=False, seconds=20_000)
def fuzzing(run):
    seconds = os.environ.get("PILLION_FAULTS_FUZZ_SECONDS")
    if not seconds:
        raise NotRun("builds a program of its own: hack/fuzz.sh 600, or set PILLION_FAULTS_FUZZ_SECONDS")
    result = programs.run(programs.repository / "hack" / "fuzz.sh", seconds, seconds=19_000)
    run.equal("exit status of hack/fuzz.sh", result.returncode, 0)
    for line in result.stdout.decode(errors="replace").splitlines():
        run.note(line.strip())


def apply(patch, pod):
    import jsonpatch

    return jsonpatch.apply_patch(pod, patch)


def foreign_changes(pod, order):
    """What other webhooks do to a pod between two calls, in some order."""
    pod = copy.deepcopy(pod)

    def label():
        pod["metadata"].setdefault("labels", {})["mesh.example/on"] = "true"

    def container():
        pod["spec"]["containers"].append({"name": "foreign", "image": "foreign.example/a:1"})

    def variable():
        for one in pod["spec"]["containers"]:
            one.setdefault("env", []).append({"name": "FOREIGN", "value": "1"})

    for change in order:
        {0: label, 1: container, 2: variable}[change]()
    return pod


@fault(24, "A second call, after other webhooks and the API server's defaults: nothing is left to do", seconds=600)
def again(run):
    generator = random.Random(24)
    pairs, wrong = 0, []
    names = [name for name in fixtures.names if fixtures.is_pod_creation(fixtures.load(name))]
    sidecars = entries()
    wishes = [*sidecars, ", ".join(sidecars), "log-shipper, proxy"]
    with Webhook() as webhook:
        connection = webhook.connection()

        def ask(review):
            status, _, answer = connection.mutate(fixtures.encode(review))
            assert status == 200, answer
            return fixtures.operations(fixtures.answer(answer))

        for name in names:
            for wish in wishes:
                review = fixtures.asking(name, **{"pillion.dev/inject": wish})
                patch = ask(review)
                pairs += 1
                if not patch:
                    continue
                pod = apply(patch, review["request"]["object"])
                orders = [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)] if not run.fast else [generator.sample(range(3), 3)]
                for later in [pod, api_server.admit_again(pod), *(foreign_changes(pod, order) for order in orders)]:
                    if ask(fixtures.with_object(review, later)):
                        wrong.append((name, wish))
                    pairs += 1
        connection.close()
        webhook.alive()
    run.equal(f"second calls that patch again, of {pairs:,}", len(wrong), 0)
    for item in wrong[:5]:
        run.note(str(item))
    run.note(f"{len(names)} captured pods, wishes: {wishes}")


def random_pod(generator):
    """A captured pod with parts of others in it."""
    pod = copy.deepcopy(generator.choice(random_pod.all))
    other = generator.choice(random_pod.all)
    for key, value in other["spec"].items():
        if key not in ("containers",) and generator.random() < 0.3:
            pod["spec"][key] = copy.deepcopy(value)
    if generator.random() < 0.4:
        for n in range(generator.randint(1, 4)):
            pod["spec"]["containers"].append({"name": f"more-{n}", "image": f"example.com/a:{n}"})
    if generator.random() < 0.3:
        for one in pod["spec"]["containers"]:
            one["x~/y"] = generator.choice([1, None, "\u2028", [], {"": {}}])
    return pod


@fault(26, "Random pods: the patch applies for others as well, and leaves what is there alone", seconds=1800)
def random_pods(run):
    import jsonpatch  # noqa: F401 - missing, it is told as an error of the case

    seed = int(time.time())
    generator = random.Random(seed)
    random_pod.all = [
        fixtures.load(name)["request"]["object"] for name in fixtures.names
        if fixtures.is_pod_creation(fixtures.load(name)) and len(fixtures.body(name)) < 30_000
    ]
    count, patched, wrong = run.count(20_000, 500), 0, []
    sidecars = entries()
    with Webhook() as webhook, tempfile.TemporaryDirectory() as folder:
        library = None if run.fast else APIServerLibrary(folder)
        connection = webhook.connection()
        for _ in range(count):
            review = fixtures.load("minimal")
            review["request"]["object"] = random_pod(generator)
            wish = ", ".join(generator.sample(sidecars, generator.randint(1, min(3, len(sidecars)))))
            review = fixtures.annotate(review, {**fixtures.request_annotations, "pillion.dev/inject": wish})
            status, _, answer = connection.mutate(fixtures.encode(review))
            if status != 200:
                wrong.append((status, answer[:200]))
                continue
            patch = fixtures.operations(fixtures.answer(answer))
            if not patch:
                continue
            patched += 1
            before = review["request"]["object"]
            after = apply(patch, before)
            problem = changed(before, after)
            if problem or any(operation["op"] != "add" for operation in patch):
                wrong.append((problem, wish))
            if library:
                library.take(before, patch, after)
        connection.close()
        webhook.alive()
        if library:
            run.equal("patches tried by the API server's library, and wrong there", library.result(), [patched, 0])
    run.equal(f"wrong patches of {patched:,}", len(wrong), 0)
    run.least("pods that were patched", patched, count // 4)
    run.note(f"{count:,} pods, seed {seed}; by Python's jsonpatch. The engine's own property test tries 100,000 more "
             "(PILLION_PROPERTY_PODS)")
    for item in wrong[:5]:
        run.note(str(item))


def changed(before, after):
    """A field of the pod that is neither as it was nor added to, or None."""
    for key, value in before["spec"].items():
        later = after["spec"].get(key)
        if key in ("containers", "initContainers", "volumes"):
            for one in value or []:
                twin = next((other for other in later or [] if other.get("name") == one.get("name")), None)
                if twin is None:
                    return f"{key} {one.get('name')} is gone"
                for field, content in one.items():
                    if field not in ("env", "volumeMounts") and twin.get(field) != content:
                        return f"{key} {one.get('name')}: {field} has changed"
        elif later != value:
            return f"spec.{key} has changed"
    return None
