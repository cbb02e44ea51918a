#!/usr/bin/env bash
# Installs the programs with the catalog, completion scripts, manual pages and the plugin of kubectl.
#
#   hack/install.sh [PREFIX]     /usr/local by default
#
# PILLION_BIN_DIR names the folder of the programs (default: .build-release/release, where hack/build-release.sh leaves
# them). Overwrites what an earlier version put there, nothing else.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source "$root/hack/terminal.sh"

prefix="${1:-/usr/local}"
programs="${PILLION_BIN_DIR:-$root/.build-release/release}"
share="$prefix/share"

[[ -x "$programs/pillion" ]] || die "$programs/pillion is not there; run hack/build-release.sh first"

install -d "$prefix/bin" "$share/pillion/catalog" "$share/man/man1" \
    "$share/bash-completion/completions" "$share/zsh/site-functions" "$share/fish/vendor_completions.d"
for program in pillion pillion-proxy; do
    if [[ -x "$programs/$program" ]]; then install -m 755 "$programs/$program" "$prefix/bin/$program"; fi
done
ln -sfn pillion "$prefix/bin/kubectl-pillion"
install -m 644 "$root"/charts/pillion/catalog/*.yaml "$share/pillion/catalog/"

pillion="$prefix/bin/pillion"
"$pillion" completions bash >"$share/bash-completion/completions/pillion"
"$pillion" completions zsh >"$share/zsh/site-functions/_pillion"
"$pillion" completions fish >"$share/fish/vendor_completions.d/pillion.fish"
while read -r -a words; do
    name="$(IFS=-; printf '%s' "pillion${words[*]:+-${words[*]}}")"
    "$pillion" manual "${words[@]}" >"$share/man/man1/$name.1"
done < <("$pillion" manual --list)
passed "installed below $prefix; $("$pillion" --version)"
