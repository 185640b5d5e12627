// SPDX-License-Identifier: MIT
// The scrubber and the replay at 1 to 20 times the pace of the drive.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Cursor } from './state/cursor.ts';
import { indexAt, type Path } from './state/data.ts';
import { useUi } from './state/ui.ts';

const PACES = [1, 2, 5, 10, 20];

export function Replay({ cursor, path, zone }: { cursor: Cursor; path: Path; zone: string }) {
  const { t, f, report } = useUi();
  const [playing, setPlaying] = useState(false);
  const [pace, setPace] = useState(5);
  const slider = useRef<HTMLInputElement>(null);
  const text = useRef<HTMLOutputElement>(null);
  useEffect(() => {
    const show = (time: number) => {
      const i = indexAt(path, time);
      const [speed, limit] = [path.speed[i] ?? -1, path.high[i] ?? -1];
      const words = [
        f.clock(time, zone),
        speed < 0 ? '' : `${f.number(speed)} km/h`,
        limit > 0 ? `${t.limit} ${f.number(limit)}` : t.noLimit,
        report.data.names[path.name[i] ?? 0] ?? '',
      ].filter((word) => word !== '');
      if (slider.current) {
        slider.current.value = String(time);
        slider.current.setAttribute('aria-valuetext', words.join(', '));
      }
      if (text.current) text.current.textContent = words.join(' · ');
    };
    show(cursor.time);
    return cursor.subscribe(show);
  }, [cursor, path, t, f]);
  useEffect(() => {
    if (!playing) return;
    let [frame, before] = [0, performance.now()];
    const tick = (now: number) => {
      cursor.set(cursor.time + (now - before) * pace);
      before = now;
      if (cursor.time >= cursor.to) setPlaying(false);
      else frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [playing, pace, cursor]);
  const toggle = () => {
    if (!playing && cursor.time >= cursor.to) cursor.set(cursor.from);
    setPlaying(!playing);
  };
  return (
    <div class="replay">
      <button type="button" class="play" onClick={toggle} aria-pressed={playing}>
        {playing ? `⏸ ${t.pause}` : `▶ ${t.play}`}
      </button>
      <label>
        <span class="hidden">{t.rate}</span>
        <select value={pace} onChange={(e) => setPace(Number(e.currentTarget.value))}>
          {PACES.map((n) => (
            <option key={n} value={n}>
              {n} ×
            </option>
          ))}
        </select>
      </label>
      <input
        ref={slider}
        class="scrubber"
        type="range"
        min={cursor.from}
        max={cursor.to}
        step={100}
        aria-label={t.scrub}
        onInput={(e) => cursor.set(Number(e.currentTarget.value))}
      />
      <output ref={text} class="now" />
    </div>
  );
}
