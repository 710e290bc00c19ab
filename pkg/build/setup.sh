#!/usr/bin/env bash
# Installs what is missing: `setup.sh rust node chromium php wordpress`, any of them. What it may
# not install itself it names, with the way to get it. Done in well under a second when nothing is
# missing.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p target/stamps

# Programs only: some parts below have a program's name.
have() { PATH=$PATH:/usr/sbin type -P "$1" >/dev/null; }

stop() {
  printf 'setup: %s\n' "$*" >&2
  exit 1
}

# debian COMMAND PACKAGE...: installs Debian's packages unless the command is there.
debian() {
  local wanted=$1
  shift
  have "$wanted" && return
  install_debian "$wanted" "$@"
  have "$wanted" || stop "$wanted is still missing after apt-get install $*"
}

# install_debian WHAT PACKAGE...: WHAT is what a person misses.
install_debian() {
  local wanted=$1
  shift
  have apt-get || stop "$wanted is missing, and this is no Debian: install it by hand"
  [ "$(id -u)" = 0 ] || stop "$wanted is missing. As root: apt-get install $*"
  echo "setup: installs $*"
  apt-get update -qq || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
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

# PHP with what WordPress and the tests use, PHPUnit, and MariaDB without a service of its own.
php() {
  debian php php-cli
  command php -r 'exit( PHP_VERSION_ID >= 80100 && PHP_INT_SIZE === 8 ? 0 : 1 );' ||
    stop "PHP $(command php -r 'echo PHP_VERSION;') is not enough: 8.1 or later with 64 bits is"
  local missing=()
  mapfile -t missing < <(extensions)
  if [ "${#missing[@]}" -gt 0 ]; then
    install_debian "${missing[*]}" "${missing[@]}"
    [ -z "$(extensions)" ] || stop "PHP still lacks: $(extensions)"
  fi
  debian mariadbd mariadb-server-core
  debian my_print_defaults mariadb-client-core
  debian phpunit phpunit
  debian xgettext gettext
}

# The packages of PHP's extensions that are missing.
extensions() {
  local known extension
  known=$(command php -m)
  for extension in mysqli:mysql curl:curl mbstring:mbstring dom:xml intl:intl; do
    grep -qix "${extension%:*}" <<<"$known" || echo "php-${extension#*:}"
  done
}

# WordPress for the tests and `make store`: the folder WP_DIR, or Debian's package, unpacked in
# target/wordpress and not installed.
wordpress() {
  local folder=${WP_DIR:-target/wordpress/debian/usr/share/wordpress}
  if [ -z "${WP_DIR:-}" ] && [ ! -f "$folder/wp-includes/version.php" ]; then
    newer_wordpress || stop "$(cat <<'END'
WordPress 6.7 or later is needed to test the plugin, and Debian's package of it could not be had.
Name the folder of a WordPress instead, with WooCommerce or without: make test WP_DIR=folder
END
)"
  fi
  [ -f "$folder/wp-includes/version.php" ] || stop "WP_DIR=$folder holds no WordPress"
}

# Debian's package from the first release that has it new enough: the machine's own sources of
# packages with the release's name replaced, in files and folders of our own.
newer_wordpress() {
  have apt-get && have dpkg || return 1
  local release=trixie own apt=$PWD/target/wordpress/apt file
  own=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  [ -n "$own" ] || return 1
  echo "setup: unpacks WordPress of Debian $release"
  rm -rf "$apt" target/wordpress/debian{,.part}
  mkdir -p "$apt/sources" "$apt/lists/partial" "$apt/cache" target/wordpress/debian.part
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources}; do
    [ -f "$file" ] && grep -Eq "(^|[[:space:]])$own" "$file" || continue
    sed -E "s/(^|[[:space:]])$own/\1$release/g" "$file" >"$apt/sources/${file##*/}"
  done
  local options=(
    -qq -o Acquire::Retries=3 -o APT::Sandbox::User=root
    -o Dir::Etc::sourcelist=- -o "Dir::Etc::sourceparts=$apt/sources"
    -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt/cache"
  )
  apt-get "${options[@]}" update || return 1
  (cd "$apt" &&
    apt-get "${options[@]}" download wordpress wordpress-theme-twentytwentyfive) || return 1
  for file in "$apt"/*.deb; do
    dpkg -x "$file" target/wordpress/debian.part || return 1
  done
  mv target/wordpress/debian.part target/wordpress/debian
  rm -rf "$apt"
}

for part in "$@"; do
  case $part in
    rust | node | chromium | php | wordpress) "$part" ;;
    *) stop "unknown part: $part" ;;
  esac
done
