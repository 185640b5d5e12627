#!/usr/bin/env bash
# Synthesizes examples/cdk away from the checkout's own packages, and compares it with the template.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=${TOMARE_CACHE:-$HOME/.cache/tomare}/batch-2/bin
rm -rf build/cdk && mkdir -p build && cp -r examples/cdk build/cdk
(cd build/cdk && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && node --disable-warning=ExperimentalWarning app.ts 2>/dev/null)
"$bin/python" test/batch/cdk.py build/cdk/cdk.out
