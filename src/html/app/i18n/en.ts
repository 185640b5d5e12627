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
  places: 'Where it happened',
  repeated: 'Places where most break the rule',
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
    possible: 'Possible violation',
    undetermined: 'Undetermined',
    complied: 'Lawful',
  } as Record<string, string>,
  /** Of a finding that is only possible: what is sure and what is not. */
  possible: {
    speeding: 'Possible: the excess is sure, the limit is assumed',
    'no-entry': 'Possible: the passage is sure, a permit may allow it',
    other: 'Possible: what was done is sure, the duty is assumed',
  } as Record<string, string>,
  sentence: (n: { violations: number; lawful: number; unjudged: number; judged: number }) =>
    n.judged === 0
      ? 'This drive has nothing that could be judged.'
      : `${n.violations === 0 ? 'No violation' : n.violations === 1 ? '1 violation' : `${n.violations} violations`}, ${
          n.lawful === 1 ? '1 place passed lawfully' : `${n.lawful} places passed lawfully`
        }, ${n.unjudged === 0 ? 'none undetermined' : `${n.unjudged} % undetermined`}.`,
  sure: 'How sure',
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
      `The slowest fix near the line shows ${n1(m['lowest_observed_kmh'])} km/h. ` +
      (m['lowest_possible_kmh'] === undefined
        ? ''
        : m['lowest_possible_kmh'] > 0
          ? `Between fixes it cannot have been slower than ${n1(m['lowest_possible_kmh'])} km/h, even if it braked at ${n1(m['decel'])} m/s² and the recorded speeds are two standard errors too high.`
          : 'Between two fixes the car may have stopped.'),
    stopped: (m: Record<string, number>) =>
      (m['lowest_observed_kmh'] ?? 0) < 1
        ? 'The car stopped at the line.'
        : `The car slowed to ${n1(m['lowest_observed_kmh'])} km/h at the line.`,
    speeding: (m: Record<string, number>) =>
      `The car drove ${n1(m['sustained_kmh'])} km/h or more for most of ${n0(m['duration_s'])} s and ${n0(m['length_m'])} m. ` +
      `The limit is ${n0(m['limit_kmh'])} km/h${m['limit_low_kmh'] !== undefined && m['limit_low_kmh'] !== m['limit_kmh'] ? ` or, by another reading of the map, ${n0(m['limit_low_kmh'])} km/h` : ''}.`,
    way: (m: Record<string, number>) =>
      `The car drove ${n0(m['length_m'])} m on this road${m['mean_kmh'] === undefined ? '' : `, at ${n0(m['mean_kmh'])} km/h on average`}.`,
    against: (m: Record<string, number>) =>
      `The matched route runs ${n0(m['length_m'])} m against the one-way direction${m['mean_kmh'] === undefined ? '' : `, at ${n0(m['mean_kmh'])} km/h on average`}.`,
    noTurn: 'The car did not make the banned turn.',
    open: 'The car was allowed to drive here.',
    turn: (m: Record<string, number>) =>
      `The car made the banned turn${m['turn_deg'] === undefined ? '' : `, by ${n0(Math.abs(m['turn_deg']))}°`}: ${n0(m['fixes_before'])} fixes before the junction and ${n0(m['fixes_after'])} after it show it.`,
  },
  sign: 'The rule here',
  signText: (tag: string, direction: string): string =>
    `${tag === 'law' || tag === '' ? 'The map shows no sign: the general law holds.' : `The map says ${en.tag[tag] ? `“${en.tag[tag]}”: ` : ''}${tag}.`}${
      direction === 'inferred'
        ? ' It does not give the direction; the nearer junction decides it.'
        : direction === 'ambiguous'
          ? ' Its direction is not clear.'
          : ''
    }`,
  /** What a tag of OSM says to a driver. */
  tag: {
    'highway=stop': 'stop',
    'railway=level_crossing': 'level crossing',
    'oneway=yes': 'one-way street',
    'oneway=-1': 'one-way street',
    'junction=roundabout': 'roundabout',
    'motor_vehicle=no': 'no motor vehicles',
    'restriction=no_right_turn': 'no right turn',
    'restriction=no_left_turn': 'no left turn',
    'restriction=no_straight_on': 'do not go straight on',
    'restriction=no_u_turn': 'no U-turn',
    'restriction=only_right_turn': 'right turn only',
    'restriction=only_left_turn': 'left turn only',
    'restriction=only_straight_on': 'straight on only',
  } as Record<string, string>,
  closeUp: 'The place and the fixes',
  cone: 'Possible speeds',
  coneNote: (d: number, a: number) =>
    `Dots: recorded speeds. Shaded: possible speeds between them, if the car brakes at ${d} and accelerates at ${a} m/s² at most. Dashed: the lowest possible speed near the line, if the recorded speeds are two standard errors too high. Above 0, the car did not stop.`,
  factors: 'How sure, and why',
  factor: {
    match: 'The car was on this road',
    map: 'The map is clear here',
    observation: 'The fixes show it',
  } as Record<string, string>,
  reasons: 'Reasons for doubt',
  undecided: 'Why nobody is accused',
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
    stop_possible_between_fixes: 'Between two fixes the car may have stopped.',
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
    clock_doubtful: 'The clock may have been set here, or times are cut: with more time this would not hold.',
    place_disputed: 'Most cars do the same here: the sign or the map may be wrong.',
    dismissed: 'A person has dismissed this finding or its place.',
  } as Record<string, string>,
  acquit: 'What would have cleared the driver',
  acquitText: {
    'stop-sign':
      'A fix below 2 km/h from 15 m before the line to 10 m after it, or a gap between fixes in which a stop can hide.',
    'level-crossing':
      'A fix below 2 km/h from 15 m before the line to 10 m after it, or a gap between fixes in which a stop can hide.',
    'wrong-way': 'A parallel road with the right direction near the fixes, or a speed so low that it was reversing.',
    'no-entry': 'A start, stop or destination on the closed road, a listed permit, or an open road near the fixes.',
    'turn-ban': 'Another way between the two roads for which the time was enough, or an exception for this vehicle.',
    speeding: 'A speed below limit and tolerance for part of the stretch, or a higher limit on a road near the fixes.',
    'minimum-speed': 'Slow traffic ahead.',
  } as Record<string, string>,
  law: 'The law',
  lawText: 'For reference, not legal advice.',
  points: (n: number) => (n === 1 ? '1 point' : `${n} points`),
  fine: (amount: string) => `fine ${amount}`,
  record: 'Record at such places',
  recordText: (complied: number, judged: number) => `Rule kept at ${complied} of ${judged}.`,
  stops: 'Stops made',
  stopsText: (complied: number, judged: number) => `${complied} of ${judged}`,
  links: 'Look it up',
  leaves: 'opens a website: leaves this machine',
  osm: 'OpenStreetMap',
  mapillary: 'Mapillary photos',
  decide: 'Decide',
  decision: 'Decision',
  because: 'Because',
  concerns: 'For',
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
  proof: 'fix used as evidence',
  fixes: 'other fix',
  line: 'stop line',
  crossing: 'level crossing',
  oneway: 'one-way',
  stretch: 'violation',
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
  unjudged: 'Undetermined',
  byRule: 'By rule',
  passed: 'Passed',
  ranking: 'Who to talk to first',
  rankingDrives: 'Drives to look at first',
  rankingNote: (km: number) =>
    `The bar is the 90 % range of the true rate. Grey: less than ${km} km, too little for a rate.`,
  praise: 'Praise',
  praiseText: (who: string, complied: number, judged: number) => `${who} stopped at ${complied} of ${judged}`,
  range: '90 % range',
  trend: 'Violations per 100 km, by week',
  placesNote: 'Most who pass break the rule here: check the sign and the map first.',
  placeText: (b: number, p: number, v: number) => `${b} of ${p} passes, ${v} vehicles`,
  pinsNote: 'Each pin is a violation; click one to see it.',
  nothing: 'No finding to show.',
  filter: 'Filter',
  all: 'all',
  minimum: 'at least',
  open: 'undecided only',
  keys: 'Keys: j and k move, Enter opens, d dismisses, Esc goes back.',
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
