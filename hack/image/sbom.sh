#!/usr/bin/env bash
# Writes the bill of materials of the image's file tree to standard output, as SPDX 2.3 in JSON: the programs, the Swift
# packages that are linked into them, and the Debian packages whose files are there.
#
#   hack/image/sbom.sh ROOT
#
# Made from what lies in the tree; the versions of the Swift packages are those of the build (Package.resolved), or those
# that Package.swift pins where nothing was built here. The same tree gives the same bytes.
set -euo pipefail

root="$1"
repository="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"

epoch="${SOURCE_DATE_EPOCH:-$(git -C "$repository" log -1 --format=%ct 2>/dev/null || printf 0)}"

# name, version and address of each Swift package, separated by tabs.
swift_packages() {
    if [[ -e "$repository/Package.resolved" ]]; then
        jq --raw-output '.pins[] | [.identity, .state.version, .location] | @tsv' "$repository/Package.resolved"
    else
        sed -nE 's|.*\.package\(url: "([^"]*/([^/"]*)\.git)", exact: "([^"]*)"\).*|\2\t\3\t\1|p' "$repository/Package.swift"
    fi
    if command -v swift >/dev/null; then
        printf 'swift\t%s\thttps://github.com/swiftlang/swift.git\n' \
            "$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9.]+).*/\1/p' | head -n 1)"
    fi
}

# name, version and architecture of each Debian package, separated by tabs.
debian_packages() {
    local record
    for record in "$root"/var/lib/dpkg/status.d/*; do
        awk -F': ' '/^(Package|Version|Architecture): / { found[$1] = $2 }
            END { printf "%s\t%s\t%s\n", found["Package"], found["Version"], found["Architecture"] }' "$record"
    done
}

# path, SHA-1 (which SPDX asks for) and SHA-256 of each program, separated by tabs.
programs() {
    local program
    for program in "$root"/usr/bin/pillion "$root"/usr/bin/pillion-proxy; do
        printf '%s\t%s\t%s\n' "${program#"$root"}" "$(sha1sum "$program" | cut -d' ' -f1)" "$(sha256sum "$program" | cut -d' ' -f1)"
    done
}

jq --null-input --sort-keys \
    --arg created "$(date --utc --date="@$epoch" +%Y-%m-%dT%H:%M:%SZ)" \
    --arg version "$(sed -nE 's/^appVersion: (.*)$/\1/p' "$repository/charts/pillion/Chart.yaml")" \
    --arg swift "$(swift_packages | LC_ALL=C sort -u)" \
    --arg debian "$(debian_packages)" \
    --arg programs "$(programs)" \
    --from-file "$repository/hack/image/sbom.jq"
