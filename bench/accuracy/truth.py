# SPDX-License-Identifier: MIT
"""Labels of a driven plan: from SUMO's rows and the tags of the ways alone."""
import math

import numpy as np

from dress import WINDOW_MINUTES
from plans import offset_of, stop_applies
from simulate import STEP
from world import FIRST_NEW_ID, metres

TOLERANCE_KMH, TOLERANCE_SHARE = 5.0, 0.05  # an event of speeding by the policy of settings.yaml
EVENT_S, EVENT_M, EDGE_M = 5.0, 50.0, 30.0
STOPPED_MPS = 0.5
REACH_M, FAR_M = 60.0, 999.0
PAST_M = 10.0  # metres past a line that a junction swallowed, where a car that obeys it may be put
# Metres at the beginning and the end of a drive where no places of the rule are named.
UNTOLD_M = {"stop-sign": (60, 40), "level-crossing": (60, 40), "turn-ban": (20, 20)}


def project(shape, lat, lon):
    """Metres along the shape of the points nearest to the positions, and the distances to it."""
    phi = math.radians(shape[0][0])
    per_lat = 111132.954 - 559.822 * math.cos(2 * phi) + 1.175 * math.cos(4 * phi)
    per_lon = 111412.84 * math.cos(phi) - 93.5 * math.cos(3 * phi) + 0.118 * math.cos(5 * phi)
    x, y = (lon - shape[0][1]) * per_lon, (lat - shape[0][0]) * per_lat
    best, along, gone = np.full(len(lat), np.inf), np.zeros(len(lat)), 0.0
    for p, q in zip(shape, shape[1:]):
        px, py = (p[1] - shape[0][1]) * per_lon, (p[0] - shape[0][0]) * per_lat
        dx, dy = (q[1] - p[1]) * per_lon, (q[0] - p[0]) * per_lat
        size = math.hypot(dx, dy)
        if size == 0:
            continue
        t = np.clip(((x - px) * dx + (y - py) * dy) / size**2, 0, 1)
        far = np.hypot(x - px - t * dx, y - py - t * dy)
        nearer = far < best
        best, along = np.where(nearer, far, best), np.where(nearer, gone + t * size, along)
        gone += size
    return along, best


class Driven:
    """A plan's rows on its route: path_m is the distance along the roads' lines."""

    def __init__(self, plan, rows):
        self.plan, self.rows = plan, rows
        self.route = plan.route
        self.starts = np.concatenate(([0.0], np.cumsum([e.length for e in self.route])))
        self.at = self._place(rows[:, 4].astype(int))
        self.path = self._path(rows)
        self.t = rows[:, 0] - rows[0, 0]
        self.speed = rows[:, 3]

    def _place(self, seen):
        """Index into the route of each row; inside a junction -1."""
        at, here = np.full(len(seen), -1), 0
        for k, edge in enumerate(seen):
            if edge < 0:
                continue
            while here < len(self.route) and self.route[here].index != edge:
                here += 1
            if here == len(self.route):
                raise ValueError("the car left its route")
            at[k] = here
        return at

    def _path(self, rows):
        path = np.full(len(rows), np.nan)
        for i in np.unique(self.at[self.at >= 0]):
            k = np.flatnonzero(self.at == i)
            along, _ = project(self.route[i].shape, rows[k, 1], rows[k, 2])
            path[k] = self.starts[i] + along
        gone = np.concatenate(([0.0], np.cumsum(rows[1:, 3] * STEP)))
        known = np.flatnonzero(~np.isnan(path))
        unknown = np.flatnonzero(np.isnan(path))
        path[unknown] = np.interp(gone[unknown], gone[known], path[known])
        return np.maximum.accumulate(path)

    def time_at(self, path_m):
        k = int(np.searchsorted(self.path, path_m))
        return float(self.t[min(k, len(self.t) - 1)])

    def span(self):
        return float(self.path[0]), float(self.path[-1])

    def tells(self, rule, place):
        """Whether a place of the rule at so many metres is named."""
        before, after = UNTOLD_M[rule]
        return self.path[0] + before < place < self.path[-1] - after

    def edges(self):
        """(index, edge, start, end) of what was driven."""
        lo, hi = self.span()
        for i, e in enumerate(self.route):
            if self.starts[i + 1] > lo and self.starts[i] < hi:
                yield i, e, float(self.starts[i]), float(self.starts[i + 1])


def lines(d, world, rails, roads, duties):
    """Stop lines and level crossings passed, with the lowest speed at the line."""
    out, last_track = [], None
    for _, e, start, _ in d.edges():
        for n in e.refs[1:]:
            tags = world.node_tags.get(n, {})
            place = start + offset_of(e, n, world)
            if tags.get("highway") == "stop":
                if not d.tells("stop-sign", place):
                    continue
                on_junction = n not in roads.line_nodes(e)  # for which approach, nobody can tell
                applies = None if on_junction else stop_applies(tags, e, n, roads, world)
                if applies is False:
                    continue
                given = tags.get("direction") in ("forward", "backward", "both")
                sure = applies and not signal_after(d, place, world)
                out.append(line(d, "stop-sign", n, place, 12, 2, sure, given))
            crosses = tags.get("railway") == "level_crossing" and n in rails and n in roads.line_nodes(e)
            if duties and crosses and d.tells("level-crossing", place):
                first = last_track is None or place - last_track > 40
                last_track = place
                if first:
                    out.append(line(d, "level-crossing", n, place, 17, 0, not signal_after(d, place - 40, world, 55), True))
    return out


def signal_after(d, place, world, reach=45):
    for _, e, start, _ in d.edges():
        along = 0.0
        for k, r in enumerate(e.refs):
            along += metres(world.at[e.refs[k - 1]], world.at[r]) if k > 0 else 0
            if world.node_tags.get(r, {}).get("highway") == "traffic_signals" and -10 < start + along - place < reach:
                return True
    return False


def line(d, rule, node, place, before, after, sure, given):
    near = (d.path > place - before) & (d.path < place + after)
    lowest = float(d.speed[near].min()) if near.any() else math.nan
    wide = (d.path > place - 40) & (d.path < place + 25)
    state = "unknown" if not sure else "violated" if lowest > STOPPED_MPS else "complied"
    past = (d.path > place - before) & (d.path < place + PAST_M)
    if state == "violated" and swallowed(d, place) and d.speed[past].min() <= STOPPED_MPS:
        state = "unknown"
    return {"rule": rule, "state": state, "node": node, "path_m": round(place, 2), "t": d.time_at(place),
            "lowest_mps": round(lowest, 3), "lowest_wide_mps": round(float(d.speed[wide].min()), 3), "given": given}


def swallowed(d, place):
    """Whether the line lies within a junction of the simulator's, where no car can be told to stand: one that stood
    a little behind it meant it."""
    k = int(np.searchsorted(d.path, place))
    return k < len(d.at) and d.at[k] < 0


def stretches(d, wanted, rule):
    """Maximal runs of route edges that are wanted, as events."""
    out = []
    for _, e, start, end in d.edges():
        state = wanted(e)
        if state is None:
            continue
        if out and out[-1]["state"] == state and start - out[-1]["end_m"] < 1:
            out[-1]["end_m"] = end
            out[-1]["ways"].append(e.way)
        else:
            out.append({"rule": rule, "state": state, "ways": [e.way], "path_m": start, "end_m": end})
    for s in out:
        s["t"], s["t_end"] = d.time_at(s["path_m"]), d.time_at(s["end_m"])
        s["path_m"], s["end_m"] = round(s["path_m"], 2), round(s["end_m"], 2)
    return out


def on_workday(start_ms, zone):
    """By the clock of the place; day 0 of Unix was a Thursday."""
    return (start_ms // 60000 + zone) // 1440 % 7 not in (2, 3)


def closed_state(d, zone):
    def state(e):
        if e.closed:
            return "violated"
        if e.timed:
            minute = (d.plan.start_ms / 60000 + zone) % 1440
            banned = on_workday(d.plan.start_ms, zone) and WINDOW_MINUTES[0] <= minute < WINDOW_MINUTES[1]
            return "violated" if banned else "complied"
        return None
    return state


def turns(d, roads):
    out = []
    chains = {}
    for relation, (a, b, c) in roads.chains:
        chains[a.index, b.index, c.index] = relation
    for i, (e, f) in enumerate(zip(d.route, d.route[1:])):
        place = float(d.starts[i + 1])
        if not d.tells("turn-ban", place):
            continue
        event = {"rule": "turn-ban", "path_m": round(place, 2), "t": d.time_at(place), "ways": [e.way, f.way]}
        relations = roads.banned.get((e.index, f.index))
        if relations is not None:
            out.append({**event, "state": "violated", "relations": relations, "u_turn": f is e.twin})
        for guard in roads.guarded.get(e.index, []):
            if relations is None and (e.index, f.index) not in roads.avoided:
                out.append({**event, "state": "complied", "relations": [guard]})
        if i + 2 < len(d.route) and (e.index, f.index, d.route[i + 2].index) in chains:
            relation = chains[e.index, f.index, d.route[i + 2].index]
            out.append({**event, "state": "violated", "relations": [relation], "via_m": round(f.length, 2)})
    return out


def speeding(d):
    """Runs above limit and tolerance; `core_s` without what lies next to a higher limit."""
    place = np.clip(np.searchsorted(d.starts, d.path, side="right") - 1, 0, len(d.route) - 1)
    limits = np.array([e.limit or math.nan for e in d.route])
    limit = limits[place]
    over = d.speed * 3.6 - limit - np.maximum(TOLERANCE_KMH, TOLERANCE_SHARE * limit)
    softened = np.full(len(limit), 0.0)
    for shift in (-EDGE_M, 0.0, EDGE_M):
        other = limits[np.clip(np.searchsorted(d.starts, d.path + shift, side="right") - 1, 0, len(d.route) - 1)]
        softened = np.maximum(softened, np.where(np.isnan(other), np.inf, other))
    out, k = [], 0
    above = over > 0
    while k < len(above):
        if not above[k]:
            k += 1
            continue
        end = k
        while end < len(above) and above[end] and limit[end] == limit[k]:
            end += 1
        seconds, length = (end - k) * STEP, float(d.path[end - 1] - d.path[k])
        if seconds >= EVENT_S and length >= EVENT_M:
            core = d.speed[k:end] * 3.6 > softened[k:end] + np.maximum(TOLERANCE_KMH, TOLERANCE_SHARE * softened[k:end])
            out.append({"rule": "speeding", "state": "violated", "t": float(d.t[k]), "t_end": float(d.t[end - 1]),
                        "path_m": round(float(d.path[k]), 2), "end_m": round(float(d.path[end - 1]), 2),
                        "limit": float(limit[k]), "core_s": round(float(core.sum()) * STEP, 1),
                        "over_kmh": round(float(np.median(d.speed[k:end]) * 3.6 - limit[k]), 2)})
        k = end
    return out


def along(edges, lo, hi, step=5.0):
    """Points of the edges' line between two metres, every few metres."""
    out, gone = [], 0.0
    for e in edges:
        for p, q in zip(e.shape, e.shape[1:]):
            size = metres(p, q)
            for k in range(int(size // step) + 1):
                if lo <= gone + k * step <= hi and size > 0:
                    t = k * step / size
                    out.append((p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])))
            gone += size
    return out


def farthest(points, line):
    """Of the points, from the line through the others."""
    if len(points) == 0 or len(line) < 2:
        return 0.0
    _, far = project(line, np.array([p[0] for p in points]), np.array([p[1] for p in points]))
    return float(far.max())


def apart(d, roads, begin_m, end_m):
    """How far the driven path and the nearest lawful one that joins its ends lie apart (Hausdorff), by the roads'
    lines or by the positions, whichever is less: a small figure means that no receiver could tell the two. The
    simulator's junctions swallow short roads, so that a car may cut what is a loop on the map."""
    first = max(0, int(np.searchsorted(d.starts, begin_m - REACH_M, side="right")) - 1)
    last = min(len(d.route) - 1, int(np.searchsorted(d.starts, end_m + REACH_M, side="right")) - 1)
    driven = d.route[first:last + 1]
    seconds = sum(e.length / e.speed for e in driven)
    other = roads.route(driven[0], [driven[-1]], [1.0], 4 * seconds + 60)
    if other is None:
        return FAR_M
    theirs = along(other, 0, math.inf)
    begin, end = np.searchsorted(d.path, (d.starts[first], d.starts[last + 1]))
    seen = [(float(lat), float(lon)) for lat, lon in d.rows[begin:end:5, 1:3]]
    both = lambda mine: max(farthest(mine, theirs), farthest(theirs, mine))
    return round(min(FAR_M, *(both(mine) for mine in (along(driven, 0, math.inf), seen))), 1)


def added(d, world, e):
    """Whether dress.py put the sign there; else the map's own tags ban it."""
    if "node" in e:
        return e["node"] > FIRST_NEW_ID
    if e["rule"] == "speeding":
        return d.route[int(np.searchsorted(d.starts, e["path_m"], side="right")) - 1].way in world.added
    return e["rule"] == "no-entry" and any(w in world.added for w in e["ways"])


def labels(d, world, roads, rails, duties, zone):
    against = lambda e: "violated" if e.against else None
    events = lines(d, world, rails, roads, duties) + stretches(d, against, "wrong-way")
    events += stretches(d, closed_state(d, zone), "no-entry") + turns(d, roads) + speeding(d)
    for e in events:
        if e["state"] == "violated" and e["rule"] in ("wrong-way", "no-entry", "turn-ban"):
            e["apart_m"] = apart(d, roads, e["path_m"], e.get("end_m", e["path_m"] + e.get("via_m", 0)))
        e["added"] = added(d, world, e)
    return sorted(events, key=lambda e: (e["t"], e["rule"]))
