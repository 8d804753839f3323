#!/usr/bin/env bash
# Sees to it that Graphviz's dot is there, which our layout of graphs is compared with:
# where it is missing, root on a Debian system gets it.
set -eu

if command -v dot >/dev/null; then exit; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing Graphviz"
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends graphviz
fi
command -v dot >/dev/null
