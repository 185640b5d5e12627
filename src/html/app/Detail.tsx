// SPDX-License-Identifier: MIT
// An opened finding: what was seen, the sign, the approach, how sure and why, the law, and what to decide.
import { useCallback, useState } from 'preact/hooks';
import type { PageDrive, PageFinding } from '../model.ts';
import { BY_PLACE, stopsOf, whoOf } from '../rates.ts';
import { Cone } from './Cone.tsx';
import { Decide } from './Decide.tsx';
import { seenText } from './i18n/seen.ts';
import { Marks } from './Legend.tsx';
import { MapPanel } from './map/MapPanel.tsx';
import { boundsOf } from './state/data.ts';
import { useUi } from './state/ui.ts';

/** Of what is undetermined no fix shows anything: only road and map can be sure. */
const factorsShown = (verdict: PageFinding['verdict']) =>
  verdict === 'undetermined' ? (['match', 'map'] as const) : (['match', 'map', 'observation'] as const);

function Bars({ finding }: { finding: PageFinding }) {
  const { t, f } = useUi();
  return (
    <ul class="bars">
      {factorsShown(finding.verdict).map((name) => (
        <li key={name}>
          <span>{t.factor[name]}</span>
          <meter min={0} max={1} value={finding.factors[name]} aria-label={t.factor[name]} />
          <b>{f.sure(finding.factors[name])}</b>
        </li>
      ))}
    </ul>
  );
}

function Outside({ href, children }: { href: string; children: string }) {
  const { t } = useUi();
  return (
    <a href={href} target="_blank" rel="noreferrer noopener" title={t.leaves}>
      {children} ↗<span class="hidden"> ({t.leaves})</span>
    </a>
  );
}

function Links({ finding }: { finding: PageFinding }) {
  const { t, report } = useUi();
  if (report.data.anonymous) return null;
  const osm = 'https://www.openstreetmap.org';
  return (
    <p class="links">
      {finding.way ? <Outside href={`${osm}/way/${finding.way}`}>{`way ${finding.way}`}</Outside> : null}
      {finding.node ? <Outside href={`${osm}/node/${finding.node}`}>{`node ${finding.node}`}</Outside> : null}
      {finding.relation ? (
        <Outside href={`${osm}/relation/${finding.relation}`}>{`relation ${finding.relation}`}</Outside>
      ) : null}
      <Outside href={`https://www.mapillary.com/app/?lat=${finding.lat}&lng=${finding.lon}&z=18`}>
        {t.mapillary}
      </Outside>
    </p>
  );
}

function Law({ finding }: { finding: PageFinding }) {
  const { t, f, lang } = useUi();
  const o = finding.offence;
  if (!o) return null;
  const parts = [
    o.names[lang] ?? o.code,
    o.article,
    o.points === undefined ? '' : t.points(o.points),
    o.fine === undefined ? '' : t.fine(f.money(o.fine, o.currency ?? 'JPY')),
  ];
  return (
    <section>
      <h3>{t.law}</h3>
      <p>
        {parts.filter((part) => part !== '').join(' · ')} <span class="quiet">{t.lawText}</span>
      </p>
    </section>
  );
}

function Record({ drive, finding }: { drive: PageDrive; finding: PageFinding }) {
  const { t, report } = useUi();
  const own = report.data.drives.filter((d) => whoOf(d) === whoOf(drive));
  const { complied, judged } = stopsOf(own, finding.rule);
  // of one place it says nothing more than the finding does
  if (judged < 2 || !BY_PLACE.has(finding.rule)) return null;
  return (
    <section>
      <h3>{t.record}</h3>
      <p>{t.recordText(complied, judged)}</p>
    </section>
  );
}

export function Detail({ finding, drive, index }: { finding: PageFinding; drive: PageDrive; index: number }) {
  const { t, f, report } = useUi();
  const [pins] = useState([]);
  const e = finding.fixes;
  const bounds = useCallback(
    () => (e && e.lat.length > 0 ? boundsOf(e.lat, e.lon) : boundsOf([finding.lat], [finding.lon])),
    [finding],
  );
  const settled = finding.verdict === 'violated' || finding.verdict === 'complied';
  const stopping = finding.rule === 'stop-sign' || finding.rule === 'level-crossing';
  return (
    <div class="detail">
      <section>
        <h3>{t.seen}</h3>
        <p>{seenText(t, finding, report.data.kinematics.decel)}</p>
      </section>
      <section>
        <h3>{t.sign}</h3>
        <p>{t.signText(finding.tag, finding.direction)}</p>
      </section>
      <section>
        <h3>{t.closeUp}</h3>
        <MapPanel
          className="close-up"
          bounds={bounds}
          drives={[index]}
          pins={pins}
          focus={finding}
          metres={stopping ? 110 : 260}
          label={t.closeUp}
          plain
        />
        <Marks fixesOnly />
        {stopping ? <Cone finding={finding} /> : null}
      </section>
      <section>
        <h3>
          {t.factors}
          {settled ? `: ${f.sure(finding.confidence)}` : ''}
        </h3>
        <Bars finding={finding} />
      </section>
      {finding.reasons.length > 0 ? (
        <section>
          <h3>{finding.verdict === 'undetermined' ? t.undecided : t.reasons}</h3>
          <ul class="reasons">
            {finding.reasons.map((reason) => (
              <li key={reason}>{t.reason[reason] ?? reason}</li>
            ))}
          </ul>
        </section>
      ) : null}
      {finding.verdict === 'complied' || finding.verdict === 'undetermined' ? null : (
        <section>
          <h3>{t.acquit}</h3>
          <p>{t.acquitText[finding.rule]}</p>
        </section>
      )}
      <Law finding={finding} />
      <Record drive={drive} finding={finding} />
      <section>
        <h3>{t.links}</h3>
        <Links finding={finding} />
      </section>
      <Decide finding={finding} drive={drive} />
    </div>
  );
}
