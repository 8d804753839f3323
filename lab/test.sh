#!/usr/bin/env bash
# Runs every suite, goes on when one fails, and closes with the sum:
# "N passed, N failed". Each suite's full output is kept in build/test.
#
# What a machine lacks is skipped, said in so many words. With CI=true nothing may
# be skipped for want of a tool: what is missing counts as a failure.
set -u
cd "$(dirname "$0")/.."
mkdir -p build/test

passed=0 failed=0 skipped=0
summary=""

# count NAME PASSED FAILED SKIPPED SECONDS adds one suite to the sum.
count() {
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
  summary+=$(printf '%-14s %5d passed %3d failed %3d skipped %5d s' "$1" "$2" "$3" "$4" "$5")$'\n'
}

# without NAME REASON stands in for a suite that cannot run here.
without() {
  if [ "${CI:-}" = true ]; then
    echo "FAILED: $1: $2"
    count "$1" 0 1 0 0
  else
    echo "SKIPPED: $1: $2"
    count "$1" 0 0 1 0
  fi
}

# number PATTERN FILE prints the last number that follows PATTERN, or 0.
number() { grep -oE "$1[0-9]+" "$2" | tail -n 1 | grep -oE '[0-9]+$' || echo 0; }

# lines PATTERN FILE prints how many lines match.
lines() { grep -cE "$1" "$2" || true; }

# suite NAME TALLY COMMAND... runs one suite. TALLY reads its log and prints how many
# tests passed, failed and were skipped. A command that fails without a failed test
# (it did not compile, it crashed) counts as one failure, and so does an empty suite.
suite() {
  local name=$1 tally=$2 log=build/test/$1.log start=$SECONDS status p f s
  shift 2
  printf '\n== %s\n' "$name"
  "$@" 2>&1 | tee "$log" | "show_$tally"
  status=${PIPESTATUS[0]}
  read -r p f s <<<"$("tally_$tally" "$log")"
  if [ "$status" != 0 ] && [ "$f" = 0 ]; then f=1; fi
  if [ $((p + f)) = 0 ]; then
    echo "no test ran in $name"
    f=1
  fi
  count "$name" "$p" "$f" "$s" $((SECONDS - start))
}

# Go's tests are run verbosely to be counted; what passes quietly is shown by its package's line.
show_go() { grep -vE '^ *(=== |--- (PASS|SKIP)|PASS$)' || true; }
tally_go() { echo "$(lines '^ *--- PASS' "$1") $(lines '^ *--- FAIL' "$1") $(lines '^ *--- SKIP' "$1")"; }

show_python() { cat; }
tally_python() {
  local ran bad skip
  ran=$(number '^Ran ' "$1")
  bad=$(($(number 'failures=' "$1") + $(number 'errors=' "$1")))
  skip=$(number 'skipped=' "$1")
  echo "$((ran > bad + skip ? ran - bad - skip : 0)) $bad $skip"
}

show_node() { cat; }
tally_node() { echo "$(number '^ℹ pass ' "$1") $(number '^ℹ fail ' "$1") $(number '^ℹ skipped ' "$1")"; }

race=-race
if [ "$(uname)" = Linux ] && ! command -v "${CC:-gcc}" >/dev/null; then
  race=
  without race "the race detector needs a C compiler (CC or gcc); the unit tests run without it"
fi

printf '\n== vet\n'
if go vet ./...; then count vet 1 0 0 0; else count vet 0 1 0 0; fi

# Some unit tests speak with Jupyter's own libraries, in the Python of .venv.
if make --no-print-directory venv; then export GRADBOOK_PYTHON=$PWD/.venv/bin/python; fi
suite unit go go test $race -v -timeout 30m -skip '^TestCellsLikeCompiledGo$' ./...

# Random programs, as cells and as compiled Go: a suite of its own, without the race
# detector, under which the interpreter is slow.
GRADBOOK_PROGRAMS=1200 suite programs go go test -v -timeout 20m -run '^TestCellsLikeCompiledGo$' ./kernel

# What computes is tested on 64-bit ARM too, which has loops in assembly of its own, and on
# which Go rounds x*y+z once: by emulation, unless this is such a machine. With -short there
# are fewer random graphs.
if [ "$(go env GOHOSTARCH)" != arm64 ]; then
  if emulator=$(bash lab/qemu.sh); then
    GOOS=linux GOARCH=arm64 CGO_ENABLED=0 suite arm64 go \
      go test -exec "$emulator" -short -v -timeout 20m ./graph/...
  else
    without arm64 "no emulator of 64-bit ARM (qemu-aarch64-static) was found"
  fi
fi

if bash lab/dot.sh; then
  suite layout go go test -tags dot -v -timeout 10m -run Dot ./display/diagram
else
  without layout "Graphviz's dot, which the layout of graphs is compared with, is not installed"
fi

# Jupyter keeps to folders of its own, so that nothing installed for the user is seen
# or changed; the kernel is found in .venv.
private=$(mktemp -d)
trap 'rm -rf "$private"' EXIT
export JUPYTER_DATA_DIR=$private/data JUPYTER_CONFIG_DIR=$private/config JUPYTER_RUNTIME_DIR=$private/runtime
export XDG_DATA_HOME=$private/share IPYTHONDIR=$private/ipython JUPYTER_PREFER_ENV_PATH=1
export PYTHONDONTWRITEBYTECODE=1 PYTHONWARNINGS="${PYTHONWARNINGS:-ignore}"

if ! make --no-print-directory kernel; then
  for name in messages conversations faults notebooks clients qtconsole node browser; do
    without $name "the kernel could not be set up in .venv, for the reason above"
  done
else
  suite messages python .venv/bin/python lab/test_messages.py -v
  suite conversations python .venv/bin/python lab/test_conversations.py -v
  suite faults python .venv/bin/python lab/test_faults.py -v
  suite notebooks python .venv/bin/python lab/test_notebooks.py -v

  suite clients python .venv/bin/python lab/test_clients.py -v

  if ! make --no-print-directory qt; then
    without qtconsole "the packages of lab/qtconsole.txt could not be installed"
  elif ! bash lab/qt.sh; then
    without qtconsole "Qt misses a library of the system, named above"
  else
    suite qtconsole python .venv/bin/python lab/test_qtconsole.py -v
  fi

  run_node="node --test --test-concurrency=1 --test-reporter=spec"
  if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    for name in node browser; do without $name "Node (node and npm, version 20 or newer) is not installed"; done
  elif ! make --no-print-directory modules; then
    for name in node browser; do without $name "the packages of lab/$name could not be installed"; done
  else
    suite node node $run_node lab/node/*.test.mjs
    if CHROMIUM=$(bash lab/browser/chromium.sh); then
      export CHROMIUM
      suite browser node $run_node lab/browser/*.test.mjs
    else
      without browser "no Chromium or Chrome was found, neither on PATH nor named by CHROMIUM"
    fi
  fi
fi

printf '\n%s\n' "$summary"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
