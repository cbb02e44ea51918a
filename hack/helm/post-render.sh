#!/bin/sh
# Injects what Helm has rendered: standard input to standard output, the reasons on standard error.
#
#   helm upgrade --install shop ./shop --post-renderer hack/helm/post-render.sh          Helm 3
#   helm upgrade --install shop ./shop --post-renderer hack/helm/post-render.sh --post-renderer-args --namespace=shop
#
# Helm 4 wants a plugin instead: `helm plugin install hack/helm/pillion`, then `--post-renderer pillion`.
# PILLION names the program (default: pillion on the PATH). A denied pod ends it with 1, and Helm then changes nothing.
set -eu
exec "${PILLION:-pillion}" inject --namespace "${HELM_NAMESPACE:-default}" -f - "$@"
