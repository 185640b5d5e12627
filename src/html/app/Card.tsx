// SPDX-License-Identifier: MIT
// One finding of a drive: a line to scan, which opens to its detail.
import { useEffect, useRef } from 'preact/hooks';
import type { PageDrive, PageFinding } from '../model.ts';
import { Decided } from './Decide.tsx';
import { Detail } from './Detail.tsx';
import { seenText } from './i18n/seen.ts';
import { useUi } from './state/ui.ts';

export function VerdictWord({ finding }: { finding: PageFinding }) {
  const { t } = useUi();
  const word =
    finding.verdict === 'possible' ? (t.possible[finding.rule] ?? t.possible['other']) : t.verdict[finding.verdict];
  return <span class={`verdict ${finding.verdict}`}>{word}</span>;
}

export function Card(props: {
  finding: PageFinding;
  drive: PageDrive;
  driveIndex: number;
  number: number;
  open: boolean;
  toggle(): void;
}) {
  const { finding, drive, open } = props;
  const { t, f, report, printing } = useUi();
  const head = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (open && !printing) head.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  const sure = finding.verdict === 'violated' || finding.verdict === 'complied';
  return (
    <li class={`card ${finding.verdict}${open ? ' open' : ''}`} id={`finding-${props.number}`}>
      <button ref={head} type="button" class="card-head" aria-expanded={open} onClick={props.toggle}>
        <span class="number" aria-hidden="true">
          {props.number}
        </span>
        <span class="what">
          <b>{t.rule[finding.rule] ?? finding.rule}</b> <VerdictWord finding={finding} />
          {sure ? <span class="quiet nowrap"> {`${t.sure}: ${f.sure(finding.confidence)}`}</span> : null}
          <br />
          <span>{finding.name || t.unnamed}</span>
          <span class="quiet"> · {f.time(finding.start_ms, drive.zone)}</span>
          <br />
          {open ? null : <span class="quiet">{seenText(t, finding, report.data.kinematics.decel)} </span>}
          <Decided finding={finding} />
        </span>
      </button>
      {open ? <Detail finding={finding} drive={drive} index={props.driveIndex} /> : null}
    </li>
  );
}
