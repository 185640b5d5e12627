#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs the peers, pinned, under a cache folder: a Debian trixie chroot with a Python venv (Valhalla and
# OSRM need Python 3.12), and GraphHopper's jars. usage: setup.sh DIR
set -euo pipefail
dir=${1:?usage: setup.sh DIR}
here=$(cd "$(dirname "$0")" && pwd)
if [ ! -x "$dir/peers/usr/bin/python3" ]; then
  mmdebstrap --quiet --variant=minbase --include=python3-venv,ca-certificates trixie "$dir/peers.new"
  mv "$dir/peers.new" "$dir/peers"
fi
cp /etc/resolv.conf "$dir/peers/etc/"
cp /etc/ssl/certs/ca-certificates.crt "$dir/peers/etc/ssl/certs/"
for file in /etc/pip.conf "$HOME/.config/pip/pip.conf"; do
  [ ! -f "$file" ] || cp "$file" "$dir/peers/etc/pip.conf"
done
if [ ! -d "$dir/peers/venv/lib/python3.13/site-packages/osrm" ]; then
  chroot "$dir/peers" /bin/bash -c 'python3 -m venv /venv && /venv/bin/pip install -q pyvalhalla==3.9.1 osrm-bindings==26.10.0'
fi
mkdir -p "$dir/graphhopper"
cp "$here/pom.xml" "$here/GraphHopperPeer.java" "$dir/graphhopper/"
cd "$dir/graphhopper"
[ -d lib ] || mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
javac -cp 'lib/*' GraphHopperPeer.java
