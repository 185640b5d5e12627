#!/usr/bin/env bash
# Fetches the pinned parts that stand in for AWS on this machine: S3 (SeaweedFS), SQS (ElasticMQ), the
# Lambda emulator and template tools, and compiles aws-lambda-ric for the Node on PATH.
# usage: tools/batch_setup.sh   (root not needed; wants python3-venv, maven, a JRE, cmake, make, g++, xz)
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${TOMARE_CACHE:-$HOME/.cache/tomare}
mkdir -p "$cache"
exec 9>"$cache/.batch.lock" && flock 9
venv=$cache/batch-2
if ! cmp -s tools/batch_requirements.txt "$venv/done"; then
  [ -f "$venv/done" ] || rm -rf "$venv"
  [ -d "$venv" ] || python3 -m venv "$venv"
  "$venv/bin/pip" install -q -r tools/batch_requirements.txt
  cp tools/batch_requirements.txt "$venv/done"
fi
lint=$cache/checkov
if ! cmp -s tools/checkov_requirements.txt "$lint/done"; then
  rm -rf "$lint"
  python3 -m venv "$lint"
  "$lint/bin/pip" install -q -r tools/checkov_requirements.txt
  cp tools/checkov_requirements.txt "$lint/done"
fi
queue=$cache/elasticmq-1.6.14
if [ ! -f "$queue/done" ]; then
  rm -rf "$queue"
  mvn -q -B -f tools/elasticmq.pom.xml dependency:copy-dependencies -DoutputDirectory="$queue/lib"
  touch "$queue/done"
fi
# Node's headers, and the Node that the image's base is made of
package=node-linux-$(node -p process.arch)
if [ ! -d ".node/node_modules/$package" ]; then
  npm install --no-save --no-audit --no-fund --loglevel=error --prefix .node "$package@24"
fi
client=$cache/aws-lambda-ric-$(node -p "require('./node_modules/aws-lambda-ric/package.json').version")-$(uname -m)
if [ ! -f "$client/rapid-client.node" ]; then
  npm_config_nodedir=$PWD/.node/node_modules/$package npm rebuild aws-lambda-ric --foreground-scripts \
    >"$cache/aws-lambda-ric.log" 2>&1 || { tail -n 20 "$cache/aws-lambda-ric.log" >&2; exit 1; }
  mkdir -p "$client"
  cp node_modules/aws-lambda-ric/rapid-client.node "$client/"
fi
cp "$client/rapid-client.node" node_modules/aws-lambda-ric/
