#!/bin/sh
# The plugin's command: see plugin.yaml. PILLION names the program (default: pillion on the PATH).
set -eu
exec "${PILLION:-pillion}" inject --namespace "${HELM_NAMESPACE:-default}" -f - "$@"
