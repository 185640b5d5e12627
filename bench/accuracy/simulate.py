# SPDX-License-Identifier: MIT
"""SUMO drives the plans: a network of every road in both directions, so that a driver may break the law, and rows
of 0.1 s: position, speed, edge."""
import csv
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np
from pyproj import Transformer

from world import RANK as RANKS

STEP = 0.1
JUNCTION_M = 30.0
ASIDE_M = 1.5  # a lane lies no farther from where its road's width puts it
LONGEST_S = 4800  # a car that has not arrived by then is stuck, and left out
BIN = Path(sys.executable).parent


def usable(e):
    return e.open or e.closed or e.timed


def beside(e):
    """Whether the lane lies beside the road's line, for traffic both ways, and not on it."""
    return not e.against and not e.twin.against


def width_m(e):
    return 3.2 * min(e.lanes, 3)


def write_network(roads, world, folder, lefthand):
    """Plain XML for netconvert: one lane as wide as the road, every connection named."""
    edges = [e for e in roads.edges if usable(e)]
    quiet = {e.b for e in edges if any(world.node_tags.get(r, {}).get("highway") == "stop" for r in e.refs)}
    with open(folder / "n.nod.xml", "w") as f:
        f.write("<nodes>\n")
        for n in sorted({n for e in edges for n in (e.a, e.b)}):
            lat, lon = world.at[n]
            kind = "unregulated" if n in quiet else "priority"
            f.write(f'<node id="{n}" x="{lon:.7f}" y="{lat:.7f}" type="{kind}"/>\n')
        f.write("</nodes>\n")
    with open(folder / "n.edg.xml", "w") as f:
        f.write("<edges>\n")
        for e in edges:
            shape = " ".join(f"{lon:.7f},{lat:.7f}" for lat, lon in e.shape)
            spread = "right" if beside(e) else "center"
            f.write(f'<edge id="{e.index}" from="{e.a}" to="{e.b}" numLanes="1" speed="{e.speed / 3.6:.3f}" '
                    f'width="{width_m(e):.1f}" priority="{13 - RANKS[e.kind]}" spreadType="{spread}" '
                    f'shape="{shape}"/>\n')
        f.write("</edges>\n")
    with open(folder / "n.con.xml", "w") as f:
        f.write("<connections>\n")
        for e in edges:
            for g in roads.out.get(e.b, []):
                if usable(g):
                    f.write(f'<connection from="{e.index}" to="{g.index}" fromLane="0" toLane="0"/>\n')
        f.write("</connections>\n")
    command = [BIN / "netconvert", "-n", "n.nod.xml", "-e", "n.edg.xml", "-x", "n.con.xml", "-o", "n.net.xml",
               "--proj.utm", "--no-turnarounds", "--no-warnings", "--junctions.corner-detail", "0",
               "--geometry.avoid-overlap", "false",
               *(["--lefthand"] if lefthand else [])]
    run(command, folder)


def run(command, folder):
    done = subprocess.run([str(c) for c in command], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0].name}: {done.stderr[-2000:]}")
    return done


def points(text):
    return [tuple(map(float, p.split(",")[:2])) for p in text.split()]


def aside(q, line):
    """Distance of a point from a line."""
    best = np.inf
    for (ax, ay), (bx, by) in zip(line, line[1:]):
        dx, dy = bx - ax, by - ay
        size = dx * dx + dy * dy
        t = 0 if size == 0 else max(0, min(1, ((q[0] - ax) * dx + (q[1] - ay) * dy) / size))
        best = min(best, np.hypot(ax + t * dx - q[0], ay + t * dy - q[1]))
    return best


class Net:
    """What netconvert made: per edge the lane's length and how much a junction cut from its start. Where it bent a
    lane away from the map's line, or a junction's arc runs far outside the junction, nobody is to drive."""

    def __init__(self, path, roads):
        node, lanes, arcs, connections = {}, {}, {}, []
        for _, el in ET.iterparse(path):
            if el.tag == "location":
                east, north = map(float, el.get("netOffset").split(","))
                utm = Transformer.from_crs("EPSG:4326", el.get("projParameter"), always_xy=True)
            elif el.tag == "junction" and not el.get("id").startswith(":"):
                node[el.get("id")] = (float(el.get("x")), float(el.get("y")))
            elif el.tag == "edge":
                if el.get("function") == "internal":
                    arcs[el.get("id")] = [p for x in el.findall("lane") for p in points(x.get("shape"))]
                elif el.get("function") is None:
                    lanes[int(el.get("id"))] = (el.find("lane"), el.get("from"), el.get("to"))
            elif el.tag == "connection" and not el.get("from").startswith(":") and el.get("via"):
                connections.append((int(el.get("from")), int(el.get("to")), el.get("via").rsplit("_", 1)[0]))
        self.lanes, self.bent = {}, set()
        for i, (lane, start, _) in lanes.items():
            shape, e = points(lane.get("shape")), roads.edges[i]
            p, q, (x, y) = shape[0], shape[1], node[start]
            size = max(1e-6, np.hypot(q[0] - p[0], q[1] - p[1]))
            cut = ((p[0] - x) * (q[0] - p[0]) + (p[1] - y) * (q[1] - p[1])) / size
            self.lanes[i] = (float(lane.get("length")), cut)
            lat, lon = zip(*e.shape)
            line = [(x + east, y + north) for x, y in zip(*utm.transform(lon, lat))]
            if max(aside(s, line) for s in shape) > (width_m(e) / 2 if beside(e) else 0) + ASIDE_M:
                self.bent.add(i)
        far = lambda arc, at: max(np.hypot(q[0] - at[0], q[1] - at[1]) for q in arcs[arc])
        self.bent_turns = {(i, j) for i, j, arc in connections if far(arc, node[lanes[i][2]]) > JUNCTION_M}


def write_routes(plans, lanes, path):
    with open(path, "w") as f:
        f.write("<routes>\n")
        for plan in sorted(plans, key=lambda p: (p.depart, p.id)):
            f.write(f'<vType id="t{plan.id}" speedFactor="{plan.factor:.4f}" speedDev="0" accel="{plan.accel:.2f}" '
                    f'decel="{plan.decel:.2f}" sigma="0.4" jmIgnoreJunctionFoeProb="1" jmIgnoreFoeProb="{plan.bold}" '
                    f'jmIgnoreFoeSpeed="100"/>\n')
            f.write(f'<vehicle id={quoteattr(plan.id)} type="t{plan.id}" depart="{plan.depart}" departSpeed="0">'
                    f'<route edges="{" ".join(str(e.index) for e in plan.route)}"/>\n')
            for act in plan.acts:
                f.write(stop_element(act, plan.route, lanes))
            f.write("</vehicle>\n")
        f.write("</routes>\n")


def stop_element(act, route, lanes):
    e = route[act.at]
    length, cut = lanes[e.index]
    end = min(max(act.along - cut, 0.6), length - 0.1)
    if end < 0.5:
        return ""
    lane = f'lane="{e.index}_0"'
    if act.speed > 0:
        return f'<stop {lane} startPos="{max(0.0, end - act.reach):.2f}" endPos="{end:.2f}" speed="{act.speed:.2f}"/>\n'
    return f'<stop {lane} startPos="{max(0.0, end - 1):.2f}" endPos="{end:.2f}" duration="{act.duration:.1f}"/>\n'


def drive(plans, lanes, folder, seed):
    """Rows per plan: arrays of time, lat, lon, speed and edge index (-1 inside a junction)."""
    write_routes(plans, lanes, folder / "routes.rou.xml")
    run([BIN / "sumo", "-n", "n.net.xml", "-r", "routes.rou.xml", "--step-length", STEP, "--seed", seed,
         "--fcd-output", "fcd.csv", "--fcd-output.geo", "--precision.geo", "7",
         "--fcd-output.attributes", "id,x,y,speed,lane", "--no-step-log", "--no-warnings",
         "--collision.action", "none", "--time-to-teleport", "-1", "--default.action-step-length", STEP,
         "--ignore-route-errors", "--end", max(p.depart for p in plans) + LONGEST_S], folder)
    rows = {}
    with open(folder / "fcd.csv", newline="") as f:
        table = csv.reader(f, delimiter=";")
        head = next(table)
        column = {name.split("_", 1)[-1]: i for i, name in enumerate(head)}
        order = [column[k] for k in ("time", "id", "x", "y", "speed", "lane")]
        for record in table:
            t, vehicle, x, y, speed, lane = (record[i] for i in order)
            if vehicle == "":
                continue
            edge = -1 if lane.startswith(":") else int(lane.rsplit("_", 1)[0])
            rows.setdefault(vehicle, []).append((float(t), float(y), float(x), float(speed), edge))
    (folder / "fcd.csv").unlink()
    return {vehicle: np.array(r) for vehicle, r in rows.items()}


