// Every installment: paid, missed, due or overdue; and how each splits into principal and interest.

import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, useMemo } from 'react';
import { scheduleQuery } from '../../api/loan-queries.ts';
import type { Dates } from '../../api/query.ts';
import type { Loan } from '../../api/shapes.ts';
import { monthOf, showDate } from '../../format/dates.ts';
import { showAmount } from '../../format/money.ts';
import { DataCard } from '../../parts/data-card.tsx';
import { cell, type TableData } from '../../parts/table-data.ts';
import { useAllPayments } from './all-payments.ts';

const ScheduleChart = lazy(() => import('./schedule-chart.tsx'));
const HEIGHT = 260;

const STATUSES = { paid: 'Paid', overdue: 'Overdue', due: 'Due', reversed: 'Reversed' } as const;

interface ScheduleCardProps {
  readonly loan: Loan;
  readonly dates: Dates;
}

export function ScheduleCard({ loan, dates }: ScheduleCardProps) {
  const { data, error, refetch } = useQuery(scheduleQuery(loan.id, dates));
  const { byMonth } = useAllPayments(loan.id);
  const currency = loan.currency;
  const table = useMemo<TableData | undefined>(
    () =>
      data && {
        columns: [
          { title: 'No.', isFigure: true },
          { title: 'Due' },
          { title: 'Status' },
          { title: `Installment (${currency})`, isFigure: true },
          { title: 'Principal', isFigure: true },
          { title: 'Interest', isFigure: true },
          { title: 'Left, value', isFigure: true },
          { title: 'Left, principal', isFigure: true },
        ],
        rows: data.data.map((row) => {
          const record = byMonth.get(monthOf(row.due_on));
          const isMissed = record?.payment === 'missed' && record.date <= (dates.as_of ?? record.date);
          const status = `${STATUSES[row.status]}${isMissed ? ', missed' : ''}`;
          return [
            cell(row.number),
            cell(row.due_on, showDate(row.due_on)),
            cell(status),
            cell(row.installment, showAmount(row.installment)),
            cell(row.principal, showAmount(row.principal)),
            cell(row.interest, showAmount(row.interest)),
            cell(row.outstanding, showAmount(row.outstanding)),
            cell(row.principal_outstanding, showAmount(row.principal_outstanding)),
          ];
        }),
      },
    [data, byMonth, currency, dates.as_of],
  );
  const about = data && `As of ${showDate(data.as_of)}; overdue from the day after it fell due`;
  const name = `schedule-${loan.reference ?? loan.id}`;
  return (
    <Stack>
      <DataCard
        title="Schedule"
        about={about}
        data={table}
        error={error}
        retry={() => void refetch()}
        fileName={name}
        height={HEIGHT}
        maxHeight={520}
      />
      <DataCard
        title="Principal and interest"
        about="Of each installment"
        data={table}
        error={error}
        fileName={name}
        height={HEIGHT}
        chart={() => data && <ScheduleChart schedule={data} currency={currency} height={HEIGHT} />}
      />
    </Stack>
  );
}
