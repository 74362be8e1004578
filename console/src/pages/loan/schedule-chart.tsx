// Principal and interest of each installment, stacked; loaded when it is needed.

import { BarChart } from '@mantine/charts';
import type { Schedule } from '../../api/shapes.ts';
import { showDate, showShortMonth } from '../../format/dates.ts';
import { showMoney, showRough } from '../../format/money.ts';
import { STILL } from '../../parts/chart-styles.ts';
import { ChartTooltip } from '../../parts/chart-tooltip.tsx';

interface ScheduleChartProps {
  readonly schedule: Schedule;
  readonly currency: string;
  readonly height: number;
}

const COLOURS = { principal: 'pine.6', interest: 'orange.5' } as const;

export default function ScheduleChart({ schedule, currency, height }: ScheduleChartProps) {
  const rows = schedule.data;
  const data = rows.map((row) => ({
    due_on: row.due_on,
    Principal: Number(row.principal),
    Interest: Number(row.interest),
  }));
  const tooltip = (dueOn: string) => {
    const row = rows.find(({ due_on }) => due_on === dueOn);
    if (row === undefined) return null;
    const lines = [
      { name: 'Principal', color: COLOURS.principal, shown: showMoney(row.principal, currency) },
      { name: 'Interest', color: COLOURS.interest, shown: showMoney(row.interest, currency) },
    ];
    return <ChartTooltip heading={`${row.number}, due ${showDate(dueOn)}`} lines={lines} />;
  };
  return (
    <BarChart
      h={height}
      data={data}
      dataKey="due_on"
      type="stacked"
      withLegend
      legendProps={{ itemSorter: null }}
      series={[
        { name: 'Principal', color: COLOURS.principal },
        { name: 'Interest', color: COLOURS.interest },
      ]}
      barProps={STILL}
      maxBarWidth={28}
      tooltipAnimationDuration={0}
      xAxisProps={{ tickFormatter: showShortMonth, minTickGap: 24 }}
      yAxisProps={{ tickFormatter: (value: number) => showRough(value, currency), width: 64 }}
      tooltipProps={{ content: ({ label }) => tooltip(String(label)) }}
      aria-label={`Chart: principal and interest of ${rows.length} installments. The table has the same figures.`}
      role="group"
    />
  );
}
