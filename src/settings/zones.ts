// SPDX-License-Identifier: MIT
// Names of time zones as people write them: IANA names are taken, abbreviations are refused with the name to use.

import { nearest } from '../nearest.ts';

/** In place of a profile or a zone: that of the place where the car drives. */
export const AUTO = 'auto';

/** Abbreviations and old names that mean one zone for most who write them. */
const MEANT: Readonly<Record<string, string>> = {
  ACDT: 'Australia/Adelaide',
  ACST: 'Australia/Adelaide',
  AEDT: 'Australia/Sydney',
  AEST: 'Australia/Sydney',
  AKDT: 'America/Anchorage',
  AKST: 'America/Anchorage',
  ART: 'America/Argentina/Buenos_Aires',
  AWST: 'Australia/Perth',
  BRST: 'America/Sao_Paulo',
  BRT: 'America/Sao_Paulo',
  BST: 'Europe/London',
  CDT: 'America/Chicago',
  CEST: 'Europe/Berlin',
  CET: 'Europe/Berlin',
  CST: 'America/Chicago or Asia/Shanghai',
  EDT: 'America/New_York',
  EEST: 'Europe/Athens',
  EET: 'Europe/Athens',
  EST: 'America/New_York',
  GB: 'Europe/London',
  GMT: 'Europe/London, or UTC',
  HKT: 'Asia/Hong_Kong',
  HST: 'Pacific/Honolulu',
  IST: 'Asia/Kolkata',
  JAPAN: 'Asia/Tokyo',
  JST: 'Asia/Tokyo',
  KST: 'Asia/Seoul',
  MDT: 'America/Denver',
  MESZ: 'Europe/Berlin',
  MEZ: 'Europe/Berlin',
  MSK: 'Europe/Moscow',
  MST: 'America/Denver',
  NZDT: 'Pacific/Auckland',
  NZST: 'Pacific/Auckland',
  PDT: 'America/Los_Angeles',
  PRC: 'Asia/Shanghai',
  PST: 'America/Los_Angeles',
  ROC: 'Asia/Taipei',
  ROK: 'Asia/Seoul',
  SGT: 'Asia/Singapore',
  WEST: 'Europe/Lisbon',
  WET: 'Europe/Lisbon',
  Z: 'UTC',
};

function known(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** A zone whose city is the word, or whose name differs by upper case alone. */
function near(zone: string): string | undefined {
  const word = zone.toLowerCase().replaceAll(' ', '_');
  const names = Intl.supportedValuesOf('timeZone');
  return names.find((name) => name.toLowerCase() === word || name.toLowerCase().endsWith(`/${word}`));
}

/** What is wrong with the name of a zone, and which one to use; undefined where it is an IANA name, or UTC. */
export function zoneFault(zone: string): string | undefined {
  if (zone === 'UTC' || (/^[A-Z][\w+-]*\/[\w+/-]+$/.test(zone) && known(zone))) return undefined;
  const meant = MEANT[zone.toUpperCase()] ?? near(zone);
  if (meant !== undefined) return `"${zone}" is no IANA name of a time zone: use ${meant}`;
  const typed = nearest(zone, Intl.supportedValuesOf('timeZone'));
  if (typed !== undefined) return `"${zone}" is not a time zone; did you mean ${typed}?`;
  return `"${zone}" is not a time zone; one of the IANA names such as Asia/Tokyo is expected`;
}
