#!/usr/bin/env bash
# Prints the path of a Chromium or Chrome to test with: the one that CHROMIUM names,
# or the first found. Where there is none, root on a Debian system gets Debian's own;
# its fonts come along, since a notebook without glyphs would be tested for nothing.
set -eu

find_browser() {
  local name mac="/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable "$mac"; do
    if [ -n "$name" ] && command -v "$name"; then return; fi
  done
  return 1
}

if find_browser; then exit; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  {
    echo "installing chromium"
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium fonts-dejavu-core fonts-liberation
  } >&2
fi
find_browser
