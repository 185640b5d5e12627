// SPDX-License-Identifier: MIT
// One cold start by part, as a program of its own (bench/cold/cold.ts bundles and starts it): the milliseconds
// from the start of the process to the end of each part. usage: cold_parts MAP LOG
const [map, log] = process.argv.slice(2) as [string, string];
const ends: Record<string, number> = { 'Node starts': performance.now() };
const end = (part: string) => {
  ends[part] = performance.now();
};
const { loadSettings } = await import('../../src/settings/settings.ts');
const { loadProfile } = await import('../../src/settings/profile.ts');
const { Analyzer } = await import('../../src/analyzer.ts');
const { readLog } = await import('../../src/logs/read.ts');
const { compose } = await import('../../src/report/compose.ts');
end('imports');
const settings = loadSettings();
const profile = loadProfile('jp');
end('settings and profile');
const analyzer = new Analyzer(map);
end('module compiled, map open');
const info = analyzer.mapInfo();
const opened = info.bytes_read;
const drive = await readLog(log, { timeZone: 'UTC' });
end('log read');
const analysis = analyzer.analyze(drive.fixes, { settings });
end('analyzed');
const law = { places: [0], lawAt: () => ({ zone: 'Asia/Tokyo', profile }), warnings: [] };
const context = {
  log: drive,
  version: '',
  map: info,
  ...law,
  settings,
  vehicle: 'car' as const,
  route: false,
  all: false,
};
const text = JSON.stringify(compose(analysis, context));
end('result composed');
const read = analyzer.mapInfo().bytes_read;
const rss = process.resourceUsage().maxRSS;
process.stdout.write(
  JSON.stringify({ ends, opened, read, rss, findings: analysis.findings.length, size: text.length }),
);
