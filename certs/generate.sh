#!/usr/bin/env bash
# Makes a certificate authority and a serving certificate for the webhook, with OpenSSL alone.
#
#   certs/generate.sh FOLDER [DNS NAME...]
#
# The names default to those of the Service `pillion` in the namespace `pillion-system`. Writes ca.crt, ca.key,
# tls.crt and tls.key. A key that is already there is never overwritten: with ca.key and ca.crt in place only the
# serving pair is made; with tls.key in place nothing is made at all.
#
# What the certificates say stands in ca.cnf and webhook.cnf beside this script.
#
# PILLION_CA_DAYS (default 3650) and PILLION_CERT_DAYS (default 365) set how long they last.
set -euo pipefail
umask 077

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
[[ $# -ge 1 && "$1" != -* ]] || { printf 'usage: certs/generate.sh FOLDER [DNS NAME...]\n' >&2; exit 64; }
folder="$1"
shift
names=("$@")
if [[ ${#names[@]} -eq 0 ]]; then
    names=(pillion.pillion-system.svc pillion.pillion-system.svc.cluster.local pillion.pillion-system)
fi

refuse() {
    printf 'certs/generate.sh: %s\n' "$*" >&2
    exit 2
}

command -v openssl >/dev/null || refuse "openssl is not installed"
mkdir -p "$folder"
cd "$folder"
[[ ! -e tls.key && ! -e tls.crt ]] || refuse "$folder already holds tls.key or tls.crt; move them away first"
if [[ -e ca.key ]]; then
    [[ -e ca.crt ]] || refuse "$folder holds ca.key but no ca.crt"
elif [[ -e ca.crt ]]; then
    refuse "$folder holds ca.crt but no ca.key; only the holder of ca.key can sign"
else
    openssl req -x509 -config "$here/ca.cnf" -newkey ec -pkeyopt ec_paramgen_curve:P-256 \
        -days "${PILLION_CA_DAYS:-3650}" -keyout ca.key -out ca.crt
fi

alternative_names="$(printf ',DNS:%s' "${names[@]}")"
request="$(mktemp)"
trap 'rm -f "$request"' EXIT
PILLION_NAME="${names[0]}" PILLION_NAMES="${alternative_names#,}" openssl req -new -config "$here/webhook.cnf" \
    -newkey ec -pkeyopt ec_paramgen_curve:P-256 -keyout tls.key -out "$request"
openssl x509 -req -in "$request" -CA ca.crt -CAkey ca.key -copy_extensions copyall -sha256 \
    -days "${PILLION_CERT_DAYS:-365}" -out tls.crt
chmod 644 ca.crt tls.crt
openssl verify -purpose sslserver -verify_hostname "${names[0]}" -CAfile ca.crt tls.crt
