// The chart itself, loaded when it is needed. It draws; whatever must be exact stands in the table beside it.

import { CompositeChart } from '@mantine/charts';
import type { Series } from '../../api/shapes.ts';
import { dateOf, dayOf, showDate, showShortMonth } from '../../format/dates.ts';
import { showCount, showMoney, showRough } from '../../format/money.ts';
import { STILL } from '../../parts/chart-styles.ts';

interface OutstandingChartProps {
  readonly series: Series;
  readonly asOf: string;
  readonly height: number;
  readonly onDate: (date: string) => void;
}

export default function OutstandingChart({ series, asOf, height, onDate }: OutstandingChartProps) {
  const { points, currency } = series;
  const data = points.map((point) => ({
    day: dayOf(point.as_of),
    Value: Number(point.value),
    Principal: Number(point.principal),
    Loans: point.volume,
  }));
  return (
    <CompositeChart
      h={height}
      data={data}
      dataKey="day"
      curveType="linear"
      withDots={false}
      withLegend
      withRightYAxis
      strokeWidth={2}
      series={[
        { name: 'Value', color: 'pine.6', type: 'area' },
        { name: 'Principal', color: 'blue.6', type: 'line' },
        { name: 'Loans', color: 'orange.6', type: 'line', yAxisId: 'right', strokeDasharray: '4 3' },
      ]}
      areaProps={STILL}
      lineProps={STILL}
      xAxisProps={{
        type: 'number',
        domain: ['dataMin', 'dataMax'],
        tickFormatter: (day: number) => showShortMonth(dateOf(day)),
        minTickGap: 40,
      }}
      yAxisProps={{ tickFormatter: (value: number) => showRough(value, currency), width: 64 }}
      rightYAxisProps={{ tickFormatter: (value: number) => showRough(value), width: 44 }}
      referenceLines={[{ x: dayOf(asOf), color: 'gray.6', label: 'as of' }]}
      tooltipProps={{ labelFormatter: (day) => showDate(dateOf(Number(day))) }}
      valueFormatter={(value) => (Number.isInteger(value) ? showCount(value) : showRough(value, currency))}
      tooltipAnimationDuration={0}
      composedChartProps={{
        onClick: ({ activeLabel }) => {
          if (activeLabel !== undefined) onDate(dateOf(Number(activeLabel)));
        },
      }}
      aria-label={`Chart: ${points.length} dates, value last ${showMoney(points.at(-1)?.value ?? '0', currency)}. The table has the same figures.`}
      role="group"
    />
  );
}
