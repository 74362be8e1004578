// The stacked bars, loaded when they are needed.

import { BarChart } from '@mantine/charts';
import type { ArrearsSeries } from '../../api/shapes.ts';
import { showDate, showShortMonth } from '../../format/dates.ts';
import { showMoney, showRough } from '../../format/money.ts';
import { BUCKET_COLOURS, STILL } from '../../parts/chart-styles.ts';
import { ChartTooltip } from '../../parts/chart-tooltip.tsx';
import { bucketName } from './buckets.ts';

function colourOf(place: number): string {
  return BUCKET_COLOURS[place] ?? 'grape.8';
}

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
  const tooltip = (date: string) => {
    const point = points.find(({ as_of }) => as_of === date);
    if (point === undefined) return null;
    const lines = point.buckets.map((bucket, place) => ({
      name: bucketName(bucket),
      color: colourOf(place),
      shown: showMoney(bucket.value, currency),
    }));
    return <ChartTooltip heading={showDate(date)} lines={lines} />;
  };
  return (
    <BarChart
      h={height}
      data={data}
      dataKey="as_of"
      type="stacked"
      withLegend
      legendProps={{ itemSorter: null }}
      series={names.map((name, place) => ({ name, color: colourOf(place) }))}
      barProps={STILL}
      maxBarWidth={36}
      tooltipAnimationDuration={0}
      xAxisProps={{ tickFormatter: showShortMonth, minTickGap: 24 }}
      yAxisProps={{ tickFormatter: (value: number) => showRough(value, currency), width: 64 }}
      tooltipProps={{ content: ({ label }) => tooltip(String(label)) }}
      aria-label={`Chart: ageing on ${points.length} dates. The table has the same figures.`}
      role="group"
    />
  );
}
