// Portfolio at risk, with what it is a ratio of.

import { useMemo } from 'react';
import type { Arrears } from '../../api/shapes.ts';
import { showAmount, showPercent } from '../../format/money.ts';
import { DataCard } from '../../parts/data-card.tsx';
import { cell, type TableData } from '../../parts/table-data.ts';

interface ParCardProps {
  readonly arrears: Arrears | undefined;
  readonly error: Error | null;
}

export function ParCard({ arrears, error }: ParCardProps) {
  const table = useMemo<TableData | undefined>(
    () =>
      arrears && {
        columns: [
          { title: 'PAR' },
          { title: 'Ratio', isFigure: true },
          { title: `At risk (${arrears.currency})`, isFigure: true },
          { title: `Principal (${arrears.currency})`, isFigure: true },
        ],
        rows: arrears.par.map(({ days, principal, of, ratio }) => [
          cell(`PAR ${days}`),
          cell(ratio ?? '', ratio === null ? '–' : showPercent(ratio, 4)),
          cell(principal, showAmount(principal)),
          cell(of, showAmount(of)),
        ]),
      },
    [arrears],
  );
  return (
    <DataCard
      title="Portfolio at risk"
      about="Principal of loans more than so many days past due"
      data={table}
      error={error}
      fileName={`par-${arrears?.as_of}`}
      height={130}
    />
  );
}
