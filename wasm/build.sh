#!/usr/bin/env bash
# Builds wasm/tomare.wasm, wasm/compiler.wasm and the tests' test/conditions/oracle.wasm of sources.txt in the pinned
# toolchain, byte for byte the same everywhere, and wasm/modules.json (checksums, and the hash of the sources).
# usage: wasm/build.sh [--check | --profile FILE]
#   --check    compares with the committed modules and writes nothing
#   --profile  writes to FILE an analyzer whose functions have names and stay within their source file, and nothing else
set -euo pipefail
cd "$(dirname "$0")/.."
toolchain=${TOMARE_TOOLCHAIN:-.toolchain/trixie}
profile=${2:-}
[ "${1:-}" != --profile ] || [ -n "$profile" ]
tools/toolchain.sh "$toolchain"
exec 9>"$toolchain/.lock" && flock 9  # one build at a time in a toolchain
source=$toolchain/src
rm -rf "$source" && mkdir -p "$source/out"
cp -r core-cpp wasm mapdata sources.txt "$source/"
mkdir -p "$source/test/conditions" && cp test/conditions/oracle.cpp "$source/test/conditions/"
mkdir "$source/include" && cp -r "$toolchain/usr/include/protozero" "$source/include/"
words() { sed -n "s/^$1 //p" sources.txt | tr '\n' ' '; }  # what stands behind "KIND LIBRARY [HOST]"
common="$(words 'flags any')-O3 -msimd128 -fno-rtti -DNDEBUG -I/src -I/src/include -sSTANDALONE_WASM --no-entry -sSTRICT=1"
common="$common -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=4194304 -sMAXIMUM_MEMORY=4294967296 -sSTACK_SIZE=1048576 -sFILESYSTEM=0"
# a function of one caller stays one in the compiler: V8 leaves a call in slow code to its end, and loops over the
# whole network are quick only where each turn calls
apart="-sBINARYEN_EXTRA_PASSES=--one-caller-inline-max-function-size=10"
exports() { sed 's/^/_/' "$1" | paste -sd, -; }
sources() { # library: its rooms' files, then its boundary
  local rooms
  rooms=$(sed -n "s/^room $1 \([^ ]*\).*/\1/p" sources.txt)
  [ -z "$rooms" ] || find $rooms -maxdepth 1 -name '*.cpp' ! -name '*_test.cpp' ! -name native_main.cpp | LC_ALL=C sort | tr '\n' ' '
  words "file $1 any"
  words "file $1 wasm"
}
inside() { chroot "$toolchain" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/root /bin/bash -euc "cd /src; $1"; }
analyzer="$common $(words 'flags core')-sEXPORTED_FUNCTIONS=$(exports wasm/exports.txt) \
  $(sources core)-o out/tomare.wasm"
if [ -n "$profile" ]; then
  inside "em++ --profiling-funcs $apart $analyzer"
  cp "$source/out/tomare.wasm" "$profile"
  exit
fi
# each em++ uses one core; of the compiler -Os makes a quarter less, which the package holds twice; 2 to 3 % slower on five cities, faster on one
inside "
  em++ -flto $analyzer & analyzer=\$!
  em++ -flto $common -Os $apart -fwasm-exceptions -sEXPORTED_FUNCTIONS=$(exports wasm/compiler_exports.txt) \
    $(sources compiler)-o out/compiler.wasm & compiler=\$!
  em++ -flto $common -fwasm-exceptions -sEXPORTED_FUNCTIONS=_oracle_alloc,_oracle_answer $(sources oracle)-o out/oracle.wasm
  wait \$analyzer
  wait \$compiler"
if [ "${1:-}" = --check ]; then
  cmp "$source/out/tomare.wasm" wasm/tomare.wasm
  cmp "$source/out/compiler.wasm" wasm/compiler.wasm
  cmp "$source/out/oracle.wasm" test/conditions/oracle.wasm
  echo "the committed modules equal a rebuild"
else
  cp "$source/out/tomare.wasm" "$source/out/compiler.wasm" wasm/
  cp "$source/out/oracle.wasm" test/conditions/
  node tools/modules.ts --write
fi
