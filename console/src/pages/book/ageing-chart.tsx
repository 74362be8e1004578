// The stacked bars, loaded when they are needed.

import { BarChart } from '@mantine/charts';
import type { ArrearsSeries } from '../../api/shapes.ts';
import { showDate, showShortMonth } from '../../format/dates.ts';
import { showRough } from '../../format/money.ts';
import { BUCKET_COLOURS, STILL } from '../../parts/chart-styles.ts';
import { bucketName } from './buckets.ts';

interface AgeingChartProps {
  readonly series: ArrearsSeries;
  readonly height: number;
}

export default function AgeingChart({ series, height }: AgeingChartProps) {
  const { points, currency } = series;
  const names = (points[0]?.buckets ?? []).map(bucketName);
  const data = points.map(({ as_of, buckets }) => ({
    as_of,
    ...Object.fromEntries(buckets.map((bucket) => [bucketName(bucket), Number(bucket.value)])),
  }));
  return (
    <BarChart
      h={height}
      data={data}
      dataKey="as_of"
      type="stacked"
      withLegend
      series={names.map((name, place) => ({ name, color: BUCKET_COLOURS[place] ?? 'grape.8' }))}
      barProps={STILL}
      maxBarWidth={36}
      tooltipAnimationDuration={0}
      xAxisProps={{ tickFormatter: showShortMonth, minTickGap: 24 }}
      yAxisProps={{ tickFormatter: (value: number) => showRough(value, currency), width: 64 }}
      tooltipProps={{ labelFormatter: (date) => showDate(String(date)) }}
      valueFormatter={(value) => showRough(value, currency)}
      aria-label={`Chart: ageing on ${points.length} dates. The table has the same figures.`}
      role="group"
    />
  );
}
