# frontdesk's tasks. `make` lists them.

.DEFAULT_GOAL := help
SHELL := /bin/bash

UI_SOURCES := $(shell find ui -path ui/node_modules -prune -o -path ui/dist -prune -o -type f -print 2>/dev/null)

.PHONY: help
help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.PHONY: run
run: ui ## Build everything and serve on http://127.0.0.1:8000
	@scripts/need cargo
	@set -a; [ ! -f .env ] || . ./.env; set +a; cargo run --release --locked -- serve

.PHONY: test
test: ## Everything: format, lints, both databases, the web app
	@scripts/need cargo
	@scripts/need node
	@scripts/install-for-tests
	$(MAKE) check
	$(MAKE) ui
	$(MAKE) test-rust
	$(MAKE) test-ui
	$(MAKE) test-browser

.PHONY: test-rust
test-rust: ## Unit tests, the laws on both databases, the HTTP contract
	scripts/cargo-test

.PHONY: test-ui
test-ui: ui ## Lints and tests of the web app, and whether its types are those of the API
	cd ui && npm run -s lint && npm run -s test
	cd ui && npx openapi-typescript ../openapi.json -o node_modules/.schema.ts >/dev/null && \
		diff node_modules/.schema.ts src/api/schema.gen.ts

.PHONY: test-browser
test-browser: ui e2e/node_modules/.stamp ## The release binary and a real browser
	cargo build --release --locked
	cd e2e && npm test

e2e/node_modules/.stamp: e2e/package.json e2e/package-lock.json
	cd e2e && npm ci --no-audit --no-fund && touch node_modules/.stamp

.PHONY: check
check: ## Format, lints, and what is built in: licences, sources, known holes
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	scripts/audit

.PHONY: bench
bench: ui ## Measure everything on this machine, and write docs/performance.md
	cargo build --release --locked
	benches/load/run --write

.PHONY: hostile
hostile: ## Try what attackers try, on a server of its own
	cargo build --locked
	scripts/hostile target/debug/frontdesk

.PHONY: ui
ui: ui/dist/assets ## The web app that the binary carries

# not `npm ci`: it refuses a lock file without the linter's binaries for other systems, which not every
# registry carries; `install` keeps to the lock file for all it has
ui/node_modules/.stamp: ui/package.json ui/package-lock.json
	@scripts/need node
	cd ui && npm install --no-save --no-audit --no-fund && touch node_modules/.stamp

# the folder, since the page that build.rs puts in its place has none; no file for make alone, since the
# program carries all that is in dist
ui/dist/assets: ui/node_modules/.stamp $(UI_SOURCES)
	cd ui && npm run build && touch dist/assets

.PHONY: train
train: ## Train the embedded classifier from data/training, and report on it
	cargo run --release --locked --bin frontdesk-train -- train

.PHONY: check-model
check-model: ## Whether training gives the committed model, byte for byte
	cargo run --release --locked --bin frontdesk-train -- check

.PHONY: openapi
openapi: ui/node_modules/.stamp ## The OpenAPI document and what is generated from it
	cargo run --locked -- openapi > openapi.json
	cd ui && npm run -s schema

.PHONY: faults
faults: ## Break a server's surroundings under load, and print what was lost
	cargo build --locked
	scripts/faults/run

# the web app anew: the program carries all that lies in ui/dist
.PHONY: release
release: ui/node_modules/.stamp ## The program for others: stripped, the same bytes each time, with its checksum, in dist/
	cd ui && npm run build && touch dist/assets
	scripts/release
