#!/usr/bin/env bash
# Functions of more than 40 lines in the C++ rooms, and those of a complexity above 15 in core-cpp: none, by lizard (pinned).
# usage: tools/complexity.sh
set -euo pipefail
cd "$(dirname "$0")/.."
version=1.17.31
venv=${TOMARE_CACHE:-$HOME/.cache/tomare}/lizard-$version
[ -x "$venv/bin/lizard" ] || { python3 -m venv "$venv" && "$venv/bin/pip" install -q "lizard==$version"; }
failed=0
"$venv/bin/lizard" -l cpp -w -T nloc=100000 -L 40 -C 1000 core-cpp mapdata/compiler wasm -x '*_test.?pp' || failed=1
"$venv/bin/lizard" -l cpp -w -T nloc=100000 -L 100000 -C 15 core-cpp -x '*_test.?pp' || failed=1
[ "$failed" = 0 ] && echo "no function over 40 lines; in core-cpp none of a complexity above 15"
exit "$failed"
