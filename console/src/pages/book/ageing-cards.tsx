// How late the debt is: stacked bars through time, and a table as of the date.

import { useQuery } from '@tanstack/react-query';
import { lazy, useMemo } from 'react';
import { arrearsSeriesQuery, type Span } from '../../api/book-queries.ts';
import type { Arrears } from '../../api/shapes.ts';
import { showDate } from '../../format/dates.ts';
import { shareOf, showAmount, showCount, showPercent } from '../../format/money.ts';
import { DataCard } from '../../parts/data-card.tsx';
import { cell, type TableData } from '../../parts/table-data.ts';
import { bucketName } from './buckets.ts';
import { barSpanOf } from './span.ts';

const AgeingChart = lazy(() => import('./ageing-chart.tsx'));
const HEIGHT = 300;

export function AgeingCard({ span }: { readonly span: Span }) {
  const bars = useMemo(() => barSpanOf(span), [span]);
  const { data, error, refetch } = useQuery(arrearsSeriesQuery(bars));
  const table = useMemo<TableData | undefined>(
    () =>
      data && {
        columns: [
          { title: 'As of' },
          ...(data.points[0]?.buckets ?? []).map((bucket) => ({
            title: `${bucketName(bucket)} (${data.currency})`,
            isFigure: true,
          })),
        ],
        rows: data.points.map((point) => [
          cell(point.as_of, showDate(point.as_of)),
          ...point.buckets.map(({ value }) => cell(value, showAmount(value))),
        ]),
      },
    [data],
  );
  return (
    <DataCard
      title="Ageing through time"
      about="Outstanding value by days past due"
      data={table}
      error={error}
      retry={() => void refetch()}
      fileName={`ageing-${span.from}-${span.to}`}
      height={HEIGHT}
      chart={() => data && <AgeingChart series={data} height={HEIGHT} />}
    />
  );
}

interface ArrearsProps {
  readonly arrears: Arrears | undefined;
  readonly error: Error | null;
}

export function AgeingTableCard({ arrears, error }: ArrearsProps) {
  const table = useMemo<TableData | undefined>(() => {
    if (arrears === undefined) return undefined;
    const { currency, total, buckets } = arrears;
    const row = (name: string, sums: Arrears['total']) => [
      cell(name),
      cell(sums.value, showAmount(sums.value)),
      cell(sums.principal, showAmount(sums.principal)),
      cell(sums.volume, showCount(sums.volume)),
      cell(
        shareOf(sums.value, total.value).toFixed(6),
        showPercent(shareOf(sums.value, total.value).toFixed(6), 1),
      ),
    ];
    return {
      columns: [
        { title: 'Days past due' },
        { title: `Value (${currency})`, isFigure: true },
        { title: `Principal (${currency})`, isFigure: true },
        { title: 'Loans', isFigure: true },
        { title: 'Share', isFigure: true },
      ],
      rows: [...buckets.map((bucket) => row(bucketName(bucket), bucket)), row('Outstanding', total)],
    };
  }, [arrears]);
  return (
    <DataCard
      title="Ageing"
      about={arrears && `As of ${showDate(arrears.as_of)}`}
      data={table}
      error={error}
      fileName={`ageing-${arrears?.as_of}`}
      height={220}
    />
  );
}
