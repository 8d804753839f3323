# Two commands do everything on a fresh machine: `make lab` opens the tutorials in
# JupyterLab, `make test` tests all there is. `make help` lists the others.
#
# Go is always needed; Python 3.11 or newer for lab, test and bench; Node and
# Chromium for the browser tests. What is installed goes into .venv, build and the
# node_modules of lab, and `make clean` takes all of it away again.

GO     ?= go
PYTHON ?= python3

# Staticcheck is run at this version and never becomes a dependency of the module.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

TUTORIALS := linear quadratic digits gallery
PLATFORMS := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64

# The stamps: each exists once its set-up is done and is older than what it is made from
# when it must be done again. The list of packages is its own stamp.
VENV    := .venv/requirements.txt
QT      := .venv/qtconsole.txt
PEERS   := build/peers/requirements.txt
MODULES := lab/browser/node_modules/.package-lock.json lab/node/node_modules/.package-lock.json

.DEFAULT_GOAL := help
.PHONY: help lab demo build kernel venv qt modules test check bench clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

lab: kernel ## open the tutorials in JupyterLab, with everything it needs
	@bash lab/start.sh

demo: build ## play the tutorials with Go alone and write them as web pages
	@for t in $(TUTORIALS); do \
	  build/gradbook run notebooks/$$t.ipynb -o build/$$t.ipynb --html build/$$t.html || exit 1; \
	  echo "wrote build/$$t.html"; \
	done

build: ## build the program, one static binary: build/gradbook
	@mkdir -p build
	@CGO_ENABLED=0 $(GO) build -trimpath -o build/gradbook .

# The kernel is known to .venv and to no other Jupyter on the machine.
kernel: build $(VENV)
	@build/gradbook install --prefix .venv >build/install.log || { cat build/install.log; exit 1; }

$(VENV): lab/requirements.txt lab/overrides.json
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed, as $(PYTHON) or as named by PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' || \
	  { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "setting up JupyterLab in .venv (once)"
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check -r lab/requirements.txt
	@mkdir -p .venv/share/jupyter/lab/settings
	@cp lab/overrides.json .venv/share/jupyter/lab/settings/
	@cp lab/requirements.txt $@

venv: $(VENV)

qt: $(QT)

$(QT): lab/qtconsole.txt $(VENV)
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check -r lab/qtconsole.txt
	@cp lab/qtconsole.txt $@

modules: $(MODULES)

%/node_modules/.package-lock.json: %/package-lock.json %/.npmrc
	@cd $* && npm ci --silent
	@touch $@

test: ## test everything, from the smallest unit to a real browser
	@bash lab/test.sh

check: ## format, vet, lint, and build for every platform without cgo
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); \
	  if [ -n "$$unformatted" ]; then echo "not formatted by gofmt:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	@for p in $(PLATFORMS); do \
	  echo "build for $$p"; \
	  CGO_ENABLED=0 GOOS=$${p%/*} GOARCH=$${p#*/} $(GO) build ./... || exit 1; \
	done

bench: kernel ## measure the kernel against ipykernel, and the graph against NumPy and PyTorch
	@.venv/bin/python lab/benchmark.py
	@$(MAKE) --no-print-directory $(PEERS)
	@GO="$(GO)" build/peers/bin/python lab/peers.py

$(PEERS): lab/bench-requirements.txt
	@echo "setting up NumPy and PyTorch in build/peers (once, large)"
	@rm -rf build/peers
	@$(PYTHON) -m venv build/peers
	@build/peers/bin/python -m pip install --quiet --disable-pip-version-check -r lab/bench-requirements.txt
	@cp lab/bench-requirements.txt $@

clean: ## remove all that was built or installed here
	rm -rf build .venv lab/*/node_modules
