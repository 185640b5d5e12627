# SPDX-License-Identifier: MIT
"""Valhalla and OSRM on the bench's extract and drives: python_peer.py valhalla|osrm EXTRACT DRIVES FOLDER.
DRIVES: {"1": [[t, lat, lon], ...], "5": ..., "10": ...}. Prints one line of JSON; times are this thread's CPU."""
import json
import os
import resource
import subprocess
import sys
import time

peer, extract, drives_file, folder = sys.argv[1:5]
with open(drives_file) as f:
    DRIVES = {int(k): v for k, v in json.load(f).items()}
ROUNDS = 7


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
    out = {}
    for interval, drive in DRIVES.items():
        times = []
        for i in range(ROUNDS + 2):
            begin = time.thread_time()
            matched = match(drive)
            if i >= 2:
                times.append(time.thread_time() - begin)
        out[interval] = {"fixes_per_s": len(drive) / sorted(times)[ROUNDS // 2], "matched": matched / len(drive)}
    return out


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
            "shape_match": "map_snap",
            "use_timestamps": False,
            "filters": {"attributes": ["edge.way_id", "matched.type", "matched.edge_index"], "action": "include"},
        }
        answer = json.loads(actor.trace_attributes(json.dumps(request)))
        return sum(1 for p in answer["matched_points"] if p["type"] != "unmatched")

    return {**made, "bytes": size_of(tiles), "rates": rates(match)}


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
            overview="false",
            generate_hints=False,
        )
        points = engine.Match(params)["tracepoints"]
        return sum(1 for p in points if p is not None)

    names = [n for n in os.listdir(folder) if n.startswith("map.osrm")]
    size = sum(os.path.getsize(os.path.join(folder, n)) for n in names)
    return {**made, "bytes": size, "rates": rates(match)}


os.makedirs(folder, exist_ok=True)
result = valhalla_peer() if peer == "valhalla" else osrm_peer()
result["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(result))
