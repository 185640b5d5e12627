// SPDX-License-Identifier: MIT
// GeoJSON (RFC 7946): a collection of Point features, each with the fix's values among its properties.
import { type LogWriter, parts } from './writer.ts';

export const geojson: LogWriter = {
  name: 'geojson',
  ending: 'geojson',
  *write({ fixes }) {
    yield '{"type":"FeatureCollection","features":[\n';
    yield* parts(fixes, ({ time, lat, lon, ...numbers }, i) => {
      const told = Object.entries(numbers).filter(([, text]) => text !== '');
      const properties = `{"time":"${time}"${told.map(([name, text]) => `,"${name}":${text}`).join('')}}`;
      const geometry = `{"type":"Point","coordinates":[${lon},${lat}]}`;
      return `${i === 0 ? '' : ',\n'}{"type":"Feature","geometry":${geometry},"properties":${properties}}`;
    });
    yield '\n]}\n';
  },
};
