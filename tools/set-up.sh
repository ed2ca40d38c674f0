#!/bin/sh
# Makes this checkout ready: `sh tools/set-up.sh run` to run the program, `… test` to test it as well.
# Quick when nothing has changed. What it cannot do it says in one line and leaves with 1.
#   PYTHON=python3.12        the interpreter to use
#   CSR_DESK_SKIP_SYSTEM=1   leave system libraries alone (they are there, in a form that dpkg does not know)
set -u
cd "$(dirname "$0")/.." || exit 1
purpose=${1:-run}

# What Qt needs to draw (offscreen, then in a window), and to print.
run_packages="libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfontconfig1 libdbus-1-3 \
libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0 libcups2"
# What the tests use besides: a screen, readers of papers and bar codes, PostgreSQL, objdump for the bundle, strace for
# what a power cut leaves behind.
test_packages="xvfb poppler-utils zbar-tools postgresql binutils git strace"

say() { printf '%s\n' "csr-desk set-up: $*" >&2; }
stop() { say "$@"; exit 1; }

may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

as_root() {
    if [ "$(id -u)" = 0 ]; then env "$@"; else sudo -n env "$@"; fi
}

installed() {  # Debian 13 and Ubuntu 24.04 name some libraries …t64
    for name in "$1" "$1t64"; do
        case "$(dpkg-query -W -f='${Status}' "$name" 2>/dev/null)" in "install ok installed") return 0 ;; esac
    done
    return 1
}

install_packages() {  # installs what is missing of the packages named; 1 when it may not or cannot
    missing=""
    for package in "$@"; do installed "$package" || missing="$missing $package"; done
    [ -z "$missing" ] && return 0
    wanted="apt-get install -y --no-install-recommends$missing"
    if ! may_install; then
        say "system packages are missing and may not be installed from here; run: sudo $wanted"
        return 1
    fi
    say "installing system packages:$missing"
    mkdir -p build
    # shellcheck disable=SC2086
    {
        as_root DEBIAN_FRONTEND=noninteractive apt-get update -q &&
            as_root DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
    } >build/apt.log 2>&1 </dev/null && return 0
    say "apt-get could not install$missing (build/apt.log says why); run: sudo $wanted"
    return 1
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
        if new_enough "$candidate"; then python=$candidate; return 0; fi
    done
    found=$("${PYTHON:-python3}" -V 2>&1 | head -n 1)
    stop "Python 3.11 or newer is needed and was not found (${PYTHON:-python3}: ${found:-none}); install it or name one: PYTHON=/path/to/python3.11 make $purpose"
}

system_libraries() {
    [ -n "${CSR_DESK_SKIP_SYSTEM:-}" ] && return 0
    case "$(uname -s)" in Linux) ;; *) return 0 ;; esac
    if ! command -v dpkg-query >/dev/null 2>&1; then
        say "this is no Debian or Ubuntu: if the window does not start, install the counterparts of $run_packages"
        return 0
    fi
    # shellcheck disable=SC2086
    install_packages $run_packages || exit 1
    # shellcheck disable=SC2086
    if [ "$purpose" = test ] && ! install_packages $test_packages; then
        say "going on without them: the tests that need them say so and are skipped"
    fi
}

make_venv() {
    # the programs in a .venv name its folder: after a move it is made again
    if [ -f .venv/.folder ] && [ "$(cat .venv/.folder)" != "$(pwd)" ]; then rm -rf .venv; fi
    # one that was left half made, or whose interpreter is gone, is made again
    if [ -x .venv/bin/python ] && new_enough .venv/bin/python && .venv/bin/python -c 'import pip' >/dev/null 2>&1; then
        return 0
    fi
    find_python
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        install_packages "python$version-venv" || exit 1
    fi
    rm -rf .venv
    "$python" -m venv .venv || stop "$python could not make the folder .venv (the lines above say why)"
}

pip_install() {
    mkdir -p build
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input "$@" >build/pip.log 2>&1 </dev/null
}

state_of() {  # of a lock with this interpreter in this folder: changed, the work is done again
    { cat "$1" pyproject.toml; .venv/bin/python -V; pwd; } | cksum | tr -d ' '
}

ready_with() { [ "$(cat ".venv/.ready-$1" 2>/dev/null)" = "$(state_of "$1")" ]; }

install_dependencies() {
    lock=requirements.lock
    [ "$purpose" = test ] && lock=requirements-dev.lock
    if ready_with "$lock" || ready_with requirements-dev.lock; then return 0; fi
    say "installing the locked dependencies into .venv (once; about a minute)"
    pip_install --require-hashes --only-binary :all: -r "$lock" ||
        stop "the packages of $lock could not be installed (no package index within reach? build/pip.log says why); then again: make $purpose"
    pip_install --no-deps --no-build-isolation -e . || stop "csr-desk itself could not be installed into .venv (build/pip.log says why)"
    state_of "$lock" >".venv/.ready-$lock"
    pwd >.venv/.folder
}

case "$purpose" in run | test) ;; *) stop "unknown purpose '$purpose': run or test" ;; esac
make_venv
system_libraries
install_dependencies
