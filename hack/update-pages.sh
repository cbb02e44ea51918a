#!/usr/bin/env bash
# Writes the pages of the documentation anew whose sessions are real, with what the commands in them print now.
#
#   hack/update-pages.sh        the release build, which is made first; PILLION_BIN_DIR names another
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export PILLION_BIN_DIR="${PILLION_BIN_DIR:-$("$root/hack/build-release.sh")}"
cd "$root/Tests/EndToEnd"
exec "$("$root/hack/tools.sh")/python3" -B -c 'from harness import pages
for name in ("Inspection.md", "proxy/Configuration.md"): pages.update(name)'
