// deploy/grafana/james.json beside the real /metrics: every query of the dashboard is well formed and asks for what there
// is, and everything of James's own that there is stands on it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parser } from '@prometheus-io/lezer-promql';
import { onEachEngine } from '../support/engines.ts';
import { until } from '../support/polling.ts';
import { projectRoot, type Service, startService } from '../support/service.ts';
import { developmentKey, v1Client } from '../support/v1-client.ts';

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly description: string;
    readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
  }[];
}

const dashboard = JSON.parse(
  readFileSync(join(projectRoot, 'deploy/grafana/james.json'), 'utf8'),
) as Dashboard;
const targets = dashboard.panels.flatMap(({ targets: all }) => all);

/** Metrics and labels that a query names; Grafana's own variable is put in as Grafana does. */
function namesIn(expr: string): { metrics: string[]; labels: string[]; isWellFormed: boolean } {
  const query = expr.replaceAll('$__rate_interval', '1m');
  const metrics: string[] = [];
  const labels: string[] = [];
  let isWellFormed = true;
  parser.parse(query).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) isWellFormed = false;
      if (type.name === 'Identifier') metrics.push(query.slice(from, to));
      if (type.name === 'LabelName') labels.push(query.slice(from, to));
    },
  });
  return { metrics, labels, isWellFormed };
}

onEachEngine((engine) => {
  describe('the dashboard', () => {
    let service: Service;
    /** Labels by the name of the series. */
    const series = new Map<string, Set<string>>();

    before(async () => {
      service = await startService({ engine });
      const client = v1Client(service.url);
      const { id } = await client.loan();
      await client.paid(id, '2017-09-05');
      await client.outstanding();
      const headers = { authorization: `Bearer ${developmentKey}` };
      await (await fetch(`${service.url}/v1/exports/book`, { headers })).text();
      let text = '';
      await until(async () => {
        text = await (await fetch(`${service.url}/metrics`)).text();
        return text.includes('james_exports_total{');
      }, 'the export is counted');
      for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
        const known = series.get(name) ?? new Set();
        for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
        series.set(name, known);
      }
    });
    after(() => service?.stop());

    test('asks for nothing that there is not', () => {
      assert.ok(targets.length > 15);
      for (const { expr, legendFormat } of targets) {
        const { metrics, labels, isWellFormed } = namesIn(expr);
        assert.ok(isWellFormed, expr);
        assert.ok(metrics.length > 0, expr);
        for (const metric of metrics) assert.ok(series.has(metric), `${metric} in ${expr}`);
        const known = new Set(metrics.flatMap((metric) => [...(series.get(metric) ?? [])]));
        const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
        for (const label of [...labels, ...shown]) assert.ok(known.has(label), `${label} in ${expr}`);
        for (const label of shown)
          assert.ok(labels.includes(label), `${label} is shown, but not kept by ${expr}`);
      }
    });

    test('shows all that James tells of itself, and says what it means', () => {
      const asked = new Set(targets.flatMap(({ expr }) => namesIn(expr).metrics));
      const own = [...series.keys()].filter((name) => name.startsWith('james_'));
      const families = new Set(own.map((name) => name.replace(/_(bucket|sum|count)$/, '')));
      assert.ok(families.size > 8);
      for (const family of families) {
        const isShown = [...asked].some((metric) => metric === family || metric.startsWith(`${family}_`));
        assert.ok(isShown, `${family} is on no panel`);
      }
      for (const { title, description } of dashboard.panels) assert.ok(description.length > 20, title);
    });
  });
});

test('what Prometheus is told fits James: the address of the figures, and a key', () => {
  const text = readFileSync(join(projectRoot, 'deploy/prometheus.yml'), 'utf8');
  assert.match(text, /^ {4}metrics_path: \/metrics$/m);
  assert.match(text, /^ {4}authorization:\n {6}type: Bearer\n(?: {6}#.*\n)* {6}credentials_file: \S+$/m);
  assert.doesNotMatch(text, /\t/);
});
