#!/bin/sh
# Pins every dependency by version and hash: requirements.lock runs the program, requirements-dev.lock tests it too.
# No index address is written: each machine uses the package index that its own settings name.
# Extras stay in the lock: pip holds a requirement with an extra to its hash only where the pin names the extra too.
set -eu
cd "$(dirname "$0")/.."
UV=.venv/bin/uv
export UV_CUSTOM_COMPILE_COMMAND="make lock"

pin() {
    target=$1
    shift
    "$UV" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-emit-find-links --no-header --no-annotate --no-strip-extras "$@" -o "$target"
}

mkdir -p build
# hatchling builds the program's own editable install; pip reads the lock, so it is locked with the rest
printf 'hatchling\n' > build/lock-extra.in
pin requirements.lock pyproject.toml build/lock-extra.in "$@"
pin requirements-dev.lock pyproject.toml build/lock-extra.in --group dev --constraints requirements.lock "$@"
