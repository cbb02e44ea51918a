#!/usr/bin/env bash
# From a fresh clone to sidecars in a pod: builds Pillion, starts the webhook with the shipped catalog on loopback,
# sends it a review that a real API server sent once, and shows the decision, the patch and the pod that results.
#
#   hack/quickstart.sh           stops the webhook at the end
#   hack/quickstart.sh --keep    leaves it running and says how to call it
#
# PILLION_BIN_DIR names programs that are already built.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source "$root/hack/terminal.sh"

readonly name=pillion.pillion-system.svc
readonly catalog="$root/charts/pillion/catalog"
readonly review="$root/Tests/Fixtures/admission/deployment-pod.json"

keep=false
case "${1:-}" in
    '') ;;
    --keep) keep=true ;;
    *)
        printf 'usage: hack/quickstart.sh [--keep]\n' >&2
        exit 64
        ;;
esac

folder="$(mktemp -d "${TMPDIR:-/tmp}/pillion-quickstart.XXXXXX")"
webhook=''

# Ends the webhook and says how it went; a webhook that does not end in half a minute is a failure.
stop() {
    local status=0
    kill -TERM "$webhook" 2>/dev/null || true
    timeout 30 tail --pid="$webhook" --follow /dev/null || kill -KILL "$webhook" 2>/dev/null || true
    wait "$webhook" || status=$?
    webhook=''
    return "$status"
}

clean_up() {
    if [[ -n "$webhook" ]]; then stop || true; fi
    rm -rf "$folder"
}
trap clean_up EXIT

# Indents what a command prints, so that headings stand out.
indented() { sed 's/^/  /'; }

build() {
    heading "1. Build"
    "$root/hack/install-dependencies.sh" libssl-dev libyaml-dev pkg-config ca-certificates curl jq
    if [[ -t 1 ]]; then
        bin="$("$root/hack/build-release.sh")"
    elif ! bin="$("$root/hack/build-release.sh" 2>"$folder/build.log")"; then
        tail -n 100 "$folder/build.log" >&2
        die "the build failed"
    fi
    passed "$("$bin/pillion" --version) in ${bin#"$root/"}"
}

make_certificates() {
    heading "2. Certificates for $name"
    "$bin/pillion" certs create --directory "$folder/tls" --dns "$name" --ip 127.0.0.1 >"$folder/certs.log" 2>&1 ||
        { cat "$folder/certs.log" >&2; die "no certificates"; }
    passed "a development CA and a serving certificate in $folder/tls"
}

start_webhook() {
    heading "3. Webhook with the shipped catalog"
    "$bin/pillion" webhook --listen 127.0.0.1:0 --ops-listen 127.0.0.1:0 --catalog "$catalog" \
        --tls-cert "$folder/tls/tls.crt" --tls-key "$folder/tls/tls.key" --port-file "$folder/ports.json" \
        >"$folder/webhook.log" 2>&1 &
    webhook=$!
    local waited=0
    until [[ -e "$folder/ports.json" ]]; do
        if ! kill -0 "$webhook" 2>/dev/null || [[ $((waited += 1)) -gt 200 ]]; then
            cat "$folder/webhook.log" >&2
            die "the webhook did not start"
        fi
        sleep 0.1
    done
    port="$(jq -r '.listen | split(":") | last' "$folder/ports.json")"
    ops="$(jq -r .ops "$folder/ports.json")"
    passed "serving https://127.0.0.1:$port, health and metrics on http://$ops"
    "$bin/pillion" catalog list --catalog "$catalog" | indented
}

# Calls the webhook as the API server does: by the Service's name, verifying the CA.
call() {
    curl --silent --show-error --fail-with-body --http1.1 --max-time 20 --cacert "$folder/tls/ca.crt" \
        --resolve "$name:$port:127.0.0.1" --header 'Content-Type: application/json' \
        --data-binary "@$1" "https://$name:$port/mutate?timeout=10s"
}

ask() {
    heading "4. A pod of a Deployment asks for two sidecars"
    # The body came from a real API server; only the annotations are new.
    jq --compact-output '.request.object.metadata.annotations += {
        "pillion.dev/inject": "log-shipper, proxy", "proxy.pillion.dev/port": "8080"
    }' "$review" >"$folder/review.json"
    jq '.request.object | {metadata: {generateName: .metadata.generateName, annotations: .metadata.annotations},
        containers: [.spec.containers[] | {name, image}]}' "$folder/review.json" | indented
    call "$folder/review.json" >"$folder/answer.json" || { cat "$folder/answer.json" >&2; die "no answer"; }
}

show_answer() {
    heading "5. The decision"
    jq '.response | del(.patch)' "$folder/answer.json" | indented
    [[ "$(jq .response.allowed "$folder/answer.json")" == true ]] || die "the pod was denied"

    heading "6. The patch, decoded"
    jq --raw-output '.response.patch' "$folder/answer.json" | base64 --decode >"$folder/patch.json"
    jq --raw-output '.[] | "\(.op) \(.path)\n    \(.value | tojson | if length > 110 then .[:107] + "..." else . end)"' \
        "$folder/patch.json" | indented

    heading "7. The pod that results"
    jq '.request.object | del(.metadata.managedFields)' "$folder/review.json" >"$folder/pod.json"
    "$bin/pillion" inject --catalog "$catalog" -f "$folder/pod.json" -o json --namespace lab \
        >"$folder/injected.json" 2>"$folder/inject.log" || { cat "$folder/inject.log" >&2; die "inject failed"; }
    remark "as pillion inject makes it from the same pod, offline"
    jq --raw-output --from-file "$root/hack/quickstart/outline.jq" "$folder/injected.json" | indented
}

finish() {
    heading "8. Stop"
    stop || die "the webhook ended with status $?"
    passed "the webhook drained and ended with status 0"
}

# Hands the running webhook over to the person at the terminal.
hand_over() {
    trap - EXIT
    disown "$webhook"
    heading "8. Still running, process $webhook"
    cat <<HINT
  Ask it:
    curl --cacert $folder/tls/ca.crt --resolve $name:$port:127.0.0.1 \\
      --header 'Content-Type: application/json' --data-binary @$folder/review.json \\
      https://$name:$port/mutate

  Look at it:
    curl http://$ops/metrics
    tail -f $folder/webhook.log

  Stop it:
    kill $webhook && rm -r $folder
HINT
}

printf '%sPillion quickstart%s\n' "$bold" "$plain"
build
make_certificates
start_webhook
ask
show_answer
if $keep; then hand_over; else finish; fi
