// Value, principal and volume through time; a click on the chart takes its date as the as-of date.

import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, useMemo } from 'react';
import { type Span, seriesQuery } from '../../api/book-queries.ts';
import { firstLoanQuery } from '../../api/loan-queries.ts';
import { addMonths, showDate } from '../../format/dates.ts';
import { showAmount, showCount } from '../../format/money.ts';
import { DataCard } from '../../parts/data-card.tsx';
import { cell, type TableData } from '../../parts/table-data.ts';
import type { BookSearch } from './span.ts';

const OutstandingChart = lazy(() => import('./outstanding-chart.tsx'));

const HEIGHT = 320;
const STRETCHES = [
  { value: '3', label: '3 months' },
  { value: '12', label: '1 year' },
  { value: '24', label: '2 years' },
  { value: '60', label: '5 years' },
];

interface OutstandingCardProps {
  readonly span: Span;
  readonly asOf: string;
  readonly today: string;
  readonly move: (change: BookSearch) => void;
}

function Stretches({ span, today, move }: Omit<OutstandingCardProps, 'asOf'>) {
  const { data: first } = useQuery(firstLoanQuery);
  const chosen = STRETCHES.find(({ value }) => addMonths(span.to, -Number(value)) === span.from)?.value;
  const isAll = span.from === first;
  return (
    <SegmentedControl
      size="xs"
      aria-label="Stretch of time"
      value={isAll ? 'all' : (chosen ?? '')}
      onChange={(value) => {
        if (value !== 'all') move({ from: addMonths(span.to, -Number(value)), to: span.to });
        else if (first) move({ from: first, to: today });
      }}
      data={[...STRETCHES, { value: 'all', label: 'All', disabled: !first }]}
    />
  );
}

export function OutstandingCard({ span, asOf, today, move }: OutstandingCardProps) {
  const { data, error, refetch } = useQuery(seriesQuery(span));
  const table = useMemo<TableData | undefined>(
    () =>
      data && {
        columns: [
          { title: 'As of' },
          { title: `Value (${data.currency})`, isFigure: true },
          { title: `Principal (${data.currency})`, isFigure: true },
          { title: 'Loans', isFigure: true },
        ],
        rows: data.points.map((point) => [
          cell(point.as_of, showDate(point.as_of)),
          cell(point.value, showAmount(point.value)),
          cell(point.principal, showAmount(point.principal)),
          cell(point.volume, showCount(point.volume)),
        ]),
      },
    [data],
  );
  return (
    <DataCard
      title="Value and volume through time"
      about={`${showDate(span.from)} to ${showDate(span.to)}`}
      data={table}
      error={error}
      retry={() => void refetch()}
      fileName={`book-${span.from}-${span.to}`}
      height={HEIGHT}
      beside={<Stretches span={span} today={today} move={move} />}
      chart={() =>
        data && (
          <OutstandingChart
            series={data}
            asOf={asOf}
            height={HEIGHT}
            onDate={(date) => move({ as_of: date === today ? undefined : date })}
          />
        )
      }
    />
  );
}
