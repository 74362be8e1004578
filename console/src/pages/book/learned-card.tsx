// What has been learned since: the same date, as it was known then and as it is known now.

import { Button, Card, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { outstandingQuery } from '../../api/book-queries.ts';
import { addMonths, showDate } from '../../format/dates.ts';
import { minus, showAmount, showCount } from '../../format/money.ts';
import { DataCard } from '../../parts/data-card.tsx';
import { cell, type TableData } from '../../parts/table-data.ts';
import type { BookSearch } from './span.ts';

interface LearnedCardProps {
  readonly asOf: string;
  readonly knownAt: string | undefined;
  readonly today: string;
  readonly move: (change: BookSearch) => void;
}

export function LearnedCard({ asOf, knownAt, today, move }: LearnedCardProps) {
  if (knownAt !== undefined) return <Learned asOf={asOf} knownAt={knownAt} />;
  const then = asOf < today ? asOf : addMonths(today, -1);
  return (
    <Card withBorder component="section" aria-label="Learned since">
      <Title order={2} size="h4">
        Learned since
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        Choose an earlier known-at date to see what the bank knew then, and what it has learned since.
      </Text>
      <Group>
        <Button variant="default" size="xs" onClick={() => move({ known_at: then })}>
          As known on {showDate(then)}
        </Button>
      </Group>
    </Card>
  );
}

function Learned({ asOf, knownAt }: { asOf: string; knownAt: string }) {
  const then = useQuery(outstandingQuery({ as_of: asOf, known_at: knownAt }));
  const now = useQuery(outstandingQuery({ as_of: asOf }));
  const table = useMemo<TableData | undefined>(() => {
    if (then.data === undefined || now.data === undefined) return undefined;
    const [a, b] = [then.data, now.data];
    const money = (name: string, member: 'value' | 'principal') => {
      const difference = minus(b[member], a[member]);
      return [
        cell(name),
        cell(a[member], showAmount(a[member])),
        cell(b[member], showAmount(b[member])),
        cell(difference, showAmount(difference)),
      ];
    };
    const difference = b.volume - a.volume;
    return {
      columns: [
        { title: 'Outstanding' },
        { title: 'Known then', isFigure: true },
        { title: 'Known now', isFigure: true },
        { title: 'Difference', isFigure: true },
      ],
      rows: [
        money(`Value (${a.currency})`, 'value'),
        money(`Principal (${a.currency})`, 'principal'),
        [
          cell('Loans'),
          cell(a.volume, showCount(a.volume)),
          cell(b.volume, showCount(b.volume)),
          cell(difference, showCount(difference)),
        ],
      ],
    };
  }, [then.data, now.data]);
  return (
    <DataCard
      title="Learned since"
      about={`As of ${showDate(asOf)}: as known on ${showDate(knownAt)}, and now`}
      data={table}
      error={then.error ?? now.error}
      fileName={`learned-${asOf}-since-${knownAt}`}
      height={130}
    />
  );
}
