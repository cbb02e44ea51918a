#!/usr/bin/env bash
# Packs `kubectl pillion` for krew: an archive with the program and the manifest that names it by its hash.
#
#   hack/krew.sh FOLDER
#   kubectl krew install --manifest=FOLDER/pillion.yaml --archive=FOLDER/kubectl-pillion-linux-amd64.tar.gz
#
# The manifest is hack/krew/pillion.yaml with version, system, hash and address filled in. The same program gives the
# same bytes. PILLION_BIN_DIR names the folder of the programs (default: built by hack/build-release.sh).
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source "$root/hack/terminal.sh"

[[ $# -eq 1 && "$1" != -* ]] || { printf 'usage: hack/krew.sh FOLDER\n' >&2; exit 64; }
mkdir -p "$1"
output="$(cd "$1" && pwd)"
bin="$("$root/hack/build-release.sh")"
version="$("$bin/pillion" --version | sed -nE 's/^pillion ([0-9][^ ]*)$/\1/p')"
[[ -n "$version" ]] || die "$bin/pillion does not say its version"
case "$(uname -m)" in
    x86_64) architecture=amd64 ;;
    aarch64) architecture=arm64 ;;
    *) die "no name for this architecture: $(uname -m)" ;;
esac

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
epoch="${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || printf 0)}"
archive="kubectl-pillion-linux-$architecture.tar.gz"

# The program finds the shipped catalog beside itself, as it does where hack/install.sh puts it.
install -D -m 755 "$bin/pillion" "$folder/bin/kubectl-pillion"
strip --strip-all "$folder/bin/kubectl-pillion"
install -D -m 644 -t "$folder/share/pillion/catalog" "$root"/charts/pillion/catalog/*.yaml
install -m 644 "$root/LICENSE" "$folder/LICENSE"
tar --create --directory "$folder" --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --format=gnu \
    LICENSE bin share | gzip --no-name --best >"$output/$archive"

sed -e "s|@VERSION@|$version|g" -e "s|@ARCHITECTURE@|$architecture|g" -e "s|@ARCHIVE@|$archive|g" \
    -e "s|@SHA256@|$(sha256sum "$output/$archive" | cut -d' ' -f1)|g" \
    <(grep -v '^#' "$root/hack/krew/pillion.yaml") >"$output/pillion.yaml"
passed "$output/$archive, $(stat --format=%s "$output/$archive" | numfmt --to=iec), and pillion.yaml for it"
