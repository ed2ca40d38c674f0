#!/bin/sh
# Starts the demonstration city: the window where there is a screen, otherwise a played day and its papers.
set -eu
cd "$(dirname "$0")/.."
papers=build/demo-day

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; then
    exec .venv/bin/csr-desk demo
fi
echo "No display here (DISPLAY and WAYLAND_DISPLAY are empty): playing a demo day without the window; papers go to $papers."
exec .venv/bin/csr-desk demo --no-window --play-day --papers "$papers"
