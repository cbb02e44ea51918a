#!/usr/bin/env bash
# Writes Sources/CatalogLint/PodSchema+Kubernetes.swift: the fields of containers and volumes, with their types, as the
# OpenAPI definitions of Kubernetes have them. The definitions come from the PyPI package kubernetes-validate.
#
#   hack/update-pod-schema.sh           rewrites the file
#   hack/update-pod-schema.sh --check   changes nothing, fails when the file is stale
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source "$root/hack/terminal.sh"

readonly kubernetes=1.37.0
readonly table="$root/Sources/CatalogLint/PodSchema+Kubernetes.swift"

bin="$("$root/hack/tools.sh")"
written="$(mktemp)"
trap 'rm -f "$written"' EXIT

"$bin/../venv/bin/python" - "$kubernetes" >"$written" <<'PYTHON'
import json, pathlib, re, sys

import kubernetes_validate

release = sys.argv[1]
folder = pathlib.Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema" / f"v{release}-local"
definitions = json.loads((folder / "_definitions.json").read_text())["$defs"]
prefixes = ("io.k8s.api.core.v1.", "io.k8s.apimachinery.pkg.apis.meta.v1.")
plain = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": "quantity",
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "port",
    "io.k8s.apimachinery.pkg.apis.meta.v1.Time": "string",
    "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": "any",
}
types = {}


def spelled(schema):
    """The type of a field, and the types it leads to."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        if name in plain:
            return plain[name]
        short = next(name[len(p):] for p in prefixes if name.startswith(p))
        walk(name, short)
        return short
    kinds = schema.get("type", "any")
    kind = next((k for k in kinds if k != "null"), "any") if isinstance(kinds, list) else kinds
    if kind == "array":
        return f"[{spelled(schema['items'])}]"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"{{{spelled(inner)}}}" if isinstance(inner, dict) else "any"
    return kind


def walk(name, short):
    if short in types:
        return
    types[short] = None
    types[short] = {
        field: spelled(schema) for field, schema in sorted(definitions[name].get("properties", {}).items())
    }


for root in ("Container", "Volume"):
    walk(prefixes[0] + root, root)

print(f"""// Written by hack/update-pod-schema.sh from the OpenAPI definitions of Kubernetes {release}; do not edit.

extension PodSchema {{
    /// The release of Kubernetes that the fields are those of.
    public static let release = "{'.'.join(release.split('.')[:2])}"

    /// A line a type: its name, then its fields as `name:type`.
    ///
    /// `[T]` is a list, `{{T}}` an object with names of the author's choice.
    static let table = \"\"\"""")
for short in sorted(types):
    words = [short] + [f"{field}:{kind}" for field, kind in types[short].items()]
    line = "       "
    for word in words:
        if len(line) + len(word) > 115:
            print(line + " \\")
            line = "       "
        line += " " + word
    print(line)
print('        """')
print("}")
PYTHON

if [[ "${1:-}" == --check ]]; then
    cmp -s "$written" "$table" || die "${table#"$root"/} is stale; run hack/update-pod-schema.sh"
    passed "${table#"$root"/} is as Kubernetes $kubernetes has it"
else
    cp "$written" "$table"
    passed "wrote ${table#"$root"/}"
fi
