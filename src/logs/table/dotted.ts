// SPDX-License-Identifier: MIT
// Names that are paths, as of JSON made a table: OSD.latitude, location.coords.speed. The last part is the name; the
// others say whose it is.
import { type Meaning, meaningOf } from './names.ts';

/** Things around a car whose speed, direction and position are not its own. */
const OTHERS =
  /^(?:wind|weather|road|street|way|(?:speed)?_?limits?|lead(?:_?(?:car|vehicle))?|dest(?:ination)?|home|geo_?fences?|fence|poi)$/i;
export const isOfAnother = (path: readonly string[]): boolean => path.slice(0, -1).some((part) => OTHERS.test(part));

const DOTTED = /^[A-Za-z_]\w{0,60}(?:\.[A-Za-z_]\w{0,60}){1,6}(?: ?[[(][^\])]{0,20}[\])])?$/;

interface Path {
  name: string;
  owner: string;
  meaning: Readonly<Meaning>;
}

/** The object that has the position; undefined: none, or several, of which nobody knows the car's. */
function placeOf(paths: readonly Path[]): string | undefined {
  const owners = (role: string) => new Set(paths.filter((p) => p.meaning.role === role).map((p) => p.owner));
  const [first, ...more] = [...owners('lat')].filter((owner) => owners('lon').has(owner));
  return more.length === 0 ? first : undefined;
}

/** The meanings of names by their last parts: of the object that has the position, or of those around it; times of any. */
export function dottedMeanings(names: readonly string[]): Map<string, Readonly<Meaning>> {
  const paths = names.flatMap((name): Path[] => {
    if (!DOTTED.test(name)) return [];
    const parts = name.split('.');
    const meaning = isOfAnother(parts) ? undefined : meaningOf(parts.at(-1) ?? '');
    return meaning === undefined ? [] : [{ name, owner: `${parts.slice(0, -1).join('.')}.`, meaning }];
  });
  const place = placeOf(paths);
  if (place === undefined) return new Map();
  const isOwn = ({ owner, meaning: { role } }: Path) =>
    role === 'lat' || role === 'lon' ? owner === place : place.startsWith(owner) || role === 'time' || role === 'date';
  return new Map(paths.filter(isOwn).map(({ name, meaning }) => [name, meaning]));
}
