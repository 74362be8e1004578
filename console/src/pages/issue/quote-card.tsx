// What the loan would cost, as it is typed.

import { Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { Quote } from '../../api/shapes.ts';
import { showDate } from '../../format/dates.ts';
import { showAmount, showMoney } from '../../format/money.ts';
import { DataCard } from '../../parts/data-card.tsx';
import { FigureCard } from '../../parts/figure-card.tsx';
import { cell, type TableData } from '../../parts/table-data.ts';
import { wordsOf } from '../../parts/trouble.tsx';

interface QuoteCardProps {
  readonly quote: Quote | undefined;
  readonly error: Error | null;
  readonly isComplete: boolean;
}

export function QuoteCard({ quote, error, isComplete }: QuoteCardProps) {
  const table = useMemo<TableData | undefined>(
    () =>
      quote && {
        columns: [
          { title: 'No.', isFigure: true },
          { title: 'Due' },
          { title: `Installment (${quote.currency})`, isFigure: true },
          { title: 'Principal', isFigure: true },
          { title: 'Interest', isFigure: true },
          { title: 'Left, principal', isFigure: true },
        ],
        rows: quote.schedule.map((row) => [
          cell(row.number),
          cell(row.due_on, showDate(row.due_on)),
          cell(row.installment, showAmount(row.installment)),
          cell(row.principal, showAmount(row.principal)),
          cell(row.interest, showAmount(row.interest)),
          cell(row.principal_outstanding, showAmount(row.principal_outstanding)),
        ]),
      },
    [quote],
  );
  if (error || !isComplete) {
    return (
      <Card withBorder component="section" aria-label="Quote" mih={200}>
        <Title order={2} size="h4" mb="xs">
          Quote
        </Title>
        <Text c="dimmed" role="status">
          {error
            ? `No quote: ${wordsOf(error)}`
            : 'Enter amount, term and rate: installment, total and schedule show here as you type.'}
        </Text>
      </Card>
    );
  }
  const money = (text: string | undefined) => text && quote && showMoney(text, quote.currency);
  return (
    <Stack component="section" aria-label="Quote">
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <FigureCard label="Installment" shown={money(quote?.installment)} exact={quote?.installment} />
        <FigureCard label="Total" shown={money(quote?.total)} exact={quote?.total} />
        <FigureCard label="Interest" shown={money(quote?.interest)} exact={quote?.interest} />
      </SimpleGrid>
      <DataCard title="Schedule" data={table} fileName="quote" height={400} maxHeight={460} />
    </Stack>
  );
}
