// The chart itself, loaded when it is needed. It draws; whatever must be exact stands in the table beside it.

import { CompositeChart } from '@mantine/charts';
import type { Series } from '../../api/shapes.ts';
import { dateOf, dayOf, showDate, showShortMonth } from '../../format/dates.ts';
import { showCount, showMoney, showRough } from '../../format/money.ts';
import { STILL } from '../../parts/chart-styles.ts';
import { ChartTooltip } from '../../parts/chart-tooltip.tsx';

const COLOURS = { value: 'pine.6', principal: 'blue.6', volume: 'orange.6' } as const;

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
  const [first, last] = [data[0]?.day ?? 0, data.at(-1)?.day ?? 0];
  const isInFirstHalf = 2 * dayOf(asOf) < first + last;
  const tooltip = (day: number) => {
    const point = points.find(({ as_of }) => dayOf(as_of) === day);
    if (point === undefined) return null;
    const lines = [
      { name: 'Value', color: COLOURS.value, shown: showMoney(point.value, currency) },
      { name: 'Principal', color: COLOURS.principal, shown: showMoney(point.principal, currency) },
      { name: 'Loans', color: COLOURS.volume, shown: showCount(point.volume) },
    ];
    return <ChartTooltip heading={showDate(point.as_of)} lines={lines} />;
  };
  return (
    <CompositeChart
      h={height}
      data={data}
      dataKey="day"
      curveType="linear"
      withDots={false}
      withLegend
      legendProps={{ itemSorter: null }}
      withRightYAxis
      strokeWidth={2}
      series={[
        { name: 'Value', color: COLOURS.value, type: 'area' },
        { name: 'Principal', color: COLOURS.principal, type: 'line' },
        { name: 'Loans', color: COLOURS.volume, type: 'line', yAxisId: 'right', strokeDasharray: '4 3' },
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
      rightYAxisProps={{
        // There is no half of a loan.
        allowDecimals: false,
        tickFormatter: (value: number) => showRough(value),
        width: 44,
      }}
      referenceLines={[
        {
          x: dayOf(asOf),
          color: 'gray.6',
          label: 'as of',
          labelPosition: isInFirstHalf ? 'insideTopLeft' : 'insideTopRight',
        },
      ]}
      tooltipProps={{ content: ({ label }) => tooltip(Number(label)) }}
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
