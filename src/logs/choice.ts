// SPDX-License-Identifier: MIT
// The user's own choice of columns: `time=…,lat=…,lon=…,speed=kmh:…`.
import { TomareError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import type { ColumnChoice, Role, SpeedUnit } from './format.ts';

const ROLES: Role[] = ['time', 'date', 'lat', 'lon', 'speed', 'heading', 'accuracy', 'valid', 'vehicle', 'driver'];
const UNITS: SpeedUnit[] = ['mps', 'kmh', 'mph', 'knots'];

/** @throws TomareError USAGE for an unknown role or unit. */
export function parseColumns(text = ''): ColumnChoice[] {
  const parts = text.split(/,(?=[a-z]+=)/).filter((part) => part !== '');
  return parts.map((part) => {
    const [, role = '', unit, column = ''] = /^([a-z]+)=(?:(mps|kmh|mph|knots):)?(.+)$/.exec(part) ?? [];
    const word = /^\w+/.exec(part)?.[0] ?? '';
    if (!ROLES.includes(role as Role) || column === '' || (unit !== undefined && role !== 'speed')) {
      const what = `ROLE=COLUMN or speed=UNIT:COLUMN with a role of ${ROLES.join(', ')} and a unit of ${UNITS.join(', ')}`;
      throw new TomareError(
        'USAGE',
        `--columns ${part}: ${what} is expected${ROLES.includes(word as Role) ? '' : didYouMean(word, ROLES)}`,
      );
    }
    return { role: role as Role, unit: unit as SpeedUnit | undefined, column };
  });
}
