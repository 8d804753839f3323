#!/usr/bin/env bash
# Starts JupyterLab from .venv on the first tutorial and prints its address.
# PORT chooses another port than 8888; more options for `jupyter lab` go into
# LAB_OPTIONS. Ctrl-C stops it.
set -eu
cd "$(dirname "$0")/.."

# The kernel of this folder is meant, whatever else is installed for the user.
export JUPYTER_PREFER_ENV_PATH=1

options=(--log-level WARN --ip 127.0.0.1 --port "${PORT:-8888}" --ServerApp.root_dir "$PWD"
  --LabApp.default_url /lab/tree/notebooks/linear.ipynb)
if [ "$(id -u)" = 0 ]; then options+=(--allow-root); fi

echo "JupyterLab starts; its address follows. The tutorials are notebooks/linear.ipynb, quadratic.ipynb and digits.ipynb."
# shellcheck disable=SC2086 # LAB_OPTIONS holds several words
exec .venv/bin/jupyter lab "${options[@]}" ${LAB_OPTIONS:-}
