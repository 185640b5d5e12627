# SPDX-License-Identifier: MIT
"""Drives with truth on one extract: generate.py SPEC.json FOLDER
Writes map.osm.pbf (the extract with rule places added), drives.json and samples.bin (16 bytes per 0.1 s: latitude
and longitude in 1e-7 degrees, speed in cm/s, index into the drive's route with the top bit inside junctions, metres
along the route as float). Same spec, same bytes."""
import json
import random
import sys
import tempfile
from pathlib import Path

import numpy as np

from dress import dress
from plans import Planner
from roads import Roads
from simulate import Net, drive, write_network
from truth import STEP, UNTOLD_M, Driven, labels
from world import World

INSIDE_JUNCTION = 0x8000
LAST_STAND_S = 20
LAWFUL = ("lawful", "u-turn", "parking")
DAY_MS = 86_400_000
WEDNESDAY = 20_726 * DAY_MS  # 2026-09-30, 00:00 UTC
SUNDAY = WEDNESDAY + 4 * DAY_MS
RECORD = np.dtype([("lat", "<i4"), ("lon", "<i4"), ("speed", "<u2"), ("item", "<u2"), ("path", "<f4")])


def make_plans(spec, planner):
    """As many of each behaviour as the spec asks for; those that find no place are left out."""
    makers = {
        "lawful": planner.lawful, "stopping": planner.stopping, "crossing": planner.crossing,
        "speeding": planner.speeding, "wrong-way": planner.wrong_way, "turn-ban": planner.banned_turn,
        "closed": lambda *a: planner.closed(*a, timed=False), "timed": lambda *a: planner.closed(*a, timed=True),
        "u-turn": planner.turning_round, "parking": planner.parking,
    }
    plans = []
    for behaviour, count in spec["drives"].items():
        for k in range(count):
            plan = makers[behaviour](f"{spec['name']}-{behaviour}-{k}", spec["kilometres"])
            if plan is None:
                continue
            plan.depart = float(len(plans) * 7)
            day, minute = hour_of(behaviour, planner.rng)
            plan.start_ms = day + (minute - spec["zone"]) * 60_000
            plans.append(plan)
    return plans


def hour_of(behaviour, rng):
    """Day and minute: on a timed road in and out of its hours, else by day, on a Sunday, or at night."""
    if behaviour == "timed":
        return rng.choice(((WEDNESDAY, 455), (WEDNESDAY, 455), (WEDNESDAY, 600), (SUNDAY, 455)))
    day = rng.choice((WEDNESDAY, WEDNESDAY, WEDNESDAY, SUNDAY))
    return day, rng.randint(1320, 1430) if rng.random() < 0.2 else rng.randint(560, 960)


def parked(rows):
    """The longest stands become manoeuvres: six metres back and forth again. A car behind is not looked for."""
    speed, k, out = rows[:, 3], 0, rows.copy()
    while k < len(rows):
        end = k
        while end < len(rows) and speed[end] < 0.05:
            end += 1
        if end - k > 350:
            back = k - 1
            while back > 0 and np.hypot(*(rows[back, 1:3] - rows[k, 1:3])) * 111_000 < 6:
                back -= 1
            leg = np.linspace(0, 1, 60)
            for begin, order in ((k + 60, leg), (k + 160, leg[::-1])):
                index = np.interp(order, [0, 1], [k, back])
                lo = index.astype(int)
                part = index - lo
                hi = np.minimum(lo + 1, len(rows) - 1)
                for c in (1, 2):
                    out[begin:begin + 60, c] = rows[lo, c] * (1 - part) + rows[hi, c] * part
                out[begin:begin + 60, 3] = 1.0
            out[k + 120:k + 160, 1:3] = rows[back, 1:3]
        k = end + 1
    return out


def record(d, rows):
    item = np.where(d.at >= 0, d.at, 0)
    for k in range(1, len(item)):
        if d.at[k] < 0:
            item[k] = item[k - 1]
    out = np.zeros(len(rows), RECORD)
    out["lat"], out["lon"] = np.round(rows[:, 1] * 1e7), np.round(rows[:, 2] * 1e7)
    out["speed"] = np.round(rows[:, 3] * 100)
    out["item"] = item + np.where(d.at < 0, INSIDE_JUNCTION, 0)
    out["path"] = d.path
    return out


def continuous(rows):
    gaps = np.diff(rows[:, 0]) > 1.5 * STEP
    step = np.hypot(np.diff(rows[:, 1]), np.diff(rows[:, 2]) * 0.7) * 111_000
    return not gaps.any() and step.max() < 8


def arrived(rows):
    """Without the stand at the end: a car that waits for ever at a junction of the simulator's has parked there."""
    moving = np.flatnonzero(rows[:, 3] > 0.05)
    return rows[: moving[-1] + int(LAST_STAND_S / STEP)] if len(moving) else rows[:0]


def lost_because(rows):
    if rows is None:
        return "never departed"
    if len(rows) < 3000:
        return "too short"
    return None if continuous(rows) else "not continuous"


def main(spec_file, folder):
    spec = json.loads(Path(spec_file).read_text())
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    world = World(spec["extract"], spec.get("box"))
    dress(world, random.Random(spec["seed"]), **spec["dress"])
    world.write(str(folder / "map.osm.pbf"))
    roads = Roads(world, spec["profile"])
    with tempfile.TemporaryDirectory() as scratch:
        write_network(roads, world, Path(scratch), spec["lefthand"])
        net = Net(Path(scratch) / "n.net.xml", roads)
        roads.leave_out(net)
        planner = Planner(world, roads, spec["seed"], spec["duties"])
        plans = make_plans(spec, planner)
        rows = drive(plans, net.lanes, Path(scratch), spec["seed"])
    drives, first, lost = [], 0, []
    with open(folder / "samples.bin", "wb") as out:
        for plan in plans:
            mine = arrived(rows[plan.id]) if plan.id in rows else None
            fault = lost_because(mine)
            if fault is not None:
                lost.append([plan.id, fault])
                continue
            d = Driven(plan, mine)
            events = labels(d, world, roads, planner.rails, spec["duties"], spec["zone"])
            if plan.behaviour in LAWFUL and any(e["state"] == "violated" for e in events):
                lost.append([plan.id, "broke a rule: a junction swallowed the line it was to stop at"])
                continue
            records = record(d, parked(mine) if plan.reverse else mine)
            out.write(records.tobytes())
            drives.append({
                "id": plan.id, "behaviour": plan.behaviour, "start_ms": plan.start_ms, "first": first,
                "count": len(records), "begin_m": round(d.span()[0], 2), "end_m": round(d.span()[1], 2),
                "route": [[e.way, e.forward, e.from_m, e.to_m, e.limit or 0, e.against, e.tunnel, e.cap] for e in d.route],
                "events": events,
            })
            first += len(records)
    text = json.dumps({"spec": spec, "lost": lost, "untold_m": UNTOLD_M, "drives": drives}).replace("NaN", "null")
    (folder / "drives.json").write_text(text)
    print(f"{spec['name']}: {len(drives)} drives, {sum(d['end_m'] - d['begin_m'] for d in drives) / 1000:.0f} km, {len(lost)} lost")


if __name__ == "__main__":
    main(*sys.argv[1:])
