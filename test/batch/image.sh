#!/usr/bin/env bash
# Builds the image without a container engine or registry (buildah, chroot isolation; bases by mmdebstrap),
# looks at its layers, and lets the emulator serve from inside it. Root on Debian; after tools/batch_setup.sh.
# usage: test/batch/image.sh [MAP [PROGRAM]]   PROGRAM: what asks the emulator, in place of image.ts
set -euo pipefail
cd "$(dirname "$0")/../.."
missing=()
for tool in buildah crun mmdebstrap; do command -v $tool >/dev/null || missing+=("$tool"); done
if [ ${#missing[@]} -gt 0 ]; then
  echo "test/batch/image.sh: these are missing; as root: apt-get install ${missing[*]}" >&2
  exit 1
fi
cache=${TOMARE_CACHE:-$HOME/.cache/tomare}
toolchain=${TOMARE_TOOLCHAIN:-$cache/trixie}
store=$cache/images
emscripten=localhost/tomare-emscripten:3.1.69
prefix=$PWD/.node/node_modules/node-linux-$(node -p process.arch)
node=localhost/tomare-node:$("$prefix/bin/node" -p process.versions.node)
work=$(mktemp -d)
bud() { buildah --root "$store" --runroot "$work/run" "$@"; }
trap 'bud rm -a >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

has() { bud images -q "$1" >/dev/null 2>&1; }

# a root file system as an image of one layer
import_root() { # name, command that writes a tar to standard output…
  local name=$1 container mount
  shift
  container=$(bud from scratch)
  mount=$(bud mount "$container")
  "$@" | tar -x -C "$mount"
  bud umount "$container" >/dev/null
  bud commit -q --rm "$container" "$name" >/dev/null
}

toolchain_root() {
  tar -c -C "$toolchain" --exclude=./src --exclude='./proc/*' --exclude=./.lock --exclude=./usr/share/doc \
    --exclude=./usr/share/emscripten/tests --exclude='./var/lib/apt/lists/*' --exclude='./var/cache/apt/*' .
}

# Node 24 on Debian: the binary and headers of the npm package that tools/batch_setup.sh has put there, npm as on this machine
node_root() {
  local root=$work/node
  mmdebstrap --quiet --variant=minbase --include=ca-certificates trixie "$root" >&2
  install -D "$prefix/bin/node" "$root/usr/local/bin/node"
  mkdir -p "$root/usr/local/include" "$root/usr/local/lib/node_modules"
  cp -r "$prefix/include/node" "$root/usr/local/include/"
  rm -rf "$root/usr/local/include/node/openssl"
  cp -rL "$(dirname "$(readlink -f "$(command -v npm)")")/.." "$root/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/doc "$root"/usr/share/locale
  tar -c -C "$root" .
}

tools/toolchain.sh "$toolchain"
has "$emscripten" || import_root "$emscripten" toolchain_root
has "$node" || import_root "$node" node_root
echo "bases ready after $SECONDS s"

# the certificates and npm settings of this machine, where it needs them to reach its registry
mounts=(--volume /etc/ssl/certs:/etc/ssl/certs:ro --volume /etc/resolv.conf:/etc/resolv.conf:ro)
[ -f "$HOME/.npmrc" ] && mounts+=(--volume "$HOME/.npmrc:/root/.npmrc:ro")
if [ -n "${NODE_EXTRA_CA_CERTS:-}" ]; then
  mounts+=(--volume "$NODE_EXTRA_CA_CERTS:$NODE_EXTRA_CA_CERTS:ro" --build-arg NODE_EXTRA_CA_CERTS)
fi
map=${1:-build/demo/town.tmap}
program=${2:-test/batch/image.ts}
bud bud --isolation chroot --layers -q "${mounts[@]}" --build-arg MAP="$map" \
  --build-arg TOOLCHAIN_IMAGE="$emscripten" --build-arg BASE_IMAGE="$node" -t tomare .
echo "image built after $SECONDS s"

# what is in it, by layer: the map alone in one, below the code
container=$(bud from localhost/tomare)
image=$(bud mount "$container")
map_bytes=$(stat -c %s "$image/opt/tomare/map.tmap")
without_map=$(($(du -sxb "$image" | cut -f 1) - map_bytes))
echo "image without map: $((without_map / 1000000)) MB"
[ "$without_map" -lt 250000000 ] || { echo "the image has 250 MB or more" >&2; exit 1; }
cmp "$map" "$image/opt/tomare/map.tmap"
bud umount "$container" >/dev/null
bud push -q localhost/tomare "dir:$work/layers" >/dev/null
node test/batch/layers.mjs "$work/layers" "$map_bytes"

rie=$(node --disable-warning=ExperimentalWarning -e \
  "import('./tools/local/emulator.ts').then((e) => process.stdout.write(e.emulatorPath()))")
node --disable-warning=ExperimentalWarning "$program" buildah --root "$store" --runroot "$work/run" \
  run --isolation chroot --user 1000:1000 --volume "$rie:/rie:ro" ENVIRONMENT "$container" -- /rie
