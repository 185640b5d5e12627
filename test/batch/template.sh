#!/usr/bin/env bash
# Everything that can be said of Dockerfile, workflows, template and backfill without an account.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=${TOMARE_CACHE:-$HOME/.cache/tomare}/batch-2/bin
"$bin/hadolint" Dockerfile
echo "ok    hadolint"
"$bin/actionlint" .github/workflows/*.yml
echo "ok    actionlint"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed 's/steps.build.outputs.digest/steps.built.outputs.digest/' .github/workflows/release.yml >"$work/broken.yml"
if "$bin/actionlint" "$work/broken.yml" >/dev/null; then echo "FAIL  actionlint sees no broken workflow"; exit 1; fi
echo "ok    actionlint notices a broken workflow"
"$bin/sam" validate --lint --template template.yaml
python3 tools/with_image.py template.yaml "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/tomare@sha256:0" >"$work/release.yaml"
"$bin/sam" validate --lint --template "$work/release.yaml"
[ "$(grep -c ImageUri "$work/release.yaml")" -eq 4 ] && ! grep -q Dockerfile: "$work/release.yaml"
echo "ok    the template with an image that is built already"
node_modules/.bin/asl-validator --json-path src/lambda/backfill.asl.json
node_modules/.bin/asl-validator --json-path src/lambda/daily.asl.json
"$bin/python" test/batch/template.py
AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none "$bin/python" test/batch/backfill.py 2>/dev/null
