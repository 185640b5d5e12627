#!/usr/bin/env bash
# Makes the pinned Emscripten: a Debian trixie chroot with emcc 3.1.69 and libprotozero-dev.
# usage: tools/toolchain.sh DIR   (prints nothing when it is already there)
set -euo pipefail
dir=${1:?usage: tools/toolchain.sh DIR}
if [ ! -x "$dir/usr/bin/emcc" ]; then
  command -v mmdebstrap >/dev/null || { echo "toolchain: apt-get install mmdebstrap" >&2; exit 1; }
  mkdir -p "$(dirname "$dir")"
  mmdebstrap --quiet --variant=minbase --include=emscripten,ca-certificates,libprotozero-dev trixie "$dir.new"
  rm -rf "$dir"
  mv "$dir.new" "$dir"
fi
version=$(chroot "$dir" emcc --version | head -n 1)
case "$version" in
  *3.1.69*) ;;
  *) echo "toolchain: emcc 3.1.69 is expected, found: $version" >&2; exit 1 ;;
esac
