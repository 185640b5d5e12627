#!/usr/bin/env bash
# Lines and branches of core-cpp/rules that its native tests reach, by clang's source-based coverage.
# usage: tools/coverage.sh [FOLDER of core-cpp, rules unless told]
set -euo pipefail
cd "$(dirname "$0")/.."
room=core-cpp/${1:-rules}
build=build/coverage
flags=$(grep -E '^flags any' sources.txt | cut -d' ' -f3-)
mkdir -p "$build"
objects=()
for source in core-cpp/base/*.cpp core-cpp/map/*.cpp core-cpp/match/*.cpp core-cpp/rules/*.cpp; do
  case $source in "$room"/*) ;; *_test.cpp) continue ;; esac
  object=$build/${source//\//_}.o
  objects+=("$object")
  # shellcheck disable=SC2086
  clang++-19 $flags -O0 -I. -fprofile-instr-generate -fcoverage-mapping -c "$source" -o "$object" &
  while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
done
wait
clang++-19 -fprofile-instr-generate "${objects[@]}" -lgtest -lgtest_main -o "$build/tests"
LLVM_PROFILE_FILE=$build/raw "$build/tests" --gtest_brief=1
llvm-profdata-19 merge -sparse "$build/raw" -o "$build/profile"
llvm-cov-19 report "$build/tests" -instr-profile="$build/profile" -show-branch-summary=true \
  -ignore-filename-regex='_test\.[ch]pp$' $(ls "$room"/*.[ch]pp | grep -v _test)
