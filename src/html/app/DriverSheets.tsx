// SPDX-License-Identifier: MIT
// For paper: a page for each driver with a violation, to be handed over and talked about.
import { ranking } from '../rates.ts';
import { VerdictWord } from './Card.tsx';
import { seenText } from './i18n/seen.ts';
import { useUi } from './state/ui.ts';

export function DriverSheets() {
  const { report, t, f } = useUi();
  const { drives, kinematics } = report.data;
  const groups = ranking(drives).filter((group) => group.totals.violations > 0);
  return (
    <>
      {groups.map((group) => (
        <section key={group.who} class="sheet">
          <h2>{group.who}</h2>
          <p>
            {f.number(group.totals.metres / 1000, 1)} km · {t.per100}: {f.number(group.rate.value, 1)} (
            {f.number(group.rate.low, 1)}–{f.number(group.rate.high, 1)})
          </p>
          {group.stops.judged > 0 ? (
            <p>
              {t.rule['stop-sign']}: {t.recordText(group.stops.complied, group.stops.judged)}
            </p>
          ) : null}
          <ul>
            {group.drives.flatMap((i) => {
              const drive = report.drive(i);
              return drive.findings
                .filter((x) => x.verdict === 'violated' || x.verdict === 'possible')
                .map((x) => (
                  <li key={x.key}>
                    <b>{t.rule[x.rule]}</b> <VerdictWord finding={x} /> · {x.name || t.unnamed} ·{' '}
                    {f.time(x.start_ms, drive.zone)}
                    <br />
                    {seenText(t, x, kinematics.decel)}
                  </li>
                ));
            })}
          </ul>
        </section>
      ))}
    </>
  );
}
