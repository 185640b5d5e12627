# SPDX-License-Identifier: MIT
"""A piece of OpenStreetMap in memory: what its tags mean for a car, rule places added by seed, and writing it.
The meaning of tags is worked out here anew, from the OSM wiki: truth must not come from the engine."""
import math
import re

import osmium

DRIVABLE = {
    "motorway": 100, "motorway_link": 60, "trunk": 80, "trunk_link": 50, "primary": 60, "primary_link": 50,
    "secondary": 50, "secondary_link": 40, "tertiary": 50, "tertiary_link": 40, "unclassified": 40,
    "residential": 30, "living_street": 15, "service": 20,
}  # km/h where nothing is signed: how fast the simulated drivers go there, no law
RANK = {name: rank for rank, name in enumerate(DRIVABLE)}
OPEN = {"yes", "permissive", "designated", "public", "official"}
CAR_KEYS = ("motorcar", "motor_vehicle", "vehicle", "access")
PASSABLE = {"toll_booth", "entrance", "border_control", "kerb", "height_restrictor", "cattle_grid", "no"}
FREE = 999
FIRST_NEW_ID = 100_000_000_000  # above the ids of OpenStreetMap
DEAD_RAILS = {"abandoned", "razed", "disused", "construction", "proposed", "tram"}


def metres(a, b):
    """Between two (lat, lon), on the WGS 84 ellipsoid's local radii."""
    phi = math.radians((a[0] + b[0]) / 2)
    per_lat = 111132.954 - 559.822 * math.cos(2 * phi) + 1.175 * math.cos(4 * phi)
    per_lon = 111412.84 * math.cos(phi) - 93.5 * math.cos(3 * phi) + 0.118 * math.cos(5 * phi)
    return math.hypot((a[0] - b[0]) * per_lat, (a[1] - b[1]) * per_lon)


def oneway(tags):
    """1 with the way, -1 against it, 0 both, None where nobody can tell."""
    if any(k.startswith("oneway") and k.endswith("conditional") for k in tags):
        return None
    for key in ("oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle", "oneway"):
        value = tags.get(key)
        if value is not None:
            return {"yes": 1, "true": 1, "1": 1, "-1": -1, "reverse": -1, "no": 0, "false": 0, "0": 0}.get(value)
    return 1 if tags.get("junction") in ("roundabout", "circular") or tags.get("highway") == "motorway" else 0


def access(tags):
    """'open', 'closed' (a plain no for cars), 'other' (private, destination, a condition: left alone)."""
    if any(k.split(":")[0] in CAR_KEYS and ":" in k for k in tags):
        return "other"
    for key in CAR_KEYS:
        if key in tags:
            return "open" if tags[key] in OPEN else "closed" if tags[key] == "no" else "other"
    return "open"


def limit(tags, forward):
    """Signed km/h, or None."""
    if any(k.startswith("maxspeed") and ("conditional" in k or "lanes" in k or "variable" in k) for k in tags):
        return None
    for key in ("maxspeed:forward" if forward else "maxspeed:backward", "maxspeed"):
        if key in tags:
            found = re.fullmatch(r"(\d+)( ?mph)?", tags[key])
            return float(found[1]) * (1.609344 if found[2] else 1) if found else None
    return None


def cap(tags, forward, law):
    """The highest km/h that a car may have by any reading of tags and law; FREE where nothing limits it, 0 where these
    rules do not tell."""
    signed = limit(tags, forward)
    if signed is not None:
        return signed
    told = [v for k, v in tags.items() if k.startswith("maxspeed") and k not in ("maxspeed:type", "maxspeed:source")]
    if told:
        kmh = [re.fullmatch(r"(\d+)", part.strip()) for v in told for part in re.split(r"[;|]", v)]
        if all(kmh):
            return max(float(k[1]) for k in kmh)
        if tags.get("maxspeed", "") != " ".join(told) or not re.search("urban|rural|zone", told[0]):
            return 0
    zone = " ".join(tags.get(k, "") for k in ("maxspeed", "maxspeed:type", "source:maxspeed", "zone:traffic", "zone:maxspeed"))
    kind = tags["highway"]
    if law == "jp":
        unmarked = tags.get("lane_markings") == "no" and oneway(tags) == 0
        return 100 if kind.startswith("motorway") else 30 if unmarked else 60
    if law == "de":
        for word, kmh in (("zone:30", 30), ("zone30", 30), ("urban", 50)):
            if word in zone:
                return kmh
        single = oneway(tags) == 0 and tags.get("lanes", "2") in ("1", "2")
        return 100 if single and not kind.startswith("motorway") else FREE
    return FREE


class World:
    def __init__(self, path, box=None):
        self.at, self.node_tags, self.ways, self.restrictions, self.timed = {}, {}, {}, [], set()
        self.added = set()  # ways on which dress.py put a sign
        inside = (lambda lat, lon: True) if box is None else (
            lambda lat, lon: box[0] <= lat <= box[2] and box[1] <= lon <= box[3])
        for o in osmium.FileProcessor(path):
            if o.is_node():
                if o.location.valid() and inside(o.lat, o.lon):
                    self.at[o.id] = (o.lat, o.lon)
                    if len(o.tags) > 0:
                        self.node_tags[o.id] = dict(o.tags)
            elif o.is_way():
                if "highway" in o.tags or "railway" in o.tags:
                    refs = [n.ref for n in o.nodes]
                    if sum(r in self.at for r in refs) > 1:
                        self.ways[o.id] = (dict(o.tags), refs)
            elif o.is_relation() and o.tags.get("type", "").startswith("restriction"):
                members = [(m.type, m.ref, m.role) for m in o.members]
                self.restrictions.append((o.id, dict(o.tags), members))
        used = {r for _, refs in self.ways.values() for r in refs}
        self.at = {k: v for k, v in self.at.items() if k in used}
        self.next_id = FIRST_NEW_ID

    def new_id(self):
        self.next_id += 1
        return self.next_id

    def write(self, path):
        """As .osm.pbf."""
        with osmium.SimpleWriter(path, overwrite=True) as out:
            for i in sorted(self.at):
                lat, lon = self.at[i]
                out.add_node(osmium.osm.mutable.Node(id=i, location=(lon, lat), tags=self.node_tags.get(i, {})))
            for i in sorted(self.ways):
                tags, refs = self.ways[i]
                out.add_way(osmium.osm.mutable.Way(id=i, nodes=refs, tags=tags))
            for i, tags, members in sorted(self.restrictions, key=lambda r: r[0]):
                out.add_relation(osmium.osm.mutable.Relation(id=i, members=members, tags=tags))


def drivable(world):
    for way, (tags, refs) in world.ways.items():
        if tags.get("highway") in DRIVABLE and tags.get("area") != "yes":
            yield way, tags, refs
