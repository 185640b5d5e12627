#!/usr/bin/env bash
# Everything that can be said of Dockerfile, template and backfill without an account.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=${TOMARE_CACHE:-$HOME/.cache/tomare}/batch-2/bin
"$bin/hadolint" Dockerfile
echo "ok    hadolint"
"$bin/sam" validate --lint --template template.yaml
node_modules/.bin/asl-validator --json-path src/lambda/backfill.asl.json
"$bin/python" test/batch/template.py
AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none "$bin/python" test/batch/backfill.py 2>/dev/null
