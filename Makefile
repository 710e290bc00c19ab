# Nivella Credits. `make demo` builds and serves the page; `make test` checks everything.
# Each target installs what it lacks (see pkg/build/setup.sh).

PORT ?= 8080
STORE ?=
WP_DIR ?=
WOO_DIR ?=
SQLITE_DIR ?=
export PORT STORE WP_DIR WOO_DIR SQLITE_DIR

.PHONY: help demo store build texts zip test test-store check size stress
.PHONY: bench bench-store bench-peers
.PHONY: setup setup-browser setup-php setup-wordpress

help:
	@echo 'make demo [PORT=8080] [STORE=URL]  build and serve; STORE reads a real store'
	@echo 'make store [WP_DIR=folder]         a WordPress with the plugin on this machine'
	@echo '           [SQLITE_DIR=folder]     without MariaDB, by that plugin for WordPress'
	@echo 'make build                         the npm package in pkg/'
	@echo 'make texts                         what is translated, renewed'
	@echo 'make zip                           the plugin as a store owner installs it'
	@echo 'make test                          everything that must hold, within 30 minutes'
	@echo 'make test-store WP_DIR=folder      the same against a real WooCommerce'
	@echo 'make check                         formatting, lints, types, the rules of the repo'
	@echo 'make size                          what a page loads, against the budgets'
	@echo 'make bench                         figures against the budgets and two peers'
	@echo 'make bench-store WP_DIR=folder     what the plugin costs a real store; takes 40 minutes'
	@echo 'make bench-peers                   renews the dated table of other peers'
	@echo 'make stress                        10,000 histories, 10 million fuzz inputs; hours'

setup:
	@bash pkg/build/setup.sh rust node

setup-browser: setup
	@bash pkg/build/setup.sh chromium

build: setup
	@node pkg/build/build.mjs

texts: setup-php
	@node pkg/build/translations.mjs

zip: build
	@node pkg/build/zip.mjs

demo: build
	@node www/demo/serve.mjs

setup-php: setup
	@bash pkg/build/setup.sh php

setup-wordpress: setup-php
	@bash pkg/build/setup.sh wordpress

store: build setup-wordpress
	@node pkg/store/run.mjs

test-store: build setup-wordpress
	@node tests/store/run.mjs

check: setup-php
	@node tests/run.mjs check

test: setup-browser setup-wordpress
	@node tests/run.mjs all

size: build
	@node tests/bench/size.mjs

bench: setup-browser
	@node pkg/build/build.mjs bench
	@node tests/bench/bench.mjs

bench-store: build setup-browser setup-wordpress
	@node tests/bench/store.mjs

bench-peers: setup-browser
	@node tests/bench/peers.mjs

stress: setup-wordpress
	@node tests/run.mjs stress
