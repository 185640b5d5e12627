// SPDX-License-Identifier: MIT
// Where files that the command makes for itself may lie: the user's cache folder, never the folder of the install.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** By the custom of each system: XDG Base Directory, macOS, Windows. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  const own = (path: string | undefined, otherwise: string) => (path && isAbsolute(path) ? path : otherwise);
  const home = homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'tomare');
  if (platform === 'win32') return join(own(env['LOCALAPPDATA'], join(home, 'AppData', 'Local')), 'tomare', 'Cache');
  return join(own(env['XDG_CACHE_HOME'], join(home, '.cache')), 'tomare');
}

/** The cache folder, made; where it cannot be, one for this run alone. */
export function makeCache(folder: string = cacheFolder()): string {
  try {
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch {
    return mkdtempSync(join(tmpdir(), 'tomare-'));
  }
}
