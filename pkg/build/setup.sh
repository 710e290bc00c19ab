#!/usr/bin/env bash
# Installs what is missing: `setup.sh rust node chromium`, any of them. What it may not install
# itself it names, with the way to get it. Done in well under a second when nothing is missing.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p target/stamps

have() { command -v "$1" >/dev/null 2>&1; }

stop() {
  printf 'setup: %s\n' "$*" >&2
  exit 1
}

# debian COMMAND PACKAGE...: installs Debian's packages unless the command is there.
debian() {
  local wanted=$1
  shift
  have "$wanted" && return
  have apt-get || stop "$wanted is missing, and this is no Debian: install it by hand"
  [ "$(id -u)" = 0 ] || stop "$wanted is missing. As root: apt-get install $*"
  echo "setup: installs $*"
  apt-get update -qq || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  have "$wanted" || stop "$wanted is still missing after apt-get install $*"
}

rust() {
  have rustup || have cargo || stop 'Rust is missing: install rustup, then come back'
  debian cc gcc libc6-dev
  [ target/stamps/rust -nt rust-toolchain.toml ] &&
    [ target/stamps/rust -nt pkg/build/setup.sh ] && return
  if have rustup; then
    # The pinned toolchain with its components, as rust-toolchain.toml names them.
    rustup show active-toolchain >/dev/null 2>&1 || rustup toolchain install
    # One for the browser; one that runs the crate's tests on wasm32.
    local installed target
    installed=$(rustup target list --installed)
    for target in wasm32-unknown-unknown wasm32-wasip1; do
      grep -qx "$target" <<<"$installed" || rustup target add "$target"
    done
    cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
    cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
  fi
  touch target/stamps/rust
}

node() {
  have node && have npm || stop 'Node 20.19 or later with npm is missing'
  command node -e 'const [a, b] = process.versions.node.split(".").map(Number);
    process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' ||
    stop "Node $(command node --version) is too old: 20.19, 22.12 or later is needed"
  local wanted
  wanted=$(cksum package-lock.json package.json)
  [ -d node_modules ] && [ "$(cat target/stamps/node 2>/dev/null)" = "$wanted" ] && return
  echo 'setup: npm ci'
  # No package's own install script is needed, so none is run.
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  printf '%s\n' "$wanted" >target/stamps/node
}

chromium() {
  debian chromium chromium fonts-dejavu-core
}

for part in "$@"; do
  case $part in
    rust | node | chromium) "$part" ;;
    *) stop "unknown part: $part" ;;
  esac
done
