#!/usr/bin/env bash
# Holds the chart against the programs of others: its derived files, `helm lint` and `helm template` of every value file
# of charts/pillion/ci, yamllint, hadolint, the size of the package, and checkov.
#
#   hack/verify-chart.sh               checkov only where it is installed already; says so when it is not
#   hack/verify-chart.sh --checkov     installs checkov as well, which takes a minute or two
#
# What the objects are and do is checked by Tests/EndToEnd (chart*.py), against the program.
# PILLION_BIN_DIR names the folder of the programs (default: .build-release/release).
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source hack/terminal.sh

readonly chart=charts/pillion checkov_version=3.3.30
# A release is a Secret of at most 1 MiB, and it holds the chart. Leave room for values and what is rendered.
readonly largest_package=200000

install_checkov=false
case "${1:-}" in
    '') ;;
    --checkov) install_checkov=true ;;
    *) printf 'usage: hack/verify-chart.sh [--checkov]\n' >&2 && exit 64 ;;
esac

bin="$(hack/tools.sh)"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
export HELM_CACHE_HOME="$folder/cache" HELM_CONFIG_HOME="$folder/config" HELM_DATA_HOME="$folder/data" KUBECONFIG=/dev/null

cases() { find "$chart/ci" -maxdepth 1 -name '*-values.yaml' | sort; }

# Runs a command quietly; its output is told when it fails.
holds() {
    local what="$1"
    shift
    if ! "$@" >"$folder/log" 2>&1; then
        tail -n 100 "$folder/log" >&2
        die "$what"
    fi
    passed "$what"
}

render_all() {
    local file name
    mkdir "$folder/rendered"
    while IFS= read -r file; do
        name="$(basename "$file" -values.yaml)"
        "$bin/helm" template pillion "$chart" --namespace pillion-system --values "$file" >"$folder/rendered/$name.yaml"
    done < <(cases)
}

lint_all() {
    local arguments=() file
    while IFS= read -r file; do
        arguments=(--strict --namespace pillion-system --values "$file")
        "$bin/helm" lint "$chart" "${arguments[@]}"
    done < <(cases)
}

check_package() {
    local size
    "$bin/helm" package "$chart" --destination "$folder/package"
    size="$(stat --format=%s "$folder"/package/pillion-*.tgz)"
    [[ "$size" -le "$largest_package" ]] || { printf 'the package has %d bytes\n' "$size" && return 1; }
    tar --list --file "$folder"/package/pillion-*.tgz >"$folder/names"
    grep -qx 'pillion/catalog/catalog.yaml' "$folder/names"
    grep -qx 'pillion/templates/tests/injection.yaml' "$folder/names"
    if grep -E '^pillion/(tests|ci)/' "$folder/names"; then return 1; fi
}

# checkov is large, so it has an environment of its own beside the tools.
find_checkov() {
    local environment
    environment="$(dirname "$(dirname "$bin")")/checkov-$checkov_version"
    checkov="$environment/bin/checkov"
    if $install_checkov && [[ ! -e "$environment/complete" ]]; then
        rm -rf "$environment"
        "$bin/python3" -m venv "$environment"
        "$environment/bin/python" -m pip --quiet --disable-pip-version-check --no-input install "checkov==$checkov_version"
        touch "$environment/complete"
    fi
    [[ -e "$environment/complete" ]]
}

heading "Chart"
holds "the policy, the table of values and the golden files are up to date" hack/update-chart.sh --check
holds "helm lint takes every value file" lint_all
render_all
holds "$(cases | wc -l) value files are rendered" test -s "$folder/rendered/default.yaml"
mapfile -t written < <(find "$chart" certs hack -name '*.yaml' -not -path '*/templates/*' -not -path '*/golden/*' \
    -not -path '*/tests/*' -not -name policy.yaml | sort)
holds "yamllint takes ${#written[@]} files as written" "$bin/yamllint" --strict --config-file hack/chart/yamllint.yaml "${written[@]}"
holds "yamllint takes what is rendered" "$bin/yamllint" --config-file hack/chart/yamllint.yaml "$folder/rendered"
holds "hadolint takes the Containerfile" "$bin/hadolint" --failure-threshold info hack/image/Containerfile
holds "the package is small and has no tests in it" check_package
if find_checkov; then
    holds "checkov finds nothing" env BC_SKIP_MAPPING=TRUE "$checkov" --config-file hack/chart/checkov.yaml --directory "$folder/rendered"
else
    remark "checkov is NOT run: hack/verify-chart.sh --checkov installs it"
fi
