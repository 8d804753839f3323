#!/usr/bin/env bash
# Sees to it that Qt finds the libraries of the system that it needs: where they are
# missing, root on a Debian system gets them.
set -eu

loads() { .venv/bin/python -c "import qtpy.QtWidgets"; }

if loads 2>/dev/null; then exit; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing libraries for Qt"
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
    libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0
fi
loads
