// SPDX-License-Identifier: MIT
// Metrics that need dimensions of their own.
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Analyzed } from './tasks.ts';

/** `Findings` in all, and `RuleFindings` by rule and verdict, each written out at once. */
export function measureFindings(metrics: Metrics, findings: Analyzed['findings']): void {
  let all = 0;
  for (const { rule, verdict, count } of findings) {
    all += count;
    const single = metrics.singleMetric();
    single.addDimensions({ rule, verdict });
    single.addMetric('RuleFindings', MetricUnit.Count, count);
  }
  metrics.addMetric('Findings', MetricUnit.Count, all);
}
