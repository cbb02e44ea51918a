#!/usr/bin/env bash
# Lays out the file tree of the image: the two programs, the Debian libraries they load, and no shell.
#
#   hack/image/root.sh BINARIES ROOT
#
# The libraries are this machine's own, so the image is built on the Debian release that it is to be. Prints the
# packages they belong to; their copyright files and package records go into the image, where scanners look for them.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
repository="$(cd "$here/../.." && pwd)"
binaries="$1" root="$2"

readonly programs=(pillion pillion-proxy)

# A path below the image's root, its folder made.
place() {
    mkdir -p "$root/$(dirname "$1")"
    printf '%s' "$root/$1"
}

# Every library the programs load, and the loader itself, as paths that exist here.
libraries() {
    ldd "${programs[@]/#/$binaries/}" | sed -nE 's/^.*(=> |[[:space:]])(\/[^ ]+) \(0x[0-9a-f]+\)$/\2/p' | sort -u
}

# The package that a file belongs to; packages still speak of /lib, which is /usr/lib here.
owner_of() {
    local path="$1"
    dpkg-query --search "$path" 2>/dev/null || dpkg-query --search "${path#/usr}" 2>/dev/null ||
        dpkg-query --search "/usr$path"
}

if ldd "${programs[@]/#/$binaries/}" | grep -q 'not found'; then
    printf 'root.sh: a library is missing:\n%s\n' "$(ldd "${programs[@]/#/$binaries/}" | grep 'not found')" >&2
    exit 1
fi

mkdir -p "$root"/usr/{bin,lib} "$root"/{etc,tmp,run,proc,sys,dev}
chmod 1777 "$root/tmp"
for link in lib lib64; do
    mkdir -p "$root/usr/$link"
    ln -s "usr/$link" "$root/$link"
done

for program in "${programs[@]}"; do
    install -m 755 "$binaries/$program" "$(place "usr/bin/$program")"
    strip --strip-all "$root/usr/bin/$program"
done
# `kubectl pillion`, where somebody copies the programs out of the image.
ln -s pillion "$root/usr/bin/kubectl-pillion"

packages=()
while IFS= read -r library; do
    # The name that the loader looks for, with the content that it stands for.
    install -m 755 "$(readlink -f "$library")" "$(place "$library")"
    packages+=("$(owner_of "$library" | head -n 1 | cut -d: -f1)")
done < <(libraries)
packages+=(ca-certificates openssl)
mapfile -t packages < <(printf '%s\n' "${packages[@]}" | sort -u)

install -m 644 /etc/ssl/certs/ca-certificates.crt "$(place etc/ssl/certs/ca-certificates.crt)"
install -m 644 /etc/ssl/openssl.cnf "$(place etc/ssl/openssl.cnf)"
mkdir -p "$root/usr/lib/ssl"
ln -s /etc/ssl/certs "$root/usr/lib/ssl/certs"
ln -s /etc/ssl/openssl.cnf "$root/usr/lib/ssl/openssl.cnf"
install -m 644 "$here"/{passwd,group,nsswitch.conf} "$root/etc/"
install -m 644 /etc/debian_version "$root/etc/debian_version"
install -m 644 /usr/lib/os-release "$(place usr/lib/os-release)"
ln -s ../usr/lib/os-release "$root/etc/os-release"

install -m 644 "$repository/LICENSE" "$(place usr/share/doc/pillion/LICENSE)"
install -m 644 -D -t "$root/usr/share/pillion/catalog" "$repository"/charts/pillion/catalog/*.yaml

for package in "${packages[@]}"; do
    install -m 644 "/usr/share/doc/$package/copyright" "$(place "usr/share/doc/$package/copyright")"
    dpkg-query --status "$package" >"$(place "var/lib/dpkg/status.d/$package")"
    dpkg-query --show --showformat='${Package} ${Version}\n' "$package"
done

"$here/sbom.sh" "$root" >"$root/usr/share/doc/pillion/sbom.spdx.json"
