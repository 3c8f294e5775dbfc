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
	@scripts/install-for-tests
	$(MAKE) check
	$(MAKE) ui
	scripts/cargo-test

.PHONY: check
check: ## Format and lints
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings

.PHONY: ui
ui: $(if $(wildcard ui/package.json),ui/dist/.built) ## The web app that the binary carries

ui/node_modules/.stamp: ui/package.json ui/package-lock.json
	@scripts/need node
	cd ui && npm ci --no-audit --no-fund && touch node_modules/.stamp

ui/dist/.built: ui/node_modules/.stamp $(UI_SOURCES)
	cd ui && npm run build && touch dist/.built

.PHONY: openapi
openapi: ## The OpenAPI document and what is generated from it
	cargo run --locked -- openapi > openapi.json
