# SPDX-License-Identifier: MIT
"""A map that is wrong in one way: map_errors.py MAP.osm.pbf KIND SEED OUT.osm.pbf. The truth stays as it was."""
import math
import random
import sys
from collections import Counter

import numpy as np

from dress import MINOR, SIGNED, place_on
from world import World, drivable, metres, oneway

SHORT_M, LEAVE_M = 80.0, 15.0


def shift_stops(world, rng, metres_off):
    """Every stop sign stands that far from where it is, up or down its road, but on its side of the junctions."""
    used = Counter(r for _, refs in world.ways.values() for r in refs)
    for _, refs in world.ways.values():
        for n in [r for r in refs[1:-1] if world.node_tags.get(r, {}).get("highway") == "stop"]:
            line = [r for r in refs if r != n and r in world.at]
            if used[n] > 1 or len(line) < 2 or n not in world.at:
                continue
            at = 0.0
            known = [r for r in refs if r in world.at]
            for p, q in zip(known, known[1:]):
                if p == n:
                    break
                at += metres(world.at[p], world.at[q])
            gone, joints = 0.0, []
            for p, q in zip(known, known[1:]):
                gone += metres(world.at[p], world.at[q])
                if used[q] > 1:
                    joints.append(gone)
            free = lambda to: 1 < to < gone - 1 and not any(min(at, to) - 1 < j < max(at, to) + 1 for j in joints)
            along = next((to for to in rng.sample((at - metres_off, at + metres_off), 2) if free(to)), None)
            if along is None:
                continue
            position, after = place_on([world.at[r] for r in line], along)
            world.at[n] = (round(position[0], 7), round(position[1], 7))
            refs.remove(n)
            refs.insert(refs.index(line[after]), n)


def forget_directions(world, rng):
    for tags in world.node_tags.values():
        if tags.get("highway") == "stop":
            for key in ("direction", "traffic_sign:direction"):
                tags.pop(key, None)


def wrong_limits(world, rng, share):
    for _, tags, _ in sorted(drivable(world), key=lambda w: w[0]):
        if tags.get("maxspeed", "").isdigit() and rng.random() < share:
            tags["maxspeed"] = str(max(20, int(tags["maxspeed"]) + rng.choice((-20, 20))))


def missing_roads(world, rng, share):
    for way, tags, _ in sorted(drivable(world), key=lambda w: w[0]):
        if tags["highway"] in MINOR and rng.random() < share:
            del world.ways[way]


def beside(world, refs, offset):
    """Refs of a road `offset` metres to the right of the given one, which it leaves and joins again at its ends."""
    shape = [world.at[r] for r in refs]
    length = sum(metres(a, b) for a, b in zip(shape, shape[1:]))
    if length < SHORT_M:
        return None
    points = [place_on(shape, along)[0] for along in np.arange(LEAVE_M, length - LEAVE_M, LEAVE_M)]
    out = [refs[0]]
    for i, (lat, lon) in enumerate(points):
        a, b = points[max(0, i - 1)], points[min(len(points) - 1, i + 1)]
        east = math.cos(math.radians(lat))
        dx, dy = (b[1] - a[1]) * east, b[0] - a[0]
        size = math.hypot(dx, dy) or 1
        node = world.new_id()
        world.at[node] = (round(lat - dx / size * offset / 111_200, 7), round(lon + dy / size * offset / 111_320 / east, 7))
        out.append(node)
    return [*out, refs[-1]]


def more_roads(world, rng, share, kinds, offset, tags_of):
    for _, tags, refs in sorted(drivable(world), key=lambda w: w[0]):
        if tags["highway"] in kinds and all(r in world.at for r in refs) and rng.random() < share:
            nodes = beside(world, refs, offset())
            if nodes is not None:
                world.ways[world.new_id()] = (tags_of(tags), nodes)


def parallel_roads(world, rng, share):
    """A slower one-way street 8 to 15 m beside, that may lead the other way."""
    aside = lambda: rng.choice((-1, 1)) * rng.uniform(8, 15)
    slow = lambda tags: {"highway": "residential", "maxspeed": "30", "oneway": rng.choice(("yes", "-1"))}
    more_roads(world, rng, share, set(SIGNED) | set(MINOR), aside, slow)


def elevated_roads(world, rng, share):
    """A one-way road of the same limit less ten right above."""
    above = lambda tags: {"highway": "primary", "maxspeed": "40", "oneway": "yes" if oneway(tags) != -1 else "-1",
                          "bridge": "yes", "layer": "1"}
    more_roads(world, rng, share, ("primary", "secondary", "trunk"), lambda: rng.uniform(-2, 2), above)


KINDS = {
    "stops 5 m off": lambda w, r: shift_stops(w, r, 5),
    "stops 10 m off": lambda w, r: shift_stops(w, r, 10),
    "stops 20 m off": lambda w, r: shift_stops(w, r, 20),
    "stops 30 m off": lambda w, r: shift_stops(w, r, 30),
    "stops without direction": forget_directions,
    "a fifth of limits wrong": lambda w, r: wrong_limits(w, r, 0.2),
    "3 % of minor roads missing": lambda w, r: missing_roads(w, r, 0.03),
    "parallel roads beside a tenth": lambda w, r: parallel_roads(w, r, 0.1),
    "elevated roads above a third of main roads": lambda w, r: elevated_roads(w, r, 0.33),
}


if __name__ == "__main__":
    source, kind, seed, target = sys.argv[1:]
    world = World(source)
    world.next_id = 20_000_000_000
    KINDS[kind](world, random.Random(int(seed)))
    world.write(target)
