#!/usr/bin/env bash
# For people with Docker: a cluster by kind, the image built from this tree, the chart, and a pod with sidecars.
#
#   hack/kind-up.sh             makes what is not there yet, and may be run again
#   hack/kind-up.sh --dry-run   prints the commands and runs none
#   hack/kind-up.sh --delete    deletes the cluster
#
# Wants docker, kind, kubectl and helm on the PATH; kubectl and helm are those of hack/tools.sh where they are missing.
# PILLION_KIND_CLUSTER names the cluster (default: pillion), PILLION_KIND_IMAGE its node image (default: kind's own).
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source hack/terminal.sh

readonly cluster="${PILLION_KIND_CLUSTER:-pillion}"
version="$(sed -nE 's/^appVersion: (.*)$/\1/p' charts/pillion/Chart.yaml)"
# Under the released name: the catalog's proxy is the same image.
readonly version image="ghcr.io/pillion-dev/pillion:$version" busybox=docker.io/library/busybox:1.37.0
readonly archive="$root/.build-release/pillion-kind.tar" context="kind-$cluster"

dry=false delete=false
case "${1:-}" in
    '') ;;
    --dry-run) dry=true ;;
    --delete) delete=true ;;
    *) printf 'usage: hack/kind-up.sh [--dry-run | --delete]\n' >&2 && exit 64 ;;
esac

# Prints a command, and runs it unless only the commands are wanted.
run() {
    remark "$(printf '%q ' "$@")"
    $dry || "$@"
}

wanted() {
    local program missing=()
    for program in kubectl helm; do
        command -v "$program" >/dev/null || { PATH="$PATH:$(hack/tools.sh)" && export PATH; }
    done
    for program in docker kind kubectl helm; do
        command -v "$program" >/dev/null || missing+=("$program")
    done
    [[ ${#missing[@]} -eq 0 ]] || die "not on the PATH: ${missing[*]}; kind is at https://kind.sigs.k8s.io, docker at https://docs.docker.com"
}

$dry || wanted
if $delete; then
    run kind delete cluster --name "$cluster"
    exit
fi

heading "Cluster"
if $dry || ! kind get clusters 2>/dev/null | grep -qx "$cluster"; then
    run kind create cluster --name "$cluster" --wait 2m ${PILLION_KIND_IMAGE:+--image "$PILLION_KIND_IMAGE"}
fi

heading "Image"
run hack/image.sh --tag "$image" --output "$archive"
run kind load image-archive "$archive" --name "$cluster"

heading "Chart"
run helm upgrade pillion charts/pillion --install --kube-context "$context" --namespace pillion-system --create-namespace \
    --set image.pullPolicy=Never --set webhook.advise.enabled=true --wait --timeout 3m
# The image may be another one under the same name.
run kubectl --context "$context" --namespace pillion-system rollout restart deployment/pillion
run kubectl --context "$context" --namespace pillion-system rollout status deployment/pillion --timeout 3m
run helm test pillion --kube-context "$context" --namespace pillion-system
run kubectl --context "$context" label namespace pillion-system pod-security.kubernetes.io/enforce=restricted --overwrite

heading "Demonstration"
run docker pull --quiet "$busybox"
run kind load docker-image "$busybox" --name "$cluster"
run kubectl --context "$context" apply -f hack/demo/namespace.yaml -f hack/demo/log-shipper.yaml
run kubectl --context "$context" --namespace pillion-demo rollout status deployment/writer --timeout 3m
run kubectl --context "$context" --namespace pillion-demo logs deployment/writer --container log-shipper --tail 3
passed "kubectl --context $context --namespace pillion-demo get pods"
