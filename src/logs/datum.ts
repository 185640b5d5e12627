// SPDX-License-Identifier: MIT
// Datums whose positions lie hundreds of metres beside those of WGS 84, by the words of a log.

/** 日本測地系2000 and 2011 are WGS 84 within a few centimetres. */
const NAMED =
  /gcj-?02|(?:^|[^a-z])(?:gcj|bd-?09)|日本測地系(?!\s*[2２])|旧測地|(?:火星|百度)坐?[标標]|国测局|nad ?27|(?:^|[^a-z])ed ?50/i;
/** Names of places and persons too. */
const AMBIGUOUS = /tokyo|bessel/i;
/** What says that a datum follows. */
const SAID =
  /(?:datum|crs|srs|coord(?:inate)?s?[ _]?(?:system|type|sys)|map[ _]?type|測地系?|坐[标標]系?|座標系?)["')]?\s*[:：=,]?\s*["'(]?([^\n;}]{1,60})/i;
/** Longer lines tell no single thing. */
const LONGEST = 500;

export const DATUM_FAULT = 'its positions are in another datum than WGS 84; convert them';

/** Whether a name or value about positions names another datum. */
export const isOther = (text: string): boolean => text.length <= LONGEST && (NAMED.test(text) || AMBIGUOUS.test(text));

/** Whether a line about the whole log does. */
export function tellsOther(line: string): boolean {
  if (line.length > LONGEST) return false;
  return NAMED.test(line) || AMBIGUOUS.test(SAID.exec(line)?.[1] ?? '');
}

const MEMBER = /"(?:coord\w{0,12}|datum|crs|srs|map_?type|geodetic\w{0,12}|測地系|坐标系)"\s*:\s*"([^"]{1,60})"/gi;

/** Whether a member beside the positions of JSON does. */
export function memberTellsOther(head: string): boolean {
  for (const [, value = ''] of head.matchAll(MEMBER)) if (isOther(value)) return true;
  return false;
}

/** Codes of NMEA's DTM: Tokyo, European 1950 and 1979, North American 1927, Ordnance Survey 1936. */
const CODES = /^(?:TO[YK]|EU[RS]|NAS|OGB)/;
/** Minutes beside WGS 84 that matter: 20 m. */
const BESIDE_MIN = 0.01;

/** Whether the fields of a DTM sentence tell another datum. */
export function dtmTellsOther([code = '', , north, , east]: readonly string[]): boolean {
  return CODES.test(code) || Math.abs(Number(north)) > BESIDE_MIN || Math.abs(Number(east)) > BESIDE_MIN;
}
