// SPDX-License-Identifier: MIT
// What ../shared/cases/{rules,peer,real,accuracy} want of each drive, as their expected.md say it.

/** What is asked of a finding of the result. */
export interface Found {
  rule: string;
  verdict: string;
  start: string;
  end: string;
  reasons: string[];
  confidence: number;
  road: { node?: number };
  source: { tag?: string };
  measured: Record<string, number>;
}

export interface Wanted {
  /** Folder of ../shared/cases. */
  case: string;
  /** Options of `analyze`. */
  options?: string[];
  /**
   * By file: "rule verdict|verdict", ": reason" where the case names one, "[tag]" where it names the source; several
   * rules are parted by ";". `nothing` stands for no finding of the rule. Rules that are not named must accuse nobody.
   */
  drives: Record<string, string>;
  /** By file, what else must hold: the fault, or an empty text. */
  also?: Record<string, (found: readonly Found[]) => string>;
}

/** The findings of a rule that hold at a time of the drive's first day, UTC. */
function at(found: readonly Found[], rule: string, time: string): Found[] {
  const day = new Date(found[0]?.start ?? 0).toISOString().slice(0, 10);
  const moment = Date.parse(`${day}T${time}Z`);
  return found.filter((f) => f.rule === rule && Date.parse(f.start) <= moment && moment <= Date.parse(f.end));
}

/** The sign that was passed then has this verdict, and this reason. */
function stopAt(found: readonly Found[], node: number, time: string, verdict: string, reason?: string): string {
  const own = at(found, 'stop-sign', time).filter((f) => f.road.node === node);
  const right = own.length === 1 && own[0]?.verdict === verdict;
  if (!right) return `node ${node}: ${own.map((f) => f.verdict).join(' ') || 'no finding'}`;
  return reason && !own[0]?.reasons.includes(reason) ? `node ${node}: without ${reason}` : '';
}

/** What holds then is one event, which began in the three seconds from `first` on and is sustained above so many km/h. */
function speedingFrom(found: readonly Found[], first: string, then: string, leastKmh: number): string {
  const [event, ...others] = at(found, 'speeding', then);
  if (event === undefined || others.length > 0) return `${others.length + (event ? 1 : 0)} events`;
  const late = Date.parse(event.start) - Date.parse(`${new Date(event.start).toISOString().slice(0, 10)}T${first}Z`);
  if (late < 0 || late > 3000) return `begins at ${event.start}`;
  const sustained = event.measured['sustained_kmh'] ?? 0;
  return sustained > leastKmh ? '' : `sustained_kmh ${sustained}`;
}

const SAO_PAULO = ['--profile', 'generic', '--tz', 'America/Sao_Paulo'];
const PEER = ['--profile', 'generic', '--tz', 'Europe/Berlin'];

export const WANTED: Wanted[] = [
  {
    case: 'rules/01-destination-stop-inside',
    drives: {
      'drive.csv': 'no-entry complied|undetermined: destination_possible',
      'drive-CONTROL_through.csv': 'no-entry violated',
      'drive-CONTROL_queue20s.csv': 'no-entry violated',
      'drive-closed_parked10min.csv': 'no-entry undetermined: permit_possible',
    },
  },
  {
    case: 'rules/03-level-crossing-of-a-disused-line',
    drives: {
      'drive.csv': 'level-crossing nothing',
      'drive-disused-railway.csv': 'level-crossing nothing',
      'drive-proposed-railway.csv': 'level-crossing nothing',
      'drive-razed-railway.csv': 'level-crossing nothing',
      'drive-rail_abandoned_yes.csv': 'level-crossing nothing',
      'drive-rail_disused_yes.csv': 'level-crossing nothing',
      'drive-CONTROL_rail.csv': 'level-crossing violated',
      'drive-CONTROL_railway_disused.csv': 'level-crossing nothing',
      'drive-CONTROL_no_rails_drawn.csv': 'level-crossing violated',
    },
  },
  {
    case: 'rules/05-stop-all-in-japan',
    drives: {
      'drive.csv': 'stop-sign undetermined',
      'drive-from_minor.csv': 'stop-sign undetermined',
      'drive-CONTROL_minor.csv': 'stop-sign violated',
      'drive-CONTROL_minor_main.csv': 'stop-sign nothing',
    },
  },
  {
    case: 'rules/10-conditional-value-that-is-a-zone',
    drives: { 'drive.csv': 'speeding undetermined|nothing', 'drive-CONTROL_variable.csv': 'speeding nothing' },
  },
  {
    case: 'rules/12-except-that-is-not-a-vehicle',
    drives: {
      'drive.csv': 'turn-ban undetermined: condition_unknowable',
      'drive-left_delivery.csv': 'turn-ban undetermined: condition_unknowable',
      'drive-left_residents.csv': 'turn-ban undetermined: condition_unknowable',
      'drive-left_permit.csv': 'turn-ban undetermined: condition_unknowable',
      'drive-left_emergency.csv': 'turn-ban violated',
    },
  },
  {
    case: 'rules/13-roundabout-drawn-against-the-driving-side',
    drives: {
      'drive.csv': 'wrong-way undetermined: map_contradiction',
      'drive-lawful_right_turn.csv': 'wrong-way undetermined: map_contradiction',
      'drive-CONTROL_wrong_way_round.csv': 'wrong-way violated',
      'drive-CONTROL_lawful.csv': 'wrong-way nothing',
    },
  },
  {
    case: 'rules/15-private-ground',
    drives: {
      'drive.csv': 'wrong-way undetermined: private_ground',
      'drive-private_wrong_way.csv': 'wrong-way undetermined: private_ground; no-entry undetermined',
      'drive-aisle_stop.csv': 'stop-sign undetermined: private_ground',
      'drive-private_stop.csv': 'stop-sign undetermined: private_ground; no-entry undetermined',
    },
  },
  {
    case: 'rules/16-discouraged-is-no-ban',
    drives: {
      'drive.csv': 'no-entry nothing',
      'drive-unsuitable.csv': 'no-entry nothing',
      'drive-yes_permissive.csv': 'no-entry nothing',
      'drive-designated_destination.csv': 'no-entry nothing',
      'drive-list_ends_inside.csv': 'no-entry complied [motor_vehicle=destination;delivery]',
      'drive-CONTROL_agricultural_list.csv': 'no-entry possible [motor_vehicle=agricultural;forestry]',
    },
  },
  {
    case: 'rules/19-driveway-taken-for-the-junction',
    drives: {
      'drive.csv': 'stop-sign nothing|undetermined',
      'drive-towards_main_road.csv': 'stop-sign violated|undetermined',
    },
  },
  {
    case: 'rules/21-level-crossing-node-with-a-second-tag',
    drives: {
      'drive.csv': 'level-crossing violated; stop-sign undetermined|nothing',
      'drive-with_give_way.csv': 'level-crossing violated',
      'drive-CONTROL_with_barrier.csv': 'level-crossing violated',
    },
  },
  {
    case: 'rules/23-limits-per-lane-and-direction',
    drives: {
      'drive.csv': 'speeding violated',
      'drive-only_lanes_70.csv': 'speeding violated',
      'drive-none_in_one_lane_70.csv': 'speeding nothing',
      'drive-CONTROL_forward.csv': 'speeding violated',
    },
  },
  {
    case: 'rules/27-source-tag-misquoted',
    drives: {
      'drive.csv': 'wrong-way violated [oneway=-1]',
      'drive-vehicle_backward.csv': 'no-entry violated [vehicle:backward=no]',
      'drive-circular.csv': 'wrong-way violated [junction=circular]',
      'drive-agricultural.csv': 'no-entry possible [motor_vehicle=agricultural]',
      'drive-residents.csv': 'no-entry possible [motor_vehicle=residents]',
      'drive-list.csv': 'no-entry possible [motor_vehicle=agricultural;forestry]',
    },
  },
  {
    case: 'peer/01-only-with-two-to',
    options: PEER,
    drives: {
      'drive.csv': 'turn-ban complied|nothing',
      'drive-right.csv': 'turn-ban complied|nothing',
      'drive-left.csv': 'turn-ban violated|nothing',
    },
  },
  {
    case: 'peer/03-same-days-twice',
    options: PEER,
    drives: {
      'drive.csv': 'no-entry undetermined: condition_unparsed',
      'drive-evening.csv': 'no-entry complied',
      'drive-noon.csv': 'no-entry violated',
    },
  },
  { case: 'peer/04-limit-of-2-kmh', options: PEER, drives: { 'drive.csv': 'speeding undetermined|nothing' } },
  {
    case: 'peer/05-only-over-a-way-left-early',
    options: PEER,
    drives: {
      'drive.csv': 'turn-ban violated|undetermined',
      'drive-late.csv': 'turn-ban violated',
      'drive-obeys.csv': 'turn-ban complied',
    },
  },
  {
    case: 'peer/06-no-entry-from-two-over-a-way',
    options: PEER,
    drives: { 'drive.csv': 'turn-ban violated', 'drive-other.csv': 'turn-ban nothing|complied' },
  },
  {
    case: 'peer/08-size-unknown-is-complied',
    options: [...PEER, '--vehicle', 'large_goods'],
    drives: { 'drive.csv': 'no-entry undetermined: vehicle_unknown' },
  },
  {
    case: 'peer/09-months-of-a-year',
    options: PEER,
    drives: { 'drive.csv': 'no-entry violated' },
  },
  {
    case: 'real/04-no-left-turn-that-is-straight-on',
    options: ['--profile', 'generic', '--tz', 'Europe/Lisbon'],
    drives: {
      'a.csv': 'turn-ban undetermined|complied: map_contradiction|gps_gap', // another ban is passed by a way that no fix saw
      'b.csv': 'turn-ban undetermined|complied: map_contradiction',
    },
  },
  {
    case: 'real/05-one-way-that-every-car-drives-against',
    options: ['--profile', 'generic', '--tz', 'Europe/Lisbon'],
    drives: Object.fromEntries(
      ['T1', 'T3', 'T7', 'T10', 'T30', 'T31'].map((taxi) => [`${taxi}.csv`, 'wrong-way violated|nothing']),
    ),
  },
  {
    case: 'accuracy/02-bus-corridor',
    options: SAO_PAULO,
    drives: {
      'drive.csv': 'no-entry undetermined|nothing: match_uncertain|parallel_road; speeding undetermined|nothing',
    },
  },
  {
    case: 'accuracy/03-stop-past-line',
    options: SAO_PAULO,
    drives: { 'drive.csv': 'stop-sign undetermined|complied' },
    also: { 'drive.csv': (found) => stopAt(found, 7827713938, '12:19:46', 'undetermined', 'line_position_uncertain') },
  },
  {
    case: 'accuracy/04-twin-stops-sparse',
    options: ['--profile', 'us', '--tz', 'America/New_York'],
    drives: { 'drive.csv': 'stop-sign undetermined|complied|violated' },
    also: { 'drive.csv': (found) => stopAt(found, 1385387034, '07:23:21', 'undetermined') },
  },
  {
    case: 'accuracy/05-sunday-comma',
    options: SAO_PAULO,
    drives: { 'drive.csv': 'no-entry complied|undetermined' },
  },
  {
    case: 'accuracy/06-speeding-merged',
    options: ['--profile', 'us', '--tz', 'America/Los_Angeles'],
    drives: { 'drive.csv': 'speeding violated' },
    also: { 'drive.csv': (found) => speedingFrom(found, '22:39:36', '22:39:50', 40.2 + 5) },
  },
];

/** Files of rules/26-pbf-variants: read, or refused with these words in the message. */
export const VARIANTS: Record<string, string> = {
  'plain.osm.pbf': 'read',
  'lz4.osm.pbf': 'osmium cat',
  'locations-on-ways.osm.pbf': 'read',
  'xml.osm': 'read',
  'packed.osm.bz2': 'osmium cat',
  'plain.osm.pbf.gz': 'gunzip',
  'two-versions.osm.pbf': 'read, oneway_ways: 1',
};
