#!/bin/sh
# Starts the demonstration city: the window where there is a screen, otherwise a played day and its papers.
# The demonstration keeps its database and keys in build/demo, away from an office that this user may have.
set -eu
cd "$(dirname "$0")/.."
papers=build/demo-day
export CSR_DESK_HOME="${CSR_DESK_HOME:-$PWD/build/demo}"

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; then
    exec .venv/bin/csr-desk demo
fi
echo "No display here (DISPLAY and WAYLAND_DISPLAY are empty): playing a demo day without the window; papers go to $papers."
exec .venv/bin/csr-desk demo --no-window --play-day --papers "$papers"
