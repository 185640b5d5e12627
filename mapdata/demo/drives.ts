// SPDX-License-Identifier: MIT
// A dozen drives through the town: lawful ones, and ones that break each rule.

import type { Point } from './plane.ts';
import { type DriveOptions, type LoggedFix, Path, simulate } from './simulate.ts';
import { PLANE, type Town } from './town.ts';

export interface DemoDrive {
  id: string;
  description: string;
  /** Rules that must be found violated; none for a lawful drive. */
  expect: string[];
  fixes: LoggedFix[];
}

interface Plan {
  id: string;
  description: string;
  expect?: string[];
  /** Keys of the town's nodes, driven straight from one to the next. */
  via: string[];
  kmh: number | ((at: Point) => number);
  /** Stop lines and level crossings on the way that are not stopped at, with the speed past them. */
  ignore?: Record<string, number>;
  options?: Partial<DriveOptions>;
}

const STAND_S = 3;

/** Stop lines and level crossings passed in the direction that they bind. */
function duties(town: Town, path: Path): { key: string; at: number }[] {
  const found: { key: string; at: number }[] = [];
  for (const [key, node] of town.nodes) {
    const isStop = node.tags?.['highway'] === 'stop';
    if (!isStop && node.tags?.['railway'] !== 'level_crossing') continue;
    for (let i = 1; i < path.points.length; i++) {
      const a = path.points[i - 1] as Point;
      const b = path.points[i] as Point;
      const length = Math.hypot(b.x - a.x, b.y - a.y);
      const along = ((node.at.x - a.x) * (b.x - a.x) + (node.at.y - a.y) * (b.y - a.y)) / length;
      const aside = Math.abs((node.at.x - a.x) * (b.y - a.y) - (node.at.y - a.y) * (b.x - a.x)) / length;
      if (aside > 0.5 || along < 0 || along > length) continue;
      const rising = b.x - a.x + (b.y - a.y) > 0;
      const binds = !isStop || key.endsWith(rising ? 'stop-forward' : 'stop-backward');
      if (binds) found.push({ key, at: (path.at[i - 1] ?? 0) + along - (isStop ? 1 : 5) });
    }
  }
  return found.sort((p, q) => p.at - q.at);
}

function drive(town: Town, plan: Plan, seed: number): DemoDrive {
  const path = new Path(
    plan.via.map((key) => {
      const node = town.nodes.get(key);
      if (!node) throw new Error(`the town has no node ${key}`);
      return node.at;
    }),
  );
  const all = duties(town, path);
  const ignored = plan.ignore ?? {};
  const speedAt = (s: number) => (typeof plan.kmh === 'number' ? plan.kmh : plan.kmh(path.place(s)));
  const fixes = simulate(path, PLANE, {
    speedAt,
    stops: all.filter((d) => !(d.key in ignored)).map((d) => ({ at: d.at, seconds: STAND_S })),
    slow: all.filter((d) => d.key in ignored).map((d) => ({ at: d.at, kmh: ignored[d.key] ?? 30 })),
    start: '2026-10-05T01:00:00Z',
    seed,
    ...plan.options,
  });
  return { id: plan.id, description: plan.description, expect: plan.expect ?? [], fixes };
}

const PLANS: Plan[] = [
  {
    id: 'lawful-errand',
    description: 'through narrow streets, stopping at each line',
    via: ['5,1', '5,7', '7,7', '7,11'],
    kmh: 27,
  },
  {
    id: 'lawful-arterial',
    description: 'under the viaduct along the arterial at its limit of 40',
    via: ['1,8', '11,8'],
    kmh: 37,
  },
  {
    id: 'lawful-expressway',
    description: 'on the viaduct at 78 where the road below has 40',
    via: ['express/e/-300', 'express/e/3200'],
    kmh: 77,
  },
  {
    id: 'lawful-oneway',
    description: 'with the one-way streets',
    via: ['1,0', '1,3', '2,3', '2,1', '3,1', '3,4'],
    kmh: 26,
  },
  {
    id: 'lawful-tunnel',
    description: 'through the tunnel, half a minute without fixes',
    via: ['12,8', '12,12'],
    kmh: 46,
    options: { gap: [28, 58] },
  },
  {
    id: 'lawful-roundabout',
    description: 'through the roundabout',
    via: ['6,11', '6,12', 'ring/0', 'ring/1', 'ring/2', 'ring/3', 'ring/4', 'ring/5', 'ring/6', 'ring/end'],
    kmh: 26,
  },
  {
    id: 'stop-run',
    description: 'runs a stop sign with given direction',
    expect: ['stop-sign'],
    via: ['5,1', '5,7'],
    kmh: 27,
    ignore: { 'V5/3/stop-forward': 26 },
  },
  {
    id: 'stop-roll',
    description: 'rolls over a stop line without direction tag',
    expect: ['stop-sign'],
    via: ['6,1', '6,7'],
    kmh: 27,
    ignore: { 'V6/3/stop-forward': 14 },
  },
  {
    id: 'wrong-way',
    description: 'up a street that is one-way down',
    expect: ['wrong-way'],
    via: ['2,0', '2,3', '5,3'],
    kmh: 28,
  },
  {
    id: 'shopping-street',
    description: 'through the shopping street closed to motor vehicles',
    expect: ['no-entry'],
    via: ['3,2', '9,2'],
    kmh: 24,
  },
  {
    id: 'banned-right',
    description: 'turns right where the sign forbids it',
    expect: ['turn-ban'],
    via: ['1,4', '4,4', '4,1'],
    kmh: 36,
  },
  {
    id: 'banned-u-turn',
    description: 'turns round at a junction where that is forbidden',
    expect: ['turn-ban'],
    via: ['4,5', '4,8', '4,5'],
    kmh: 40,
  },
  {
    id: 'speeding',
    description: '62 on a street signed 40',
    expect: ['speeding'],
    via: ['0,4', '12,4'],
    kmh: (p) => (p.x > 500 && p.x < 1500 ? 62 : 37),
  },
  {
    id: 'school-morning',
    description: 'through the school street at eight in the morning, when it is closed',
    expect: ['no-entry'],
    via: ['3,10', '9,10'],
    kmh: 25,
    options: { start: '2026-10-04T23:00:00Z' },
  },
  {
    id: 'crossing-run',
    description: 'over a level crossing without stopping',
    expect: ['level-crossing'],
    via: ['9,5', '9,11'],
    kmh: 27,
    ignore: { 'V9/rail': 25 },
  },
];

export function demoDrives(town: Town): DemoDrive[] {
  return PLANS.map((plan, i) => drive(town, plan, 100 + i));
}
