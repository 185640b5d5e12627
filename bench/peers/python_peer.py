# SPDX-License-Identifier: MIT
"""Valhalla and OSRM on the bench's extract and drives: python_peer.py PEER EXTRACT DRIVES FOLDER [ROUTES]
PEER: valhalla, valhalla-permissive (the law switched off), osrm. DRIVES: {name: [[t, lat, lon], ...]}.
Prints one line of JSON: the build, and the rate of each drive; times are this thread's CPU. With ROUTES each drive
is matched once and its route written there instead: {name: [piece, ...]}, a piece [way, lat, lon, lat, lon] of
Valhalla (its ends as driven), or [node, node] of OSRM. With PEER_GEOMETRY=1 the rates are those of answers with the
line of the matched ways: Valhalla's encoded shape, OSRM's full overview as an encoded line."""
import json
import os
import resource
import subprocess
import sys
import time

peer, extract, drives_file, folder = sys.argv[1:5]
routes_file = sys.argv[5] if len(sys.argv) > 5 else None
geometry = os.environ.get("PEER_GEOMETRY") == "1"
with open(drives_file) as f:
    DRIVES = json.load(f)
ROUNDS = 7
PERMISSIVE = {"auto": {"ignore_oneways": True, "ignore_restrictions": True, "ignore_access": True}}


def build(commands):
    """Wall and CPU seconds and peak MiB of the commands that make the map."""
    begin, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"build_s": time.monotonic() - begin, "build_cpu_s": cpu, "build_mib": after.ru_maxrss / 1024}


def size_of(path):
    files = (os.path.join(d, n) for d, _, names in os.walk(path) for n in names)
    return sum(os.path.getsize(f) for f in files)


def rates(match):
    """Of each drive; with ROUTES the routes are written instead. `match` gives what was matched and the route."""
    if routes_file is not None:
        with open(routes_file, "w") as out:
            json.dump({name: match(drive)[1] for name, drive in DRIVES.items()}, out)
        return {}
    out = {}
    for interval, drive in DRIVES.items():
        times = []
        for i in range(ROUNDS + 2):
            begin = time.thread_time()
            matched, _ = match(drive)
            if i >= 2:
                times.append(time.thread_time() - begin)
        out[interval] = {"fixes_per_s": len(drive) / sorted(times)[ROUNDS // 2], "matched": matched / len(drive)}
    return out


ATTRIBUTES = ["edge.way_id", "matched.type", "matched.edge_index"]
PIECES = ["edge.begin_shape_index", "edge.end_shape_index", "shape"]


def shape_of(text):
    """The polyline of Google's encoding with six digits."""
    points, at, lat, lon = [], 0, 0, 0
    while at < len(text):
        for axis in (0, 1):
            shift = result = 0
            while True:
                byte = ord(text[at]) - 63
                at += 1
                result |= (byte & 31) << shift
                shift += 5
                if byte < 32:
                    break
            delta = ~(result >> 1) if result & 1 else result >> 1
            lat, lon = (lat + delta, lon) if axis == 0 else (lat, lon + delta)
        points.append((lat / 1e6, lon / 1e6))
    return points


def valhalla_pieces(answer):
    shape = shape_of(answer["shape"])
    pieces = []
    for e in answer["edges"]:
        a, b = shape[e["begin_shape_index"]], shape[e["end_shape_index"]]
        pieces.append([e["way_id"], *a, *b])
    return pieces


def valhalla_peer():
    import valhalla

    tiles = os.path.join(folder, "tiles")
    os.makedirs(tiles)
    config = valhalla.get_config(tile_extract="", tile_dir=tiles, verbose=False)
    config["service_limits"]["trace"].update(max_shape=1000000, max_distance=1e8, max_search_radius=1000)
    config["mjolnir"]["concurrency"] = 2
    path = os.path.join(folder, "valhalla.json")
    with open(path, "w") as f:
        json.dump(config, f)
    package = os.path.dirname(valhalla.__file__)
    os.environ["LD_LIBRARY_PATH"] = os.path.join(os.path.dirname(package), "pyvalhalla.libs")  # a chroot has no /proc
    program = os.path.join(package, "bin", "valhalla_build_tiles")
    made = build([[program, "-c", path, extract]])
    actor = valhalla.Actor(path)

    def match(drive):
        request = {
            "shape": [{"lat": lat, "lon": lon, "time": t} for t, lat, lon in drive],
            "costing": "auto",
            **({"costing_options": PERMISSIVE} if peer == "valhalla-permissive" else {}),
            "shape_match": "map_snap",
            "use_timestamps": False,
            "filters": {"attributes": ATTRIBUTES + (PIECES if routes_file or geometry else []), "action": "include"},
        }
        try:
            answer = json.loads(actor.trace_attributes(json.dumps(request)))
        except RuntimeError:  # it found no way at all
            return 0, []
        matched = sum(1 for p in answer["matched_points"] if p["type"] != "unmatched")
        return matched, valhalla_pieces(answer) if routes_file else []

    return {**made, "bytes": size_of(tiles), "rates": rates(match)}


def osrm_pieces(answer):
    pieces = []
    for matching in answer["matchings"]:
        driven = []
        for leg in matching["legs"]:
            nodes = list(leg["annotation"]["nodes"])
            while driven and nodes and nodes[0] in driven[-2:]:  # a leg begins on the segment where the last one ended
                nodes.pop(0)
            driven += nodes
        pieces += [[a, b] for a, b in zip(driven, driven[1:])]
    return pieces


def osrm_peer():
    import osrm

    share = os.path.join(os.path.dirname(osrm.__file__), "share", "profiles", "car.lua")
    base = os.path.join(folder, "map.osrm")
    local = os.path.join(folder, "map.osm.pbf")
    if not os.path.exists(local):
        os.symlink(extract, local)
    run = [sys.executable, "-m", "osrm"]
    made = build([run + ["extract", "-t", "2", "-p", share, local], run + ["contract", "-t", "2", base]])
    engine = osrm.OSRM(storage_config=base, algorithm="CH", use_shared_memory=False, max_locations_map_matching=-1)

    def match(drive):
        params = osrm.MatchParameters(
            coordinates=[(lon, lat) for _, lat, lon in drive],
            timestamps=[t for t, _, _ in drive],
            radiuses=[10.0] * len(drive),
            gaps="ignore",
            overview="full" if geometry else "false",
            generate_hints=False,
            **({"annotations": ["nodes"]} if routes_file else {}),
        )
        try:
            answer = engine.Match(params)
        except RuntimeError:
            return 0, []
        matched = sum(1 for p in answer["tracepoints"] if p is not None)
        return matched, osrm_pieces(answer) if routes_file else []

    names = [n for n in os.listdir(folder) if n.startswith("map.osrm")]
    size = sum(os.path.getsize(os.path.join(folder, n)) for n in names)
    return {**made, "bytes": size, "rates": rates(match)}


os.makedirs(folder, exist_ok=True)
result = osrm_peer() if peer == "osrm" else valhalla_peer()
result["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(result))
