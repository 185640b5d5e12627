// SPDX-License-Identifier: MIT
// A cold start of the Lambda function's own code by part, as a program of its own (bench/cold/handler.ts bundles it into
// one file, as the function is, and starts it): milliseconds from the start of the process to the end of each part.
// What one import brings along costs the next nothing. usage: handler_parts MAP LOG
const [map, log] = process.argv.slice(2) as [string, string];
const ends: Record<string, number> = { 'Node starts, bundle parsed': performance.now() };
const end = (part: string) => {
  ends[part] = performance.now();
};
const { S3Client } = await import('@aws-sdk/client-s3');
end('import client-s3');
const { SQSClient } = await import('@aws-sdk/client-sqs');
end('import client-sqs');
await import('@aws-lambda-powertools/batch');
end('import powertools batch');
const { Logger } = await import('@aws-lambda-powertools/logger');
end('import powertools logger');
const { Metrics } = await import('@aws-lambda-powertools/metrics');
end('import powertools metrics');
await import('../../src/settings/settings.ts');
end('import settings (zod, yaml)');
const { createHandler } = await import('../../src/lambda/handler.ts');
const { openSession } = await import('../../src/session.ts');
const { readLog } = await import('../../src/logs/read.ts');
end('import the rest of the handler');
const session = openSession({ map, timeZone: 'UTC' });
end('settings, profile, module, map');
const parts = [
  new S3Client({}),
  new SQSClient({}),
  new Logger({ serviceName: 'tomare' }),
  new Metrics({}),
  createHandler,
];
end('clients, logger, metrics');
const result = session.analyze(await readLog(log, { timeZone: 'UTC' }));
end('first log analyzed');
process.stdout.write(JSON.stringify({ ends, findings: result.findings.length, parts: parts.length }));
