#!/usr/bin/env bash
# Builds a container image with both programs and nothing else that runs: no shell, no package manager, user 65532.
# Needs no registry and no container engine; the same programs give the same bytes.
#
#   hack/image.sh [--tag NAME:TAG] [--output FILE]
#   hack/image.sh --check      builds it and shows that both programs run in it as they would in a cluster
#
# The file is an OCI archive that `docker load` reads as well:
#
#   podman load --input pillion.tar      docker load --input pillion.tar
#   buildah pull oci-archive:pillion.tar
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source "$root/hack/terminal.sh"

tag="ghcr.io/pillion-dev/pillion:0.1.0" output="$root/.build-release/pillion.tar" check=false
while [[ $# -gt 0 ]]; do
    case "$1" in
        --tag) tag="${2:?--tag wants NAME:TAG}" && shift 2 ;;
        --output) output="${2:?--output wants a file}" && shift 2 ;;
        --check) check=true && shift ;;
        *) printf 'usage: hack/image.sh [--tag NAME:TAG] [--output FILE] [--check]\n' >&2 && exit 64 ;;
    esac
done

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

# The time of every file in the image: that of the last commit, so that a rebuild changes nothing.
epoch="${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || printf 0)}"
created="$(date --utc --date="@$epoch" +%Y-%m-%dT%H:%M:%SZ)"
architecture="$(dpkg --print-architecture)"

# A tar whose bytes depend on names, modes and content alone.
pack() {
    tar --create --file "$2" --directory "$1" --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner \
        --format=gnu "${@:3}"
}

# Moves a file among the blobs, under its own hash, and prints the hash.
blob() {
    local digest
    digest="$(sha256sum "$1" | cut -d' ' -f1)"
    mv "$1" "$image/blobs/sha256/$digest"
    printf '%s' "$digest"
}

size_of() { stat --format=%s "$image/blobs/sha256/$1"; }

# What runs when nobody says otherwise, as whom, and where the certificates lie.
write_config() {
    local diff_id="$1"
    cat <<JSON
{"architecture":"$architecture","os":"linux","created":"$created",
"config":{"User":"65532:65532","Env":["PATH=/usr/bin","SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"],
"Entrypoint":["/usr/bin/pillion"],"WorkingDir":"/",
"Labels":{"org.opencontainers.image.title":"Pillion","org.opencontainers.image.licenses":"Apache-2.0"}},
"rootfs":{"type":"layers","diff_ids":["sha256:$diff_id"]},
"history":[{"created":"$created","created_by":"hack/image.sh"}]}
JSON
}

write_manifest() {
    local config="$1" layer="$2"
    cat <<JSON
{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
"config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:$config","size":$(size_of "$config")},
"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"sha256:$layer","size":$(size_of "$layer")}]}
JSON
}

# The list of what the archive holds: index.json for OCI, manifest.json for Docker.
write_indexes() {
    local config="$1" layer="$2" manifest="$3"
    printf '{"imageLayoutVersion":"1.0.0"}' >"$image/oci-layout"
    cat >"$image/index.json" <<JSON
{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",
"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:$manifest","size":$(size_of "$manifest"),
"annotations":{"io.containerd.image.name":"$tag","org.opencontainers.image.ref.name":"$tag"}}]}
JSON
    cat >"$image/manifest.json" <<JSON
[{"Config":"blobs/sha256/$config","RepoTags":["$tag"],"Layers":["blobs/sha256/$layer"]}]
JSON
}

# Builds the archive from a file tree.
assemble() {
    local tree="$1" archive="$2" diff_id layer config manifest
    image="$folder/image"
    rm -rf "$image"
    mkdir -p "$image/blobs/sha256"
    pack "$tree" "$folder/layer.tar" .
    diff_id="$(sha256sum "$folder/layer.tar" | cut -d' ' -f1)"
    gzip --no-name --best "$folder/layer.tar"
    layer="$(blob "$folder/layer.tar.gz")"
    write_config "$diff_id" >"$folder/config.json"
    config="$(blob "$folder/config.json")"
    write_manifest "$config" "$layer" >"$folder/manifest.json"
    manifest="$(blob "$folder/manifest.json")"
    write_indexes "$config" "$layer" "$manifest"
    mkdir -p "$(dirname "$archive")"
    pack "$image" "$archive" blobs index.json manifest.json oci-layout
}

# Runs a program inside the tree as the image's user, with the root read-only and /proc there, as in any container.
inside() {
    # shellcheck disable=SC2016 # the inner shell's own parameters
    local script='mount --bind "$0" "$0" && mount -t proc proc "$0/proc" && mount -o remount,bind,ro "$0" &&
        exec chroot --userspec=65532:65532 "$0" "$@"'
    unshare --mount --pid --fork -- sh -c "$script" "$folder/root" "$@"
}

# Whether this machine lets a script make the namespaces that a container has; many containers do not.
can_isolate() {
    [[ "$(id -u)" -eq 0 ]] && unshare --mount --pid --fork -- true 2>/dev/null
}

# Runs a program of the tree with the tree's own loader and libraries, but in the machine's file system.
beside() {
    local loader libraries
    loader="$(find "$folder/root" -name 'ld-linux-*.so.*' | head -n 1)"
    libraries="$(dirname "$(find "$folder/root" -name libssl.so.3 | head -n 1)")"
    "$loader" --library-path "$libraries:$(dirname "$loader")" "$folder/root$1" "${@:2}"
}

run_check() {
    local run=beside where="beside the image (no namespaces here: user and read-only root are NOT tried)"
    local catalog="$folder/root/usr/share/pillion/catalog"
    if can_isolate; then
        run=inside where="as user 65532 on a read-only root" catalog=/usr/share/pillion/catalog
    fi
    local again="$folder/again.tar" program found said
    heading "Check"
    found="$(find "$folder/root" -regextype posix-extended -type f -regex '.*/(sh|bash|dash|busybox|perl|python3?|apt-get|dpkg)$')"
    [[ -z "$found" ]] || die "the image holds $found"
    passed "no shell, no interpreter, no package manager"
    found="$(find "$folder/root" -perm /6000 -print -o -perm -o+w ! -type l ! -path "$folder/root/tmp" -print)"
    [[ -z "$found" ]] || die "set-uid or writable for all: $found"
    passed "nothing set-uid, nothing but /tmp writable"
    assemble "$folder/root" "$again"
    cmp "$output" "$again" || die "the same tree gave other bytes"
    passed "the same tree gives the same bytes"
    for program in pillion pillion-proxy; do
        said="$("$run" "/usr/bin/$program" --version)"
        [[ "$said" == "$program "[0-9]* ]] || die "$program --version says: $said"
        passed "$where: $said"
    done
    "$run" /usr/bin/pillion lint "$catalog" >"$folder/lint.log" 2>&1 ||
        { cat "$folder/lint.log" >&2; die "lint of the image's catalog fails"; }
    passed "the catalog inside is clean"
    check_bill
    if [[ "$run" == inside ]]; then loaded_by_buildah; else remark "no namespaces here: buildah is NOT asked"; fi
}

# The bill of materials, as SPDX's own tools read it; every library in the tree must belong to a package that it names.
check_bill() {
    local bill="$folder/root/usr/share/doc/pillion/sbom.spdx.json" tools packages libraries
    tools="$("$root/hack/tools.sh")"
    "$tools/python3" -m spdx_tools.spdx.clitools.pyspdxtools --infile "$bill" >"$folder/spdx.log" 2>&1 ||
        { cat "$folder/spdx.log" >&2; die "the bill of materials is no valid SPDX"; }
    packages="$(jq '[.packages[] | select(.SPDXID | startswith("SPDXRef-Debian-"))] | length' "$bill")"
    libraries="$(find "$folder/root/var/lib/dpkg/status.d" -type f | wc -l)"
    [[ "$packages" -eq "$libraries" && "$packages" -gt 3 ]] || die "the bill names $packages packages, the image has $libraries"
    [[ "$(jq --raw-output '.packages[] | select(.packageFileName == "/usr/bin/pillion") | .checksums[1].checksumValue' "$bill")" == \
        "$(sha256sum "$folder/root/usr/bin/pillion" | cut -d' ' -f1)" ]] || die "the bill is about another program"
    passed "SPDX: $(jq '.packages | length' "$bill") packages, $packages of them Debian's"
}

# A foreign reader of the format: it must find user and entry point.
loaded_by_buildah() {
    local store="$folder/store" inspected
    "$root/hack/install-dependencies.sh" buildah jq
    local buildah=(buildah --root "$store/root" --runroot "$store/run" --storage-driver vfs)
    "${buildah[@]}" pull --quiet "oci-archive:$output" >/dev/null
    inspected="$("${buildah[@]}" inspect --type image "$("${buildah[@]}" images --quiet | head -n 1)" |
        jq --compact-output '.OCIv1.config | [.User, .Entrypoint]')"
    [[ "$inspected" == '["65532:65532",["/usr/bin/pillion"]]' ]] || die "buildah reads $inspected"
    passed "buildah reads it: $inspected"
    "${buildah[@]}" rmi --all >/dev/null
}

heading "Image $tag"
"$root/hack/install-dependencies.sh" binutils ca-certificates openssl jq
bin="$("$root/hack/build-release.sh")"
"$root/hack/image/root.sh" "$bin" "$folder/root" | sed 's/^/  /'
assemble "$folder/root" "$output"
passed "$output, $(du --bytes --summarize "$folder/root" | cut -f1 | numfmt --to=iec) unpacked, $(stat --format=%s "$output" | numfmt --to=iec) packed"
if $check; then run_check; fi
