"""Foreign programs that judge a patch or an object: jsonpatch, kubectl and the Kubernetes schemas."""

import functools
import json
import os
import pathlib
import sys
import tempfile

import jsonpatch
import jsonschema
import referencing
from kubernetes_validate import utils as kubernetes_validate

from . import programs

# hack/tools.sh puts kubectl and helm into the folder `bin` beside the virtual environment of this interpreter.
kubectl = str(pathlib.Path(sys.prefix).parent / "bin" / "kubectl")
helm = str(pathlib.Path(sys.prefix).parent / "bin" / "helm")


def apply_with_python(document, operations):
    return jsonpatch.JsonPatch(operations).apply(document)


def apply_with_kubectl(document, operations):
    with tempfile.TemporaryDirectory() as folder:
        pod, patch = os.path.join(folder, "pod.json"), os.path.join(folder, "patch.json")
        with open(pod, "w", encoding="utf-8") as file:
            json.dump(document, file)
        with open(patch, "w", encoding="utf-8") as file:
            json.dump(operations, file)
        result = programs.run(
            kubectl, "patch", "--local", "--type=json", "-f", pod, "--patch-file", patch, "-o", "json",
            "--show-managed-fields",
            environment={"KUBECONFIG": "/dev/null"},
        )
    assert result.returncode == 0, programs.told(result)
    return json.loads(result.stdout)


@functools.lru_cache(maxsize=None)
def _validator(version, kind, api_version):
    folder = f"kubernetes-json-schema/v{version}.0-local-strict"
    group = api_version.split("/")[0].split(".")[0] + "-" + api_version.split("/")[1] if "/" in api_version else api_version
    schema = kubernetes_validate.schema_contents(f"{folder}/{kind.lower()}-{group}.json", version)
    definitions = kubernetes_validate.schema_contents(f"{folder}/_definitions.json", version)
    registry = referencing.Registry()
    for contents in (schema, definitions):
        registry = referencing.Resource.from_contents(contents) @ registry
    return jsonschema.validators.Draft202012Validator(schema, registry=registry)


def findings(document, version):
    """What the strict schema of a Kubernetes version finds, as a set of sentences."""
    validator = _validator(version, document["kind"], document["apiVersion"])
    return {f"/{'/'.join(str(p) for p in e.absolute_path)}: {e.message[:300]}" for e in validator.iter_errors(document)}
