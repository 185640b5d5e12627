# SPDX-License-Identifier: MIT
"""The road graph of a world in both directions of every road, lawful or not, and routes over it."""
import heapq
import math
import random

from world import DRIVABLE, PASSABLE, access, cap, drivable, limit, metres, oneway


class Edge:
    __slots__ = ("index", "way", "forward", "a", "b", "refs", "shape", "length", "from_m", "to_m", "against", "open",
                 "closed", "timed", "limit", "speed", "kind", "twin", "lanes", "name", "tunnel", "cap")


def _sections(refs, cut):
    """The refs between cut nodes; a section that ends where it began is cut once more."""
    begin = 0
    for i in range(1, len(refs)):
        if refs[i] not in cut and i < len(refs) - 1:
            continue
        if refs[i] == refs[begin] and i - begin > 2:
            middle = (begin + i) // 2
            yield begin, middle
            yield middle, i
        elif refs[i] != refs[begin]:
            yield begin, i
        begin = i


def _number(text, otherwise):
    try:
        return int(text)
    except (TypeError, ValueError):
        return otherwise


class Roads:
    def __init__(self, world, law="generic"):
        self.world, self.law = world, law
        self.edges, self.out, self.into, self.successors = [], {}, {}, {}
        self.bent, self.bent_turns = set(), set()
        count, self.arms = {}, {}
        parts = []
        for way, tags, refs in drivable(world):
            run = []
            for r in refs + [None]:  # a clipped way falls into the parts whose nodes are there
                if r in world.at:
                    if not run or run[-1] != r:
                        run.append(r)
                    continue
                if len(run) > 1:
                    parts.append((way, tags, refs, run))
                run = []
        for _, _, _, run in parts:
            for i, r in enumerate(run):
                count[r] = count.get(r, 0) + 1
                self.arms[r] = self.arms.get(r, 0) + (2 if 0 < i < len(run) - 1 else 1)
        cut = {r for r, n in count.items() if n > 1}
        for way, tags, refs, run in parts:
            self._add(way, tags, refs, run, cut)
        self._restrictions()

    def _add(self, way, tags, refs, run, cut):
        at = [0.0]
        for p, q in zip(run, run[1:]):
            at.append(at[-1] + metres(self.world.at[p], self.world.at[q]))
        whole = len(run) == len(refs)  # offsets along a clipped way are unknown
        direction, standing = oneway(tags), access(tags)
        barrier = lambda r: self.world.node_tags.get(r, {}).get("barrier", "no") not in PASSABLE
        lanes = _number(tags.get("lanes"), 2)
        for begin, end in _sections(run, cut):
            pair = []
            for forward in (True, False):
                e = Edge()
                e.index, e.way, e.forward, e.kind = len(self.edges), way, forward, tags["highway"]
                e.refs = run[begin:end + 1] if forward else run[begin:end + 1][::-1]
                e.shape = [self.world.at[r] for r in e.refs]
                e.a, e.b, e.length = e.refs[0], e.refs[-1], at[end] - at[begin]
                e.from_m, e.to_m = (at[begin], at[end]) if whole else (math.nan, math.nan)
                e.against = direction is None or direction == (-1 if forward else 1)
                barred = direction is None or any(barrier(r) for r in e.refs)
                e.open = standing == "open" and not barred
                e.closed = standing == "closed" and not barred
                e.timed = way in self.world.timed and not barred
                e.limit, e.cap = limit(tags, forward), cap(tags, forward, self.law)
                e.speed = min(e.limit or DRIVABLE[e.kind], 130)
                e.lanes = max(1, lanes if direction else lanes // 2)
                e.name = tags.get("name", "")
                e.tunnel = tags.get("tunnel", "no") != "no"
                self.edges.append(e)
                self.out.setdefault(e.a, []).append(e)
                self.into.setdefault(e.b, []).append(e)
                pair.append(e)
            pair[0].twin, pair[1].twin = pair[1], pair[0]

    def _restrictions(self):
        """banned: pairs of edges with the relations that ban them for sure; avoided: pairs that may be."""
        self.banned, self.avoided, self.chains, self.guarded = {}, set(), [], {}
        by_way = {}
        for e in self.edges:
            by_way.setdefault(e.way, []).append(e)
        for relation, tags, members in self.world.restrictions:
            self._restriction(relation, tags, members, by_way)

    def _restriction(self, relation, tags, members, by_way):
        keys = ["restriction"] + [f"restriction:{k}" for k in CAR_RESTRICTIONS]
        kind = next((tags[k] for k in keys if k in tags), "")
        conditional = any("conditional" in k or k.startswith(("day_", "hour_")) for k in tags)
        if conditional and not kind:
            kind = next((v.split("@")[0].strip() for k, v in tags.items() if "conditional" in k), "")
        if not kind.startswith(("no_", "only_")) or set(tags.get("except", "").split(";")) & {"motorcar", "motor_vehicle"}:
            return
        role = lambda r: [ref for _, ref, what in members if what == r]
        via_nodes = [ref for what, ref, r in members if r == "via" and what == "n"]
        via_ways = [ref for what, ref, r in members if r == "via" and what == "w"]
        froms, tos = role("from"), role("to")
        if via_ways:
            self._via_way(relation, kind, conditional, froms, via_ways, tos, by_way)
            return
        for via in via_nodes:
            here = [e for e in self.into.get(via, []) if e.way in froms]
            there = [e for e in self.out.get(via, []) if e.way in tos]
            sure = not conditional and len(here) == len(froms) and len(there) == len(tos)
            for e in here:
                if sure:
                    self.guarded.setdefault(e.index, []).append(relation)
                for f in self.out[via]:
                    hit = f in there if kind.startswith("no_") else f not in there
                    if not hit:
                        continue
                    if sure and not (kind.startswith("only_") and f is e.twin):
                        self.banned.setdefault((e.index, f.index), []).append(relation)
                    else:
                        self.avoided.add((e.index, f.index))

    def _via_way(self, relation, kind, conditional, froms, via_ways, tos, by_way):
        """Lawful drivers keep out of the chain altogether; a whole no_ chain is a ban that can be broken."""
        for way in via_ways[:1] + via_ways[-1:]:
            for f in by_way.get(way, []):
                for e in self.into.get(f.a, []):
                    if e.way in froms:
                        self.avoided.add((e.index, f.index))
        if conditional or kind.startswith("only_") or len(froms) != 1 or len(via_ways) != 1 or len(tos) != 1:
            return
        for f in by_way.get(via_ways[0], []):
            for e in self.into.get(f.a, []):
                if e.way != froms[0] or e is f.twin:
                    continue
                for g in self.out.get(f.b, []):
                    if g.way == tos[0] and g is not f.twin:
                        self.chains.append((relation, [e, f, g]))

    def lawful(self, e):
        return e.open and not e.against and e.index not in self.bent

    def may_follow(self, e, f):
        pair = (e.index, f.index)
        return f is not e.twin and pair not in self.banned and pair not in self.avoided and pair not in self.bent_turns

    def line_nodes(self, e):
        """Nodes where a line across the edge may be: inside it, and at its end where only two ways meet."""
        return e.refs[1:-1] + ([e.b] if self.arms.get(e.b, 0) <= 2 else [])

    def leave_out(self, net):
        """What the simulator's network distorts is not driven, by nobody."""
        self.bent, self.bent_turns = net.bent, net.bent_turns
        for e in self.edges:
            if e.index in net.bent:
                e.open = e.closed = e.timed = False
        self.banned = {pair: r for pair, r in self.banned.items() if pair not in net.bent_turns}
        bent = lambda c: any((a.index, b.index) in net.bent_turns for a, b in zip(c, c[1:]))
        self.chains = [(r, c) for r, c in self.chains if not bent(c)]

    def network(self):
        """Lawful edges from which every other one can be reached and back."""
        start = [e for e in self.edges if self.lawful(e)]
        rng, best = random.Random(1), set()
        for _ in range(12):
            seed = rng.choice(start)
            both = self._reach(seed, True) & self._reach(seed, False)
            if len(both) > len(best):
                best = both
            if len(best) * 2 > len(start):
                break
        return best

    def _reach(self, seed, onward):
        seen, stack = {seed.index}, [seed]
        while stack:
            e = stack.pop()
            near = self.out.get(e.b, []) if onward else self.into.get(e.a, [])
            for f in near:
                pair = (e, f) if onward else (f, e)
                if f.index not in seen and self.lawful(f) and self.may_follow(*pair):
                    seen.add(f.index)
                    stack.append(f)
        return seen

    def _successors(self, i):
        """(edge, seconds) of what may lawfully follow an edge."""
        known = self.successors.get(i)
        if known is None:
            e = self.edges[i]
            near = [f for f in self.out.get(e.b, []) if self.lawful(f) and self.may_follow(e, f)]
            known = self.successors[i] = [(f.index, f.length / f.speed * SLOW.get(f.kind, 1)) for f in near]
        return known

    def route(self, begin, ends, factor, most_s=math.inf):
        """Lawful edges from `begin` (included, whatever it is) to the first of `ends` (included), the cheapest by
        time; None if there are none within `most_s`. `factor` weighs each edge, so that drivers differ."""
        heap, cost, parent = [(0.0, begin.index)], {begin.index: 0.0}, {begin.index: None}
        goal = {e.index for e in ends}
        settled = set()
        many = len(factor)
        while heap:
            so_far, i = heapq.heappop(heap)
            if i in settled:
                continue
            if so_far > most_s:
                return None
            settled.add(i)
            if i in goal and i != begin.index:
                path = []
                while i is not None:
                    path.append(self.edges[i])
                    i = parent[i]
                return path[::-1]
            for f, seconds in self._successors(i):
                total = so_far + seconds * factor[f % many]
                if total < cost.get(f, math.inf):
                    cost[f], parent[f] = total, i
                    heapq.heappush(heap, (total, f))
        return None


CAR_RESTRICTIONS = ("motorcar", "motor_vehicle", "vehicle")
SLOW = {"service": 2.5, "living_street": 1.5}
