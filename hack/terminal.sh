# shellcheck shell=bash
# How the scripts of this folder talk: sourced, never run. Colour only on a terminal, and never under NO_COLOR.

if [[ -t 1 && -z "${NO_COLOR:-}" ]]; then
    bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
    bold='' dim='' red='' green='' plain=''
fi

# A heading.
heading() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }

# A remark below a heading.
remark() { printf '  %s%s%s\n' "$dim" "$*" "$plain"; }

# Something that holds.
passed() { printf '  %sok%s    %s\n' "$green" "$plain" "$*"; }

# Something that does not hold; the caller decides whether to go on.
failed() { printf '  %sfail%s  %s\n' "$red" "$plain" "$*" >&2; }

# Ends the script with status 1 and a reason.
die() {
    printf '%s%s: %s%s\n' "$red" "$(basename "$0")" "$*" "$plain" >&2
    exit 1
}
