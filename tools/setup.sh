# For tools/quickstart and tools/check: packages and builds.  Not run by itself.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
  echo "${0##*/}: error: $*" >&2
  exit 1
}

# Installs what is missing of the packages, and asks nothing of the network if
# nothing is.
install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null |
      grep -q '^install ok installed$' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null ||
    fail "these packages are missing, and there is no apt-get: ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      fail "these packages are missing; install them as root: ${missing[*]}"
    as_root=(sudo)
  fi
  echo "Installing ${missing[*]}"
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
  quietly "${as_root[@]}" "${apt[@]}" update
  quietly "${as_root[@]}" "${apt[@]}" install --no-install-recommends "${missing[@]}"
}

# install_npm NAME VERSION: into build/npm, if it is not there.
install_npm() {
  local folder=$root/build/npm
  [ -d "$folder/node_modules/$1" ] || npm_into "$folder" "$1" install "$1@$2"
}

# install_npm_of FOLDER: what FOLDER/package-lock.json names, into build/npm-NAME, so
# that the source tree stays as it is.
install_npm_of() {
  local folder=$root/build/npm-${1##*/} files=(package.json package-lock.json .npmrc)
  ! cmp -s "$root/$1/package-lock.json" "$folder/installed.json" || return 0
  rm -rf "$folder"
  mkdir -p "$folder"
  cp "${files[@]/#/$root/$1/}" "$folder"
  npm_into "$folder" "packages of $1" ci
  [ ! -d "$folder/node_modules" ] || cp "$folder/package-lock.json" "$folder/installed.json"
}

# npm_into FOLDER WHAT ARGUMENTS...: has npm install there.  Only tests want that:
# without npm, or the network, they are left out.
npm_into() {
  local folder=$1 what=$2
  shift 2
  command -v npm >/dev/null || {
    echo "There is no npm: tests that need $what are left out"
    return 0
  }
  echo "Installing $what"
  mkdir -p "$folder"
  npm "$@" --prefix "$folder" --no-audit --no-fund --ignore-scripts \
    --fetch-retries=1 --fetch-timeout=60000 >"$folder/log" 2>&1 || {
    echo "npm cannot install $what, see $folder/log: tests that need it are left out"
    rm -rf "$folder/node_modules"
  }
}

# Runs the command, and shows what it prints only if it fails.
quietly() {
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    tail -n 60 "$log" >&2
    rm -f "$log"
    fail "'$*' failed"
  fi
  rm -f "$log"
}

# build 22 build: builds against LLVM 22 in the folder build/.
build() {
  local clang=/usr/lib/llvm-$1/lib/cmake/clang
  [ -d "$clang" ] || fail "there is no $clang"
  echo "Building against LLVM $1 in $2/"
  # A folder that was made with another generator is still good.
  local generator=(-G Ninja)
  [ ! -f "$root/$2/CMakeCache.txt" ] || generator=()
  quietly cmake -S "$root" -B "$root/$2" "${generator[@]}" -DClang_DIR="$clang"
  quietly cmake --build "$root/$2" --parallel "$(nproc)"
}

# What a build needs; README.md says why.
build_packages=(cmake ninja-build g++ ccache pkg-config libcbor-dev libcmocka-dev python3
  python3-yaml)
# What only tests need: a browser for the HTML report, a cluster, clangd, and so on.
test_packages=(chromium chromium-driver python3-selenium python3-jsonschema graphviz
  python3-distributed dpkg-dev man-db git pre-commit
  clangd-22 clangd-19 neovim emacs-nox elpa-eglot)
llvm_packages() {
  echo "clang-$1 libclang-$1-dev llvm-$1-dev llvm-$1-tools"
}
