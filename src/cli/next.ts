// SPDX-License-Identifier: MIT
// What one does next, as a command to copy.
const MOST_PATHS = 3;

/** A word as a shell reads it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** `paths`: the arguments as they were given. `map`: undefined for the bundled town. */
export function nextSteps(paths: readonly string[], map: string | undefined, findings: number): string {
  if (map === undefined) {
    return 'next: build the map of your region: tomare map build REGION.osm.pbf -o region.tmap, and give it with --map';
  }
  const logs = paths.length > MOST_PATHS || paths.includes('-') ? 'LOG…' : paths.map(quoted).join(' ');
  const why = findings === 0 ? 'see the drives on a map' : 'see each finding on a map, with its evidence';
  return `next: ${why}: tomare report --map ${quoted(map)} ${logs} -o report.html`;
}
