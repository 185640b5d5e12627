// SPDX-License-Identifier: MIT
// The page's texts in English. ja.ts has the same keys: the type holds it.

export const en = {
  title: 'Tomare report',
  language: '日本語',
  theme: 'Light or dark',
  print: 'Print',
  overview: 'Overview',
  drives: 'Drives',
  inbox: 'Findings',
  places: 'Repeated places',
  back: 'All drives',
  rule: {
    'stop-sign': 'Stop sign',
    'level-crossing': 'Level crossing',
    'wrong-way': 'Wrong way',
    'no-entry': 'No entry',
    'turn-ban': 'Banned turn',
    speeding: 'Speeding',
    'minimum-speed': 'Below minimum speed',
  } as Record<string, string>,
  verdict: {
    violated: 'Violation',
    possible: 'Not certain by law',
    undetermined: 'Cannot be judged',
    complied: 'Lawful',
  } as Record<string, string>,
  /** Of a finding that is only possible: what is sure and what is not. */
  possible: {
    speeding: 'The excess is sure, the limit is assumed',
    'no-entry': 'The passage is sure, a permit is possible',
    other: 'What was done is sure, the duty is assumed',
  } as Record<string, string>,
  sentence: (n: { violations: number; lawful: number; unjudged: number; judged: number }) =>
    n.judged === 0
      ? 'Nothing in this drive could be judged.'
      : `${n.violations === 0 ? 'No violation' : n.violations === 1 ? '1 violation' : `${n.violations} violations`}, ${
          n.lawful === 1 ? '1 place passed lawfully' : `${n.lawful} places passed lawfully`
        }, ${n.unjudged} % of the places could not be judged.`,
  sure: 'certainty',
  ruleLabel: 'Rule',
  verdictLabel: 'Verdict',
  violations: 'Violations',
  when: 'When',
  where: 'Where',
  drive: 'Drive',
  driver: 'Driver',
  vehicle: 'Vehicle',
  distance: 'Distance',
  unnamed: 'unnamed road',
  seen: 'What was seen',
  seenText: {
    stop: (m: Record<string, number>) =>
      `The car was never slower than ${n1(m['lowest_observed_kmh'])} km/h at the line. ` +
      (m['lowest_possible_kmh'] === undefined
        ? ''
        : m['lowest_possible_kmh'] > 0
          ? `Even braking at ${n1(m['decel'])} m/s² between the fixes it was at least ${n1(m['lowest_possible_kmh'])} km/h.`
          : 'Between two fixes it can have stopped.'),
    stopped: (m: Record<string, number>) =>
      m['lowest_observed_kmh'] === undefined
        ? 'The car stood at the line.'
        : `The car slowed to ${n1(m['lowest_observed_kmh'])} km/h at the line.`,
    speeding: (m: Record<string, number>) =>
      `The car drove ${n1(m['sustained_kmh'])} km/h for ${n1(m['duration_s'])} s over ${n0(m['length_m'])} m. ` +
      `The limit is ${n0(m['limit_kmh'])} km/h${m['limit_low_kmh'] !== undefined && m['limit_low_kmh'] !== m['limit_kmh'] ? ` at most, ${n0(m['limit_low_kmh'])} at least` : ''}.`,
    way: (m: Record<string, number>) =>
      `The car drove ${n0(m['length_m'])} m of it${m['mean_kmh'] === undefined ? '' : ` at ${n0(m['mean_kmh'])} km/h`}.`,
    noTurn: 'The car did not make the banned turn.',
    open: 'The car was allowed to drive here.',
    turn: (m: Record<string, number>) =>
      `The car made the turn${m['turn_deg'] === undefined ? '' : ` (${n0(Math.abs(m['turn_deg']))}°)`}; fixes before it: ${n0(m['fixes_before'])}, after it: ${n0(m['fixes_after'])}.`,
  },
  sign: 'The sign',
  signText: (tag: string, direction: string) =>
    `${tag === 'law' || tag === '' ? 'No sign: the rule is the general law.' : `The map says ${tag}.`}${
      direction === 'inferred'
        ? ' Its direction is inferred from the nearer junction.'
        : direction === 'ambiguous'
          ? ' Its direction is not clear.'
          : ''
    }`,
  closeUp: 'The approach, and the fixes that prove it',
  cone: 'Speeds the car can have had',
  coneNote: (d: number, a: number) =>
    `Dots are fixes. The shaded area is what a car can do between them, braking at ${d} and pulling away at ${a} m/s².`,
  factors: 'How sure, and why',
  factor: {
    match: 'The car was on this road',
    map: 'The map is right here',
    observation: 'The measurement shows it',
  } as Record<string, string>,
  reasons: 'Reasons for doubt',
  reason: {
    gps_gap: 'No fix was received for a while here.',
    low_accuracy: 'The receiver was not exact here.',
    parallel_road: 'Another road runs beside this one.',
    level_ambiguity: 'Another road runs above or below this one.',
    direction_inferred: 'The map does not say for which direction the sign is.',
    direction_ambiguous: 'It is not clear for which direction the sign is.',
    limit_assumed: 'The limit is not signed in the map; it is the general one.',
    limit_interval: 'The map allows more than one limit here.',
    limit_variable: 'The limit changes by electronic signs; nobody can know it from the map.',
    time_window_edge: 'The drive was within minutes of the hours on the sign.',
    condition_unparsed: 'The map states a condition that is not understood.',
    condition_unknowable: 'The rule depends on something nobody can know from the log, such as the weather.',
    conditional_fact: 'The rule holds at certain times or for certain vehicles.',
    holiday_unknown: 'It is not known whether this day counts as a holiday.',
    permit_possible: 'The driver may have a permit.',
    permit_listed: 'The settings list a permit for this road.',
    destination_possible: 'The drive may have had its destination here.',
    signal_present: 'A traffic signal stands here; its colour is not known.',
    line_position_uncertain: 'It is not certain where the stop line is, or how far from it the car was.',
    stop_possible_between_fixes: 'Between two fixes the car can have stopped.',
    queue_before_line: 'The car stood before the line, but not at it.',
    short_stretch: 'The stretch is short.',
    low_speed: 'The car was very slow, as in parking or reversing.',
    match_uncertain: 'It is not certain that the car was on this road.',
    map_contradiction: 'The map contradicts itself, or what cars do here.',
    vehicle_unknown: 'The size or weight of the vehicle is not known.',
    no_speed: 'The log has no speed; positions alone tell too little.',
    congestion_possible: 'Traffic may have kept the car slow.',
    speed_contradicted: 'The logged speed contradicts the positions.',
    course_contradicted: 'The logged course contradicts the positions.',
    private_ground: 'This is private ground, where the traffic law may not hold.',
    place_disputed: 'Most cars do the same here: the sign or the map may be wrong.',
    dismissed: 'A person has dismissed this finding or its place.',
  } as Record<string, string>,
  acquit: 'What would have cleared the driver',
  acquitText: {
    'stop-sign':
      'A fix slower than 2 km/h within 15 m before the line, or a gap between fixes in which a stop can hide.',
    'level-crossing': 'A fix slower than 2 km/h within 15 m before the crossing, or a gap in which a stop can hide.',
    'wrong-way': 'A parallel road with the right direction near the fixes, or a speed so low that it was reversing.',
    'no-entry': 'A start, stop or destination on the closed road, a listed permit, or an open road near the fixes.',
    'turn-ban': 'Another way between the two roads that fits the time, or an exception for this vehicle.',
    speeding: 'A speed below limit and tolerance for part of the stretch, or a higher limit on a road near the fixes.',
    'minimum-speed': 'Slow traffic ahead.',
  } as Record<string, string>,
  law: 'The law',
  lawText: 'For reference, not legal advice.',
  points: (n: number) => (n === 1 ? '1 point' : `${n} points`),
  fine: (amount: string) => `fine ${amount}`,
  record: 'This driver at such places',
  recordText: (complied: number, judged: number) => `Lawful at ${complied} of ${judged}.`,
  links: 'Look it up',
  leaves: 'opens a website: leaves this machine',
  osm: 'OpenStreetMap',
  mapillary: 'Mapillary photos',
  decide: 'Decide',
  action: {
    confirm: 'Confirm',
    dismiss: 'Dismiss',
    dispute: 'Dispute',
    coach: 'Coach',
    undo: 'Take back',
  } as Record<string, string>,
  decided: {
    confirm: 'confirmed',
    dismiss: 'dismissed',
    dispute: 'disputed',
    coach: 'to be coached',
    undo: '',
  } as Record<string, string>,
  why: {
    wrong_match: 'the car was on another road',
    wrong_map: 'the map is wrong here',
    no_sign: 'there is no such sign',
    permit: 'the driver had a permit',
    emergency: 'emergency or police order',
    measurement: 'the measurement is wrong',
    correct: 'the finding is right',
    other: 'another reason',
  } as Record<string, string>,
  scope: { finding: 'this finding', place: 'this place, for all drives' } as Record<string, string>,
  note: 'Note',
  author: 'Your name',
  save: 'Save decisions',
  saved: (n: number) => (n === 1 ? '1 decision to save' : `${n} decisions to save`),
  speed: 'Speed',
  limit: 'Limit',
  over: 'km/h over the limit',
  noLimit: 'no limit known',
  chart: 'Speed against the limit',
  map: 'Map of the drive',
  mapHelp: 'Drag to move, wheel to zoom. Arrow keys move, + and − zoom.',
  play: 'Play',
  pause: 'Pause',
  scrub: 'Point of time',
  rate: 'Pace',
  fit: 'Show all',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  km: 'Kilometres driven',
  judged: 'Places judged',
  per100: 'Violations per 100 km',
  unjudged: 'Could not be judged',
  ranking: 'Who to talk to first',
  rankingNote: (km: number) => `Violations per 100 km with a 90 % interval; grey below ${km} km.`,
  praise: 'Praise',
  praiseText: (who: string, complied: number, judged: number) => `${who} stopped at ${complied} of ${judged}`,
  trend: 'By week',
  placesNote: 'Most who pass break the rule here: check the sign and the map first.',
  placeText: (b: number, p: number, v: number) => `${b} of ${p} passes, ${v} vehicles`,
  none: 'None.',
  nothing: 'No finding to show.',
  filter: 'Filter',
  all: 'all',
  minimum: 'at least',
  open: 'open',
  keys: 'j and k move, Enter opens, d dismisses, Esc goes back.',
  shown: (n: number, all: number) => `${n} of ${all}`,
  anonymous: 'Anonymous: both ends of each drive are cut off, and times are weekdays and hours.',
  made: (version: string, map: string, time: string) =>
    `Tomare ${version}, map ${map}${time === '' ? '' : ` of ${time.slice(0, 10)}`}. A reference for a person to check, not legal advice. Map data © OpenStreetMap contributors, ODbL.`,
  warning: 'About this log',
  noMap: 'The drive lies on no road of the map.',
  broken: 'This page is damaged: its data cannot be read. Make the report again.',
};

const n1 = (value: number | undefined) => (value === undefined ? '?' : value.toFixed(1).replace(/\.0$/, ''));
const n0 = (value: number | undefined) => (value === undefined ? '?' : value.toFixed(0));

export type Texts = typeof en;
