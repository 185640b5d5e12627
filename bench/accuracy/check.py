# SPDX-License-Identifier: MIT
"""Is the truth true? check.py SPEC.json FOLDER reads what generate.py wrote and the map file anew, and shares no
code with it: every position lies on the stated way's line or in the junction after it, speeds are those of the
positions, the metres of the route are those of the speeds, and routes are unbroken. A drive that fails is named in
FOLDER/faulty.json and left out; ends with an error where more than one in a hundred does."""
import json
import math
import struct
import sys
from pathlib import Path

import osmium

ASIDE_M, JUNCTION_M = 9.0, 45.0  # a lane lies half a road aside; a junction's arcs end within its area
FAULTY = 0.01  # share of the drives that may be left out
CORNER_M = 3.0  # SUMO cuts corners where a piece of road is shorter than a step


def read_ways(path):
    at, ways = {}, {}
    for o in osmium.FileProcessor(path):
        if o.is_node():
            at[o.id] = (o.lat, o.lon)
        elif o.is_way() and "highway" in o.tags:
            ways[o.id] = [n.ref for n in o.nodes]
    return {w: [at[r] for r in refs if r in at] for w, refs in ways.items()}


def distance(lat, lon, line):
    east = 111320 * math.cos(math.radians(lat))
    best = math.inf
    for (alat, alon), (blat, blon) in zip(line, line[1:]):
        ax, ay, bx, by = (alon - lon) * east, (alat - lat) * 111200, (blon - lon) * east, (blat - lat) * 111200
        dx, dy = bx - ax, by - ay
        size = dx * dx + dy * dy
        t = 0 if size == 0 else max(0, min(1, -(ax * dx + ay * dy) / size))
        best = min(best, math.hypot(ax + t * dx, ay + t * dy))
    return best


def main(folder):
    folder = Path(folder)
    ways = read_ways(str(folder / "map.osm.pbf"))
    stored = json.loads((folder / "drives.json").read_text())
    data = (folder / "samples.bin").read_bytes()
    faults, rows, aside = [], 0, 0.0
    for d in stored["drives"]:
        route = d["route"]
        samples = [struct.unpack_from("<iiHHf", data, 16 * k) for k in range(d["first"], d["first"] + d["count"])]
        parked = d["behaviour"] == "parking"
        if d["behaviour"] in ("lawful", "u-turn", "parking"):
            faults += [(d["id"], f"lawful, and yet {e['rule']} at {e['t']} s") for e in d["events"] if e["state"] == "violated"]
        for k in range(0, len(samples), 5):  # every half second
            lat, lon, speed, item, path = samples[k]
            rows += 1
            lat, lon = lat / 1e7, lon / 1e7
            inside, item = item & 0x8000, item & 0x7FFF
            far = distance(lat, lon, ways[route[item][0]])
            if inside:  # short pieces may lie inside, too
                far = min([far, *(distance(lat, lon, ways[r[0]]) for r in route[item + 1:item + 6])])
            else:
                aside = max(aside, far)
            if far > (JUNCTION_M if inside else ASIDE_M):
                faults.append((d["id"], f"at {k / 10:.1f} s {far:.1f} m from way {route[item][0]}"))
            if k + 5 < len(samples) and not parked:
                later = samples[k + 5]
                steps = zip(samples[k:k + 5], samples[k + 1:k + 6])
                moved = sum(math.hypot((b[0] - a[0]) * 1.112e-2, (b[1] - a[1]) * 1.1132e-2 * math.cos(math.radians(lat)))
                            for a, b in steps)
                said = sum(s[2] for s in samples[k + 1:k + 6]) / 1000
                if abs(moved - said) > CORNER_M + 0.15 * said:
                    faults.append((d["id"], f"at {k / 10:.1f} s moved {moved:.2f} m, by its speed {said:.2f} m"))
                if later[4] < path - 0.01:
                    faults.append((d["id"], f"at {k / 10:.1f} s the route runs backward"))
        driven = sum(s[2] for s in samples) / 1000
        if not parked and abs(driven - (d["end_m"] - d["begin_m"])) > 0.08 * driven + 30:
            faults.append((d["id"], f"drove {driven:.0f} m on {d['end_m'] - d['begin_m']:.0f} m of roads"))
    for drive, fault in faults[:20]:
        print(f"{drive}: {fault}", file=sys.stderr)
    faulty = sorted({drive for drive, _ in faults})
    (folder / "faulty.json").write_text(json.dumps(faulty))
    print(f"{folder.name}: {len(stored['drives'])} drives, {rows} rows checked, {len(faults)} faults, "
          f"at most {aside:.1f} m from the stated way")
    return 1 if len(faulty) > FAULTY * len(stored["drives"]) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[2]))
