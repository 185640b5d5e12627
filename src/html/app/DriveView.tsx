// SPDX-License-Identifier: MIT
// One drive: a sentence, then the map and the curve beside the findings.
import { useCallback, useEffect, useMemo } from 'preact/hooks';
import type { PageFinding } from '../model.ts';
import { totalsOf } from '../rates.ts';
import { Card } from './Card.tsx';
import { Legend, Marks } from './Legend.tsx';
import { MapPanel } from './map/MapPanel.tsx';
import { Replay } from './Replay.tsx';
import { SpeedChart } from './SpeedChart.tsx';
import { Cursor } from './state/cursor.ts';
import { NOWHERE } from './state/data.ts';
import { useUi } from './state/ui.ts';

const RANK: Record<PageFinding['verdict'], number> = { violated: 0, possible: 1, undetermined: 2, complied: 3 };

export function DriveView({ index, chosen }: { index: number; chosen: number }) {
  const { report, t, f, go, printing } = useUi();
  const drive = report.drive(index);
  const path = report.path(index);
  const cursor = useMemo(() => new Cursor(drive.start_ms, drive.end_ms), [index]);
  /** Numbers follow the time; the list shows what matters first. */
  const order = useMemo(
    () =>
      drive.findings
        .map((_, i) => i)
        .sort(
          (a, b) =>
            RANK[drive.findings[a]?.verdict ?? 'complied'] - RANK[drive.findings[b]?.verdict ?? 'complied'] || a - b,
        ),
    [index],
  );
  const bounds = useCallback(() => report.bounds(index) ?? NOWHERE, [index]);
  const pins = useMemo(
    () =>
      drive.findings.map((finding, i) => ({
        lat: finding.lat,
        lon: finding.lon,
        verdict: finding.verdict,
        label: String(i + 1),
        chosen: i === chosen,
        choose: () => go({ view: 'drive', drive: index, finding: i }),
      })),
    [index, chosen],
  );
  const focus = drive.findings[chosen];
  useEffect(() => {
    if (focus) cursor.set(focus.start_ms);
  }, [focus, cursor]);
  const totals = totalsOf([drive]);
  const share = totals.places === 0 ? 0 : Math.round((100 * totals.undetermined) / totals.places);
  return (
    <main class="drive">
      <header class="drive-head">
        <h2>{drive.id}</h2>
        <p class="sentence">
          {t.sentence({
            violations: totals.violations,
            lawful: totals.lawful,
            unjudged: share,
            judged: totals.places + totals.violations,
          })}
        </p>
        <p class="quiet when">
          {f.time(drive.start_ms, drive.zone)} · {f.number(drive.distance_m / 1000, 1)} km
          {drive.driver_id ? ` · ${t.driver} ${drive.driver_id}` : ''}
          {drive.vehicle_id ? ` · ${t.vehicle} ${drive.vehicle_id}` : ''}
        </p>
        {drive.warnings.length > 0 ? (
          <details class="warnings">
            <summary>{t.warning}</summary>
            <ul>
              {drive.warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          </details>
        ) : null}
      </header>
      <div class="columns">
        <div class="map-side">
          <MapPanel
            bounds={bounds}
            drives={[index]}
            pins={pins}
            cursor={cursor}
            focus={focus}
            label={t.map}
            metres={320}
          />
          <Legend />
          <Marks />
          {path && path.count > 1 ? (
            <div class="time">
              <SpeedChart path={path} cursor={cursor} findings={drive.findings} zone={drive.zone} />
              <Replay cursor={cursor} path={path} zone={drive.zone} />
            </div>
          ) : (
            <p>{t.noMap}</p>
          )}
        </div>
        <ol class="cards" aria-label={t.inbox}>
          {order.length === 0 ? <li class="quiet">{t.nothing}</li> : null}
          {order.map((i) => (
            <Card
              key={i}
              finding={drive.findings[i] as PageFinding}
              drive={drive}
              driveIndex={index}
              number={i + 1}
              open={i === chosen || (printing && drive.findings[i]?.verdict !== 'complied')}
              toggle={() => go({ view: 'drive', drive: index, finding: i === chosen ? -1 : i })}
            />
          ))}
        </ol>
      </div>
    </main>
  );
}
