#!/usr/bin/env bash
# Fetches the pinned parts that stand in for AWS on this machine: S3 (SeaweedFS), SQS (ElasticMQ), the
# Lambda emulator and template tools, and compiles aws-lambda-ric for the Node on PATH. Says what it does where
# there is something to do. usage: tools/batch_setup.sh   (root not needed)
set -euo pipefail
cd "$(dirname "$0")/.."

# Everything that is missing at once, before anything is built.
missing=()
need() { command -v "$1" >/dev/null || missing+=("$2"); }
need java default-jre-headless
need mvn maven
need python3 python3-venv
for tool in cmake make; do need $tool $tool; done
need g++ g++
need xz xz-utils
if [ ${#missing[@]} -gt 0 ]; then
  echo "tools/batch_setup.sh: these are missing; as root: apt-get install ${missing[*]}" >&2
  exit 1
fi
for tool in buildah crun; do
  command -v $tool >/dev/null || echo "note: without $tool the image (npm run check -- image) cannot be built here" >&2
done

cache=${TOMARE_CACHE:-$HOME/.cache/tomare}
mkdir -p "$cache"
exec 9>"$cache/.batch.lock"
flock -n 9 || { echo "another set-up is at work; waiting for it" >&2; flock 9; }
step() { echo "batch set-up $1 of 5, after $SECONDS s: $2" >&2; }
venv=$cache/batch-2
if ! cmp -s tools/batch_requirements.txt "$venv/done"; then
  step 1 "S3, the emulator and the template tools, by pip (some minutes)"
  [ -f "$venv/done" ] || rm -rf "$venv"
  [ -d "$venv" ] || python3 -m venv "$venv"
  "$venv/bin/pip" install --progress-bar off -r tools/batch_requirements.txt | sed -nE '/^(Collecting|Installing)/p' >&2
  cp tools/batch_requirements.txt "$venv/done"
fi
lint=$cache/checkov
if ! cmp -s tools/checkov_requirements.txt "$lint/done"; then
  step 2 "checkov, by pip, in an environment of its own (a minute)"
  rm -rf "$lint"
  python3 -m venv "$lint"
  "$lint/bin/pip" install --progress-bar off -r tools/checkov_requirements.txt | sed -nE '/^(Collecting|Installing)/p' >&2
  cp tools/checkov_requirements.txt "$lint/done"
fi
queue=$cache/elasticmq-1.6.14
if [ ! -f "$queue/done" ]; then
  step 3 "the queue, by Maven"
  rm -rf "$queue"
  mvn -q -B -f tools/elasticmq.pom.xml dependency:copy-dependencies -DoutputDirectory="$queue/lib"
  touch "$queue/done"
fi
# Node's headers, and the Node that the image's base is made of
package=node-linux-$(node -p process.arch)
if [ ! -d ".node/node_modules/$package" ]; then
  step 4 "Node's headers, by npm"
  npm install --no-save --no-audit --no-fund --loglevel=error --prefix .node "$package@24"
fi
client=$cache/aws-lambda-ric-$(node -p "require('./node_modules/aws-lambda-ric/package.json').version")-$(uname -m)
if [ ! -f "$client/rapid-client.node" ]; then
  step 5 "Lambda's runtime client, by the C++ compiler (some minutes)"
  npm_config_nodedir=$PWD/.node/node_modules/$package npm rebuild aws-lambda-ric --foreground-scripts \
    >"$cache/aws-lambda-ric.log" 2>&1 || { tail -n 20 "$cache/aws-lambda-ric.log" >&2; exit 1; }
  mkdir -p "$client"
  cp node_modules/aws-lambda-ric/rapid-client.node "$client/"
fi
cp "$client/rapid-client.node" node_modules/aws-lambda-ric/
