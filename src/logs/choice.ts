// SPDX-License-Identifier: MIT
// The user's own choice of columns: `time=dmy:…,lat=…,lon=…,speed=kmh:…`.
import { TomareError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import type { ColumnChoice, Role, SpeedUnit } from './format.ts';

const ROLES: Role[] = ['time', 'date', 'lat', 'lon', 'speed', 'heading', 'accuracy', 'valid', 'vehicle', 'driver'];
const UNITS: SpeedUnit[] = ['mps', 'kmh', 'mph', 'knots'];
const ORDERS = ['dmy', 'mdy'] as const;
type Order = (typeof ORDERS)[number];

/** What may stand before the name of a column of this role. */
const before = (role: string): readonly string[] =>
  role === 'speed' ? UNITS : role === 'time' || role === 'date' ? ORDERS : [];

/** @throws TomareError USAGE for an unknown role, unit or order. */
export function parseColumns(text = ''): ColumnChoice[] {
  const parts = text.split(/,(?=[a-z]+=)/).filter((part) => part !== '');
  return parts.map((part) => {
    const [, role = '', prefix, column = ''] = /^([a-z]+)=(?:(mps|kmh|mph|knots|dmy|mdy):)?(.+)$/.exec(part) ?? [];
    const word = /^\w+/.exec(part)?.[0] ?? '';
    if (!ROLES.includes(role as Role) || column === '' || (prefix !== undefined && !before(role).includes(prefix))) {
      const what =
        `ROLE=COLUMN, speed=UNIT:COLUMN or time=ORDER:COLUMN with a role of ${ROLES.join(', ')}, ` +
        `a unit of ${UNITS.join(', ')} and an order of ${ORDERS.join(', ')}`;
      throw new TomareError(
        'USAGE',
        `--columns ${part}: ${what} is expected${ROLES.includes(word as Role) ? '' : didYouMean(word, ROLES)}`,
      );
    }
    const ordered = role === 'speed' || prefix === undefined ? {} : { order: prefix as Order };
    return {
      role: role as Role,
      unit: role === 'speed' ? (prefix as SpeedUnit | undefined) : undefined,
      column,
      ...ordered,
    };
  });
}
