# SPDX-License-Identifier: MIT
"""Adds rule places to a world, by seed, where the extract has too few of a kind to count: stop signs, level
crossings, closed roads, timed bans, signed limits. They are in the map that the engine gets and in the truth alike."""
import math

from roads import Roads
from world import DEAD_RAILS, RANK, drivable, metres

MINOR = ("residential", "unclassified", "tertiary", "living_street")
SIGNED = {"motorway": 100, "trunk": 80, "primary": 60, "secondary": 50, "tertiary": 50, "unclassified": 40, "residential": 30}
WINDOW = "Mo-Fr 07:30-08:30"
WINDOW_MINUTES = (450, 510)


def place_on(shape, along):
    """Position `along` metres from the start of the shape, and the index of the vertex after it."""
    for i in range(1, len(shape)):
        step = metres(shape[i - 1], shape[i])
        if along <= step or i == len(shape) - 1:
            t = min(1.0, along / step) if step > 0 else 0.0
            a, b = shape[i - 1], shape[i]
            return (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])), i
        along -= step
    raise ValueError("a shape of one point")


def insert_node(world, edge, along, tags):
    """A new node on the edge's way, with tags; its id."""
    position, after = place_on(edge.shape, along)
    refs = world.ways[edge.way][1]
    p, q = edge.refs[after - 1], edge.refs[after]
    for i in range(1, len(refs)):
        if (refs[i - 1], refs[i]) in ((p, q), (q, p)):
            node = world.new_id()
            world.at[node] = (round(position[0], 7), round(position[1], 7))
            world.node_tags[node] = tags
            refs.insert(i, node)
            for e, k in ((edge, after), (edge.twin, len(edge.twin.refs) - after)):
                e.refs = [*e.refs[:k], node, *e.refs[k:]]
                e.shape = [*e.shape[:k], world.at[node], *e.shape[k:]]
            return node
    raise ValueError("the edge is not of its way")


def near_tags(world, edge, wanted):
    return any(wanted(world.node_tags.get(r, {})) for r in edge.refs)


def busy(tags):
    return tags.get("highway") in ("stop", "traffic_signals", "give_way") or "railway" in tags


def add_stops(world, roads, network, rng, count):
    for e in rng.sample(network, len(network)):
        if count == 0:
            return
        others = [f for f in roads.out.get(e.b, []) if f.way != e.way]
        major = any(RANK[f.kind] < RANK[e.kind] or (f.kind == e.kind and f.name != e.name) for f in others)
        if e.kind not in MINOR or e.length < 45 or roads.arms.get(e.b, 0) < 3 or not major:
            continue
        if any(near_tags(world, f, busy) for f in [e, *roads.out[e.b], *roads.into[e.b]]):
            continue
        tags = {"highway": "stop", "direction": "forward" if e.forward else "backward"}
        insert_node(world, e, e.length - rng.uniform(4, 8), tags)
        count -= 1


def add_crossings(world, network, rng, count):
    """A road of one or two tracks across; each track a way of its own."""
    for e in rng.sample(network, len(network)):
        if count == 0:
            return
        if e.kind not in MINOR + ("secondary",) or e.length < 120 or near_tags(world, e, lambda t: bool(t)):
            continue
        along = rng.uniform(0.45, 0.55) * e.length
        for track in range(rng.choice((1, 2))):
            node = insert_node(world, e, along + 5 * track, {"railway": "level_crossing"})
            lat, lon = world.at[node]
            east = 1 / math.cos(math.radians(lat))
            along_road = (e.shape[-1][0] - e.shape[0][0], (e.shape[-1][1] - e.shape[0][1]) / east)
            size = math.hypot(*along_road) or 1
            across = (-along_road[1] / size * 2e-4, along_road[0] / size * 2e-4 * east)
            ends = []
            for side in (-1, 1):
                end = world.new_id()
                world.at[end] = (round(lat + side * across[0], 7), round(lon + side * across[1], 7))
                ends.append(end)
            world.ways[world.new_id()] = ({"railway": "rail"}, [ends[0], node, ends[1]])
        count -= 1


def whole_ways(world, roads, network, rng):
    """Ways of some length that lead through: neither end is a dead end, and nothing is said of access."""
    seen = set()
    for e in rng.sample(network, len(network)):
        tags, refs = world.ways[e.way]
        if e.way in seen or e.kind not in MINOR or any("access" in k or "vehicle" in k for k in tags):
            continue
        seen.add(e.way)
        if tags.get("oneway", "no") != "no" or "junction" in tags:
            continue
        through = all(roads.arms.get(r, 0) >= 3 for r in (refs[0], refs[-1]))
        if through and e.length > 80 and sum(metres(world.at[p], world.at[q]) for p, q in zip(refs, refs[1:]) if p in world.at and q in world.at) < 400:
            yield e.way, tags


def sign_limits(world, rng, share):
    """By street: a street's ways agree."""
    chosen = {}
    for way, tags, _ in sorted(drivable(world)):
        kind = tags["highway"]
        if kind not in SIGNED or any(k.startswith("maxspeed") for k in tags):
            continue
        street = (tags.get("name", way), kind)
        if street not in chosen:
            chosen[street] = rng.random() < share
        if chosen[street]:
            tags["maxspeed"] = str(SIGNED[kind])
            world.added.add(way)


def dress(world, rng, stops, crossings, closed, timed, limits):
    sign_limits(world, rng, limits)
    roads = Roads(world)
    network = [roads.edges[i] for i in sorted(roads.network())]
    ways = whole_ways(world, roads, network, rng)
    for _ in range(timed):
        way, tags = next(ways, (None, None))
        if way is not None:
            tags["motor_vehicle:conditional"] = f"no @ ({WINDOW})"
            world.timed.add(way)
            world.added.add(way)
    for _ in range(closed):
        way, tags = next(ways, (None, None))
        if way is not None:
            tags["motor_vehicle"] = "no"
            world.added.add(way)
    network = [e for e in network if access_is_plain(world, e)]
    add_stops(world, roads, network, rng, stops)
    roads = Roads(world)
    network = [roads.edges[i] for i in sorted(roads.network()) if access_is_plain(world, roads.edges[i])]
    add_crossings(world, network, rng, crossings)


def access_is_plain(world, edge):
    return not any("vehicle" in k for k in world.ways[edge.way][0])


def is_crossing(world, node, rails):
    return world.node_tags.get(node, {}).get("railway") == "level_crossing" and node in rails


def live_rails(world):
    """Nodes of rails in use."""
    return {r for tags, refs in world.ways.values() if tags.get("railway", "no") not in DEAD_RAILS | {"no"} and
            tags.get("railway") in ("rail", "light_rail", "narrow_gauge") for r in refs}
