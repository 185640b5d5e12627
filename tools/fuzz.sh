#!/usr/bin/env bash
# Builds the fuzzers (fuzz) with clang and runs each for a while on a corpus made from the town.
# usage: tools/fuzz.sh SECONDS [NAME...]   fails at a crash, a leak, a wrong answer, or 20 s on one input
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?usage: tools/fuzz.sh SECONDS [NAME...]}
shift
built=build/sanitize
out=build/fuzz
mkdir -p "$out"
cmake -S . -B "$built" -G Ninja -DTOMARE_SANITIZE=ON -DCMAKE_CXX_COMPILER=clang++-19 >/dev/null
cmake --build "$built" -j "$(nproc)" --target fuzzers >"$out/build.log" 2>&1 || { cat "$out/build.log"; exit 1; }
node --disable-warning=ExperimentalWarning tools/fuzz_seeds.ts "$out/seeds"
names=("$@")
[ ${#names[@]} -gt 0 ] || names=($(cd fuzz && ls fuzz_*.cpp | sed 's/\.cpp$//'))
mkdir -p "$out/artifacts"
export UBSAN_OPTIONS=print_stacktrace=1 TOMARE_FUZZ_MAP=$out/seeds/town.tmap
failed=0
for name in "${names[@]}"; do
  corpus=$out/corpus/$name
  mkdir -p "$corpus"
  log=$out/$name.log
  if "$built/$name" -seed="${TOMARE_FUZZ_SEED:-1}" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="$out/artifacts/$name-" "$corpus" "$out/seeds/$name" >"$log" 2>&1; then
    echo "ok    $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs"
  else
    failed=$((failed + 1))
    echo "FAIL  $name"
    grep -vE '^(#[0-9]+|\s*NEW_FUNC)' "$log" | tail -n 30 | sed 's/^/      /'
  fi
done
[ "$failed" -eq 0 ]
