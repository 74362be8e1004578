// Everything that was recorded of the loan: who did what, when.

import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { historyQuery } from '../../api/loan-queries.ts';
import type { Loan } from '../../api/shapes.ts';
import { showDate, showInstant } from '../../format/dates.ts';
import { DataCard } from '../../parts/data-card.tsx';
import { cell, type TableData } from '../../parts/table-data.ts';

const KINDS = {
  issued: 'Issued',
  made: 'Payment made',
  missed: 'Payment missed',
  payment_reversed: 'Payment reversed',
  loan_reversed: 'Loan taken back',
} as const;

export function History({ loan }: { readonly loan: Loan }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    historyQuery(loan.id),
  );
  const table = useMemo<TableData | undefined>(
    () =>
      data && {
        columns: [
          { title: 'No.', isFigure: true },
          { title: 'What' },
          { title: 'Effective' },
          { title: 'By' },
          { title: 'Recorded' },
          { title: 'Reason' },
          { title: 'Request' },
        ],
        rows: data.pages
          .flatMap((page) => page.data)
          .map((entry) => [
            cell(entry.sequence),
            cell(entry.kind, KINDS[entry.kind]),
            cell(entry.date, showDate(entry.date)),
            cell(entry.recorded_by),
            cell(entry.recorded_at, showInstant(entry.recorded_at)),
            cell(entry.reason ?? '', entry.reason ?? '–'),
            cell(entry.request_id),
          ]),
      },
    [data],
  );
  return (
    <DataCard
      title="History"
      about="Nothing is ever deleted or changed; each record names who brought it"
      data={table}
      error={error}
      retry={() => void refetch()}
      fileName={`history-${loan.reference ?? loan.id}`}
      height={200}
      maxHeight={520}
      below={
        hasNextPage && (
          <Button mt="sm" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        )
      }
    />
  );
}
