# SPDX-License-Identifier: MIT
"""What each driver is to do: a route over the roads, and what happens at places on it."""
import random
from dataclasses import dataclass, field

from dress import live_rails


@dataclass
class Act:
    """At metre `along` of route[at]: stand for `duration`, or pass at `speed` over the `reach` metres before."""
    at: int
    along: float
    duration: float = 0.0
    speed: float = 0.0
    reach: float = 2.0


@dataclass
class Plan:
    id: str
    behaviour: str
    route: list
    start_ms: int = 0
    depart: float = 0.0
    factor: float = 1.0
    accel: float = 2.0
    decel: float = 3.0
    bold: float = 0.0
    acts: list = field(default_factory=list)
    reverse: bool = False  # the longest stand becomes a parking manoeuvre


def offset_of(edge, node, world):
    from world import metres
    along = 0.0
    for p, q in zip(edge.refs, edge.refs[1:]):
        if p == node:
            return along
        along += metres(world.at[p], world.at[q])
    return along


class Planner:
    """Makes plans by seed over one world's roads."""

    def __init__(self, world, roads, seed, duties):
        self.world, self.roads, self.rng = world, roads, random.Random(seed)
        self.duties = duties  # level crossings are to be stopped at
        self.rails = live_rails(world)
        self.edges = [roads.edges[i] for i in sorted(roads.network())]
        self.inside = {e.index for e in self.edges}
        self.weights = [e.length for e in self.edges]
        self.kinds = {}
        for e in self.edges:
            self.kinds.setdefault(e.kind, []).append(e)
        self.stop_lines = [(e, n) for e in self.edges for n in roads.line_nodes(e) if self.is_stop(e, n)]
        self.crossings = [e for e in self.edges if any(self.is_crossing(n) for n in roads.line_nodes(e))] if duties else []

    def is_crossing(self, n):
        return self.world.node_tags.get(n, {}).get("railway") == "level_crossing" and n in self.rails

    def is_stop(self, e, n):
        tags = self.world.node_tags.get(n, {})
        return tags.get("highway") == "stop" and stop_applies(tags, e, n, self.roads, self.world) is True

    def factors(self):
        return [self.rng.uniform(0.7, 1.6) for _ in range(997)]

    def anywhere(self):
        """By length, or by class, so that rare classes are driven too."""
        if self.rng.random() < 0.5:
            return self.rng.choices(self.edges, self.weights)[0]
        return self.rng.choice(self.kinds[self.rng.choice(sorted(self.kinds))])

    def near(self, e, others, of=5):
        """The nearest of a few: drives stay in a quarter instead of crossing the country."""
        lat, lon = e.shape[-1]
        far = lambda f: (f.shape[0][0] - lat) ** 2 + (f.shape[0][1] - lon) ** 2
        return min((others() for _ in range(of)), key=far)

    def tour(self, kilometres, through=None, of=5):
        """A lawful route of at least so many kilometres, by way of edges that `through` gives."""
        route = [self.anywhere()]
        length = 0.0
        for tries in range(60):
            goal = self.near(route[-1], through, 40) if through else self.near(route[-1], self.anywhere, of)
            part = self.roads.route(route[-1], [goal], self.factors())
            if part is not None:
                route += part[1:]
                length += sum(e.length for e in part[1:])
            if length > kilometres * 1000:
                return route
        return None

    def duties_of(self, route):
        """(index, metre, node) of the lines on the route that bind the driver: stop signs, crossings."""
        lines, last = [], -1e9
        path = 0.0
        for i, e in enumerate(route):
            for n in self.roads.line_nodes(e):
                if self.is_stop(e, n):
                    lines.append((i, offset_of(e, n, self.world), n, "stop"))
                elif self.duties and self.is_crossing(n):
                    along = offset_of(e, n, self.world)
                    if path + along - last > 40:
                        lines.append((i, max(1.0, along - 5), n, "crossing"))
                    last = path + along
            path += e.length
        return lines

    def stops(self, route, style):
        """Acts at every duty by style(), and stands at signals and where one yields."""
        acts = []
        duty = {}
        for i, along, _, _ in self.duties_of(route):
            duty.setdefault(i, []).append(along)
        for i, e in enumerate(route):
            for along in sorted(duty.get(i, [])):
                acts += self.line_acts(i, along, style())
            end = self.world.node_tags.get(e.b, {}).get("highway")
            if i in duty or e.length < 30 or i + 1 == len(route):
                continue
            if end == "traffic_signals" and self.rng.random() < 0.4:
                acts.append(Act(i, e.length - self.rng.uniform(3, 12), self.rng.uniform(4, 40)))
            elif self.roads.arms.get(e.b, 0) > 2 and self.rng.random() < 0.05:
                acts.append(Act(i, e.length - self.rng.uniform(3, 8), self.rng.uniform(0.5, 5)))
        return acts

    def line_acts(self, i, along, style):
        r = self.rng
        before = max(0.5, along - r.uniform(0.3, 2.5))
        if style == "full":
            return [Act(i, before, r.uniform(2.5, 4))]
        if style == "short":
            return [Act(i, before, r.uniform(0.8, 1.3))]
        if style == "momentary":
            return [Act(i, before, 0.1)]
        if style == "roll":
            return [Act(i, along + 1, speed=r.uniform(0.8, 4.5), reach=4)]
        if style == "queue":
            back = along - r.uniform(16, 30)
            queue = [Act(i, back, r.uniform(4, 12))] if back > 3 else []
            return queue + [Act(i, along + 1, speed=r.uniform(1.5, 4), reach=4)]
        return []

    def plan(self, name, behaviour, route, style, **more):
        r = self.rng
        plan = Plan(name, behaviour, route, factor=r.uniform(0.84, 0.99), accel=r.uniform(1.6, 2.6),
                    decel=r.uniform(2.4, 3.6))
        plan.acts = self.stops(route, style)
        for key, value in more.items():
            setattr(plan, key, value)
        return plan

    # Each behaviour gives a plan, or None where the dice found no place for it.

    def lawful(self, name, kilometres):
        route = self.tour(kilometres)
        style = lambda: self.rng.choice(("full", "full", "short"))
        return route and self.plan(name, "lawful", route, style)

    def stopping(self, name, kilometres):
        if not self.stop_lines:
            return None
        route = self.tour(kilometres, lambda: self.rng.choice(self.stop_lines)[0])
        style = lambda: self.rng.choice(("full", "short", "momentary", "roll", "roll", "run", "run", "queue"))
        return route and self.plan(name, "stopping", route, style)

    def crossing(self, name, kilometres):
        if not self.crossings:
            return None
        route = self.tour(kilometres, lambda: self.rng.choice(self.crossings))
        style = lambda: self.rng.choice(("full", "short", "momentary", "roll", "run", "run"))
        return route and self.plan(name, "crossing", route, style)

    def speeding(self, name, kilometres):
        route = self.tour(kilometres)
        over = self.rng.choice((5, 10, 15, 20, 30))
        return route and self.plan(name, f"speeding+{over}", route, lambda: "full", factor=1 + over / 50)

    def wrong_way(self, name, kilometres):
        """Up to three stretches against one-way roads, each 60 m to 800 m, between lawful parts."""
        route = self.tour(0.5, of=60)
        for _ in range(60):
            if route is None:
                return None
            chain = self.near_chain(route[-1])
            if chain is None:
                continue
            to = self.lead_in(route[-1], chain)
            out = self.lead_out(chain)
            if to is None or out is None:
                continue
            tail = self.roads.route(out, [self.near(out, self.anywhere, 60)], self.factors())
            if tail is None:
                continue
            route = route + to[1:] + chain + tail
            if sum(e.length for e in route) > kilometres * 1000:
                return self.plan(name, "wrong-way", route, lambda: "full", bold=1)
        return None

    def lead_in(self, begin, chain):
        ends = [e for e in self.roads.into.get(chain[0].a, []) if e.index in self.inside and e is not chain[0].twin
                and self.roads.may_follow(e, chain[0])]
        return self.roads.route(begin, ends, self.factors()) if ends else None

    def lead_out(self, chain):
        ways = [e for e in self.roads.out.get(chain[-1].b, []) if e.index in self.inside and e is not chain[-1].twin
                and self.roads.may_follow(chain[-1], e)]
        return self.rng.choice(ways) if ways else None

    def near_chain(self, e):
        chains = [c for c in (self.against_chain() for _ in range(40)) if c is not None]
        return self.near_of(e, chains) if chains else None

    def near_of(self, e, chains):
        lat, lon = e.shape[-1]
        return min(chains, key=lambda c: (c[0].shape[0][0] - lat) ** 2 + (c[0].shape[0][1] - lon) ** 2)

    def against_chain(self):
        first = self.rng.choice(self.edges).twin
        want = self.rng.uniform(60, 800)
        chain = []
        e = first
        while e is not None and e.against and e.open and e.twin.index in self.inside:
            chain.append(e)
            if sum(x.length for x in chain) > want:
                break
            following = [f for f in self.roads.out.get(e.b, []) if f.against and f.open and f.twin.index in self.inside
                         and f not in chain and f is not e.twin and self.roads.may_follow(e, f)]
            e = self.rng.choice(following) if following else None
        return chain if chain and sum(x.length for x in chain) >= 60 else None

    def banned_turn(self, name, kilometres):
        """Two or more banned turns or U-turns, or a chain over a via way, with lawful parts between."""
        pairs = [(i, j) for i, j in sorted(self.roads.banned) if i in self.inside and j in self.inside]
        chains = [c for _, c in self.roads.chains if c[0].index in self.inside and c[-1].index in self.inside
                  and self.roads.lawful(c[1])]
        if not pairs:
            return None
        route = self.tour(0.5, of=60)
        for _ in range(80):
            if route is None:
                return None
            some = [[self.roads.edges[k] for k in self.rng.choice(pairs)] for _ in range(25)]
            turn = self.near_of(route[-1], some + ([self.rng.choice(chains)] if chains else []))
            to = self.roads.route(route[-1], [turn[0]], self.factors())
            tail = self.roads.route(turn[-1], [self.near(turn[-1], self.anywhere, 60)], self.factors())
            if to is None or tail is None or to[-1] is not turn[0]:
                continue
            route = route + to[1:] + turn[1:-1] + tail
            if sum(e.length for e in route) > kilometres * 1000:
                return self.plan(name, "turn-ban", route, lambda: "full", bold=1)
        return None

    def closed(self, name, kilometres, timed):
        """Through closed roads, from outside to outside; timed ones are open or closed by the clock."""
        wanted = [e for e in self.roads.edges if (e.timed if timed else e.closed) and not e.against and e.length > 60]
        if not wanted:
            return None
        route = self.tour(0.5, of=60)
        for _ in range(60):
            if route is None:
                return None
            e = self.near(route[-1], lambda: self.rng.choice(wanted), 25)
            to, out = self.lead_in(route[-1], [e]), self.lead_out([e])
            tail = out and self.roads.route(out, [self.near(e, self.anywhere, 60)], self.factors())
            if to is None or tail is None:
                continue
            route = route + to[1:] + [e] + tail
            if sum(x.length for x in route) > kilometres * 1000:
                return self.plan(name, "no-entry", route, lambda: "full")
        return None

    def turning_round(self, name, kilometres):
        """U-turns where nothing bans them: lawful."""
        route = self.tour(kilometres / 3)
        for _ in range(40):
            if route is None:
                return None
            last = route[-1]
            if self.roads.lawful(last.twin) and last.twin.index in self.inside and last.length > 30 and \
                    (last.index, last.twin.index) not in self.roads.banned and \
                    (last.index, last.twin.index) not in self.roads.avoided:
                route = route + [last.twin]
            part = self.roads.route(route[-1], [self.near(route[-1], self.anywhere)], self.factors())
            if part is None:
                continue
            route = route + part[1:]
            if sum(e.length for e in route) > kilometres * 1000:
                return self.plan(name, "u-turn", route, lambda: "full")
        return None

    def parking(self, name, kilometres):
        """Stands at the kerb with a manoeuvre to and fro: lawful."""
        route = self.tour(kilometres)
        if route is None:
            return None
        plan = self.plan(name, "parking", route, lambda: "full", reverse=True)
        at = [i for i, e in enumerate(route) if e.length > 60 and e.kind in ("residential", "unclassified", "tertiary")
              and not any(a.at == i for a in plan.acts)]
        for i in self.rng.sample(at, min(len(at), 3)):
            plan.acts.append(Act(i, route[i].length * 0.5, 45))
        plan.acts.sort(key=lambda a: (a.at, a.along))
        return plan


def stop_applies(tags, e, node, roads, world):
    """True or False, or None where OSM does not tell. The wiki: without direction, the direction whose distance to
    the nearest junction is the shorter one; on a one-way street its direction."""
    direction = tags.get("direction", tags.get("traffic_sign:direction", ""))
    if direction in ("forward", "backward", "both"):
        return direction == "both" or (direction == "forward") == e.forward
    if direction:
        return None
    if e.twin.against or e.against:
        return not e.against
    ahead = e.length - offset_of(e, node, world) if roads.arms.get(e.b, 0) > 2 else 1e9
    behind = offset_of(e, node, world) if roads.arms.get(e.a, 0) > 2 else 1e9
    if min(ahead, behind) > 60 or abs(ahead - behind) < 30:
        return None
    return ahead < behind
