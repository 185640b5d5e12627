#!/usr/bin/env bash
# Installs libtomare into a folder of its own, moves that folder, builds examples/c against it, and compares what the
# program prints. Needs cmake, a C and a C++ compiler, pkg-config, Node. usage: test/install/native.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$(realpath -m "${1:-build/install}")
rm -rf "$out/first" "$out/moved" "$out/c" "$out/work" && mkdir -p "$out/work"
cmake -S . -B "$out/lib" -DTOMARE_COMPILER=OFF -DTOMARE_TESTS=OFF >/dev/null
cmake --build "$out/lib" -j "$(nproc)"
cmake --install "$out/lib" --prefix "$out/first" >/dev/null
mv "$out/first" "$out/moved" # the package knows no absolute path
prefix=$out/moved
(cd "$prefix" && find . -type f -o -type l | sort)
for map in a b; do
  node --disable-warning=ExperimentalWarning test/install/town.ts "$out/work/$map"
done
maps=("$out/work/a/town.tmap" "$out/work/b/town.tmap")
cp examples/c/* "$out/work/"
cmake -S "$out/work" -B "$out/c" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_FLAGS="-std=c11 -Wall -Wextra -Wpedantic -Werror" >/dev/null
cmake --build "$out/c"
"$out/c/two_maps" "${maps[@]}" | tee "$out/cmake.txt"
libraries=$(dirname "$(find "$prefix" -name libtomare.so)")
flags=$(PKG_CONFIG_PATH=$libraries/pkgconfig pkg-config --cflags --libs tomare)
# shellcheck disable=SC2086 # several flags
cc -std=c11 -Wall -Wextra "$out/work/two_maps.c" $flags -o "$out/c/by_pkg_config"
LD_LIBRARY_PATH=$libraries "$out/c/by_pkg_config" "${maps[@]}" >"$out/pkg.txt"
cmp "$out/cmake.txt" "$out/pkg.txt"
expected='60 of 60 fixes on a road, 2 findings'
[ "$(grep -c "$expected" "$out/cmake.txt")" -eq 2 ] || { echo "expected twice: $expected" >&2; exit 1; }
echo "the C example opens two maps by the installed library, found by CMake and by pkg-config"
