#!/bin/sh
# Install uv into .uv with the interpreter $1. Debian's python3 lacks venv, so install that first if we are root.
set -eu
python=$1
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && apt-get install -qq -y python3-venv >/dev/null
    else
        echo "Python's venv module is missing. Install it once with: sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi
[ -x .uv/bin/python ] || "$python" -m venv .uv
.uv/bin/pip install --quiet --disable-pip-version-check --requirement scripts/uv.txt
