#!/bin/sh
# Pillion as a KRM function: a ResourceList on standard input, the changed one on standard output.
# PILLION names the program (default: pillion on the PATH).
set -eu
exec "${PILLION:-pillion}" inject -f - "$@"
