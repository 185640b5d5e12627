#!/usr/bin/env bash
# Builds the native twin and its tests: tools/native.sh FOLDER [cmake options]
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:?usage: tools/native.sh FOLDER [cmake options]}
cmake -S . -B "$folder" -G Ninja -DTOMARE_TESTS=ON "${@:2}" >/dev/null
cmake --build "$folder" -j "$(nproc)"
