// SPDX-License-Identifier: MIT
// Signs that are gone or not yet there, and words that ban no turn.
import { meeting, street } from './block.ts';
import { type Drawing, type Drive, scenario } from './scene.ts';

type Tags = Record<string, string>;
const cross = (tags: Tags, ways: Record<string, Tags> = {}, to = 'NJ'): Drawing => ({
  map: `
               N
               |
               |
      A--------J--------B
               |
               |
               S
  `,
  metres: 20,
  ways: { AJ: street, JB: street, NJ: street, JS: street, ...ways },
  relations: [{ from: 'AJ', via: 'J', to, tags }],
});
const BANNED = ['turn-ban violated AJ>J>NJ'];
const left = { drive: 'AJN', kmh: 30 };
const turn = (more: Tags, drives: Drive[]) =>
  scenario(`no_left_turn ${JSON.stringify(more)}`, cross({ restriction: 'no_left_turn', ...more }), drives);

for (const key of ['disused', 'abandoned', 'removed', 'razed', 'proposed', 'planned', 'construction']) {
  turn({ [key]: 'yes' }, [{ it: 'is none', ...left, finds: [] }]);
}
turn({ disused: 'no' }, [{ it: 'CONTROL: is one', ...left, finds: BANNED }]);
// the drive is on 2026-10-05
for (const end_date of ['2019', '2026-09', '2026-10-04']) {
  turn({ end_date }, [
    { it: 'is over', ...left, finds: ['turn-ban complied AJ>J>NJ'], tags: [`end_date=${end_date}`] },
  ]);
}
for (const end_date of ['2026', '2026-10', '2026-10-05']) {
  turn({ end_date }, [{ it: 'CONTROL: in force', ...left, finds: BANNED, tags: ['restriction=no_left_turn'] }]);
}
turn({ end_date: 'next summer' }, [
  { it: 'nobody knows', ...left, finds: ['turn-ban undetermined AJ>J>NJ: condition_unparsed'] },
]);
for (const tags of [{ temporary: 'yes' }, { seasonal: 'winter' }] as Tags[]) {
  turn(tags, [{ it: 'nobody knows when', ...left, finds: ['turn-ban undetermined AJ>J>NJ: condition_unparsed'] }]);
}
turn({ temporary: 'no', seasonal: 'no' }, [{ it: 'CONTROL: in force', ...left, finds: BANNED }]);
for (const start_date of ['2031', '2026-10-06']) {
  turn({ start_date }, [{ it: 'is not yet', ...left, finds: ['turn-ban complied AJ>J>NJ'] }]);
}
for (const start_date of ['2026-10-05', '2019', '1990s']) {
  turn({ start_date }, [{ it: 'CONTROL: in force', ...left, finds: BANNED }]);
}
for (const restriction of ['no_left_turn_on_red', 'no_turn_on_red', 'no_overtaking', 'stop', 'give_way']) {
  scenario(`restriction=${restriction}`, cross({ restriction }), [{ it: 'bans no turn', ...left, finds: [] }]);
}
for (const except of ['motorcar', 'motor_vehicle', 'psv, motorcar', 'Motorcar']) {
  turn({ except }, [{ it: 'a car is let out', ...left, accuses: [] }]);
}
turn({ except: 'motorcycle;moped' }, [
  { it: 'a moped', ...left, vehicle: 'moped', accuses: [] },
  { it: 'CONTROL: a car', ...left, accuses: BANNED },
]);

// only_straight_on, and straight on may be closed to us
for (const tags of [{ maxweight: '3.5' }, { 'motor_vehicle:conditional': 'no @ (wet)' }] as Tags[]) {
  scenario(
    `only_straight_on into ${JSON.stringify(tags)}`,
    cross({ restriction: 'only_straight_on' }, { JB: { ...street, ...tags } }, 'JB'),
    [{ it: 'a lorry', ...left, vehicle: 'large_goods', finds: ['turn-ban undetermined AJ>J>JB: map_contradiction'] }],
  );
}
scenario('only_straight_on', cross({ restriction: 'only_straight_on' }, {}, 'JB'), [
  { it: 'CONTROL: a lorry', ...left, vehicle: 'large_goods', finds: ['turn-ban violated AJ>J>JB'] },
]);

// stop signs
const line = (node: Tags, way: Tags): Drawing =>
  meeting({
    ways: { ASJ: { ...street, ...way }, JB: street, CJD: { highway: 'secondary' } },
    nodes: { S: { highway: 'stop', ...node } },
    shift: { A: [-60, 0], B: [60, 0], C: [0, 60], D: [0, -60] },
  });
const run = { drive: 'ASJB', kmh: 40 };
for (const key of ['proposed', 'construction']) {
  scenario(`a sign that is not yet there: ${key}=yes`, line({ direction: 'forward', [key]: 'yes' }, {}), [
    { it: 'run', ...run, finds: [] },
  ]);
}
for (const stop of ['minor', 'yes', '4way']) {
  scenario(`CONTROL: stop=${stop} before a junction`, line({ stop }, {}), [
    { it: 'run', ...run, accuses: ['stop-sign violated S'] },
    { it: 'the other way', drive: 'BJSA', kmh: 40, accuses: [] },
  ]);
}

// which of the tags made the ban for this vehicle
for (const tags of [
  { 'restriction:hgv': 'no_left_turn', 'restriction:bus': 'no_left_turn' },
  { 'restriction:bus': 'no_left_turn', 'restriction:hgv': 'no_left_turn' },
] as Tags[]) {
  scenario(`a ban of two kinds of vehicle ${JSON.stringify(tags)}`, cross(tags), [
    { it: 'a bus', ...left, vehicle: 'bus', finds: BANNED, tags: ['restriction:bus=no_left_turn'] },
    { it: 'a lorry', ...left, vehicle: 'large_goods', finds: BANNED, tags: ['restriction:hgv=no_left_turn'] },
    { it: 'a car', ...left, finds: [] },
  ]);
}
scenario('a ban of all, and of lorries', cross({ restriction: 'no_left_turn', 'restriction:hgv': 'no_left_turn' }), [
  { it: 'a car', ...left, finds: BANNED, tags: ['restriction=no_left_turn'] },
]);
