// SPDX-License-Identifier: MIT
// Many drives: four numbers, who to talk to first, praise, the trend, and places where all do the same.
import { useCallback, useMemo } from 'preact/hooks';
import { type Group, isViolation, kindOfWho, per100, ranking, rulesOf, totalsOf, weeks } from '../rates.ts';
import { DriverSheets } from './DriverSheets.tsx';
import { MapPanel } from './map/MapPanel.tsx';
import { joined, NOWHERE } from './state/data.ts';
import { usePainted } from './state/painted.ts';
import { useUi } from './state/ui.ts';

/** Rows of the ranking in the page's first picture: more than a screen has. */
const FIRST_ROWS = 40;

function Numbers() {
  const { report, t, f } = useUi();
  const totals = useMemo(() => totalsOf(report.data.drives), []);
  const rate = per100(totals.violations, totals.metres);
  const cells: [string, string, string][] = [
    [t.km, f.number(totals.metres / 1000), ''],
    [t.judged, f.number(totals.places), ''],
    [t.per100, f.number(rate.value, 1), `${t.range} ${f.number(rate.low, 1)}–${f.number(rate.high, 1)}`],
    [t.unjudged, f.percent(totals.places === 0 ? 0 : totals.undetermined / totals.places), ''],
  ];
  return (
    <dl class="numbers">
      {cells.map(([label, value, note]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value} {note ? <small class="quiet">{note}</small> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function RankingRow({ group, most, grey }: { group: Group; most: number; grey: boolean }) {
  const { t, f, go, report } = useUi();
  const share = (v: number) => `${(4 + 92 * Math.min(1, v / most)).toFixed(1)}%`;
  const [first = 0] = group.drives;
  const worst = group.drives.find((i) => report.drive(i).findings.some(isViolation)) ?? first;
  return (
    <tr class={grey ? 'grey' : ''}>
      <th scope="row">
        <button type="button" class="link" onClick={() => go({ view: 'drive', drive: worst, finding: -1 })}>
          {group.who}
        </button>
      </th>
      <td>{f.number(group.totals.metres / 1000, 1)}</td>
      <td>{f.number(group.totals.violations)}</td>
      <td>{f.number(group.rate.value, 1)}</td>
      <td class="interval">
        <svg width="100%" height="14" aria-hidden="true">
          <line
            x1={share(group.rate.low)}
            x2={share(group.rate.high)}
            y1="7"
            y2="7"
            stroke="currentColor"
            stroke-width="3"
            opacity="0.45"
          />
          <circle cx={share(group.rate.value)} cy="7" r="4.5" fill="currentColor" />
        </svg>
        <span class="hidden">
          {f.number(group.rate.low, 1)} – {f.number(group.rate.high, 1)}
        </span>
      </td>
      <td>{group.stops.judged > 0 ? t.stopsText(group.stops.complied, group.stops.judged) : ''}</td>
    </tr>
  );
}

function Ranking() {
  const { report, t, printing } = useUi();
  const whole = usePainted() || printing;
  const groups = useMemo(() => ranking(report.data.drives), []);
  const kind = kindOfWho(report.data.drives);
  const title = kind === 'drive' ? t.rankingDrives : t.ranking;
  const km = report.data.minimum_km;
  const isSolid = (g: Group) => g.totals.metres >= km * 1000;
  const solid = groups.filter(isSolid);
  const most = Math.max(1, ...(solid.length > 0 ? solid : groups).map((g) => g.rate.high));
  const rows = [...solid, ...groups.filter((g) => !isSolid(g))];
  const good = groups.filter((g) => g.stops.judged >= 5 && g.stops.complied === g.stops.judged).slice(0, 8);
  return (
    <>
      <section class="ranking">
        <h3>{title}</h3>
        <p class="quiet">{t.rankingNote(km)}</p>
        <div class="scroll" tabIndex={0} role="region" aria-label={title}>
          <table class="figures">
            <thead>
              <tr>
                <th scope="col">{t[kind]}</th>
                <th scope="col">km</th>
                <th scope="col">{t.violations}</th>
                <th scope="col">{t.per100}</th>
                <th scope="col" class="range">
                  {t.range}
                </th>
                <th scope="col">{t.stops}</th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, whole ? rows.length : FIRST_ROWS).map((group) => (
                <RankingRow key={group.who} group={group} most={most} grey={!isSolid(group)} />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {good.length === 0 ? null : (
        <section class="praise">
          <h3>{t.praise}</h3>
          <ul>
            {good.map((g) => (
              <li key={g.who}>{t.praiseText(g.who, g.stops.complied, g.stops.judged)}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Rules() {
  const { report, t, f } = useUi();
  const rules = useMemo(() => rulesOf(report.data.drives), []);
  return (
    <section>
      <h3>{t.byRule}</h3>
      <div class="scroll" tabIndex={0} role="region" aria-label={t.byRule}>
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">{t.ruleLabel}</th>
              <th scope="col">{t.passed}</th>
              <th scope="col">{t.verdict['complied']}</th>
              <th scope="col">{t.violations}</th>
              <th scope="col">{t.verdict['undetermined']}</th>
            </tr>
          </thead>
          <tbody>
            {rules.map((e) => {
              const stretch = e.passed === 0 && e.judged_m > 0;
              return (
                <tr key={e.rule}>
                  <th scope="row">{t.rule[e.rule] ?? e.rule}</th>
                  <td>{stretch ? `${f.number(e.judged_m / 1000, 1)} km` : f.number(e.passed)}</td>
                  <td>{stretch ? '' : f.number(e.complied)}</td>
                  <td>{f.number(e.violated)}</td>
                  <td>{f.number(e.undetermined)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Trend() {
  const { report, t, f } = useUi();
  const list = useMemo(
    () => weeks(report.data.drives).map((w) => ({ ...w, rate: per100(w.violations, w.metres) })),
    [],
  );
  if (list.length < 2) return null;
  const most = Math.max(1, ...list.map((w) => w.rate.high));
  const STEP = 56;
  const [w, h] = [Math.max(200, list.length * STEP), 130];
  const x = (i: number) => 22 + STEP * i;
  const y = (v: number) => 8 + (1 - v / most) * (h - 26);
  return (
    <section>
      <h3>{t.trend}</h3>
      <div class="scroll" tabIndex={0} role="region" aria-label={t.trend}>
        <svg
          width={w}
          height={h}
          role="img"
          aria-label={`${t.trend}: ${list.map((week) => f.number(week.rate.value, 1)).join(', ')}`}
        >
          {list.map((week, i) => (
            <g key={week.monday} class="accent">
              <line
                x1={x(i)}
                x2={x(i)}
                y1={y(week.rate.low)}
                y2={y(week.rate.high)}
                stroke="currentColor"
                stroke-width="4"
                opacity="0.4"
              />
              <circle cx={x(i)} cy={y(week.rate.value)} r="5" fill="currentColor" />
              <text x={x(i) + 8} y={y(week.rate.value) + 4} font-size="11" fill="var(--text)">
                {f.number(week.rate.value, 1)}
              </text>
              <text x={x(i)} y={h - 4} text-anchor="middle" font-size="11" fill="var(--quiet)">
                {new Date(week.monday).toISOString().slice(5, 10)}
              </text>
            </g>
          ))}
        </svg>
      </div>
    </section>
  );
}

function Places() {
  const { report, t, f, go } = useUi();
  const { places, drives } = report.data;
  /** The first drive that was found at a place. */
  const open = (key: string) => {
    for (const [drive, { findings }] of drives.entries()) {
      const finding = findings.findIndex((x) => x.place_key === key);
      if (finding >= 0) return go({ view: 'drive', drive, finding });
    }
  };
  const bounds = useCallback(() => {
    const all = drives.flatMap((_, i) => report.bounds(i) ?? []);
    return all.length === 0 ? NOWHERE : all.reduce(joined);
  }, []);
  const pins = useMemo(
    () => [
      ...drives.flatMap((d, drive) =>
        d.findings.flatMap(({ lat, lon, verdict }, finding) =>
          verdict === 'violated'
            ? [{ lat, lon, verdict, label: '', chosen: false, choose: () => go({ view: 'drive', drive, finding }) }]
            : [],
        ),
      ),
      ...places.map((place, i) => ({
        lat: place.lat,
        lon: place.lon,
        verdict: 'possible' as const,
        label: String(i + 1),
        chosen: false,
        choose: () => open(place.key),
      })),
    ],
    [],
  );
  const all = useMemo(() => drives.map((_, i) => i), []);
  return (
    <section class="places">
      <h3>{t.places}</h3>
      <MapPanel bounds={bounds} drives={all} pins={pins} label={t.places} />
      <p class="quiet">{t.pinsNote}</p>
      {places.length === 0 ? null : (
        <>
          <h3>{t.repeated}</h3>
          <p>{t.placesNote}</p>
        </>
      )}
      <ol>
        {places.map((place) => (
          <li key={place.key}>
            <button type="button" class="link" onClick={() => open(place.key)}>
              {t.rule[place.rule]}
            </button>{' '}
            {place.name || place.tag} · {t.placeText(place.breaks, place.passes, place.vehicles)} ·{' '}
            {f.percent(place.probability)}{' '}
            <a href={place.link} target="_blank" rel="noreferrer noopener" title={t.leaves}>
              {t.osm} ↗
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}

export function Overview() {
  const { t, printing } = useUi();
  return (
    <main class="overview">
      <h2 class="hidden">{t.overview}</h2>
      <Numbers />
      <div class="overview-columns">
        <div>
          <Ranking />
          <Trend />
        </div>
        <div>
          <Places />
          <Rules />
        </div>
      </div>
      {printing ? <DriverSheets /> : null}
    </main>
  );
}
