// The book: what is owed as of a date, as known at a date; how it came to that, and how late it is. The address has both
// dates and the stretch of time, so a view can be sent to a colleague.

import { Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { arrearsQuery, outstandingQuery } from '../../api/book-queries.ts';
import { todayQuery } from '../../api/session-queries.ts';
import { addMonths, showDate } from '../../format/dates.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { AgeingCard, AgeingTableCard } from './ageing-cards.tsx';
import { BookDates } from './book-dates.tsx';
import { BookFigures } from './book-figures.tsx';
import { DemoProgress } from './demo-bank.tsx';
import { EmptyBook } from './empty-book.tsx';
import { LearnedCard } from './learned-card.tsx';
import { OutstandingCard } from './outstanding-card.tsx';
import { ParCard } from './par-card.tsx';
import { type BookSearch, spanOf } from './span.ts';

const route = getRouteApi('/');

export function BookPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const today = useQuery(todayQuery);
  const move = (change: BookSearch) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false });

  if (today.error) return <Trouble error={today.error} retry={() => void today.refetch()} />;
  const day = today.data?.today;
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={1}>Book</Title>
          <Text c="dimmed" size="sm">
            {day === undefined
              ? 'Outstanding debt'
              : `Outstanding debt as of ${showDate(search.as_of ?? day)}, ${
                  search.known_at === undefined
                    ? 'with everything known now'
                    : `as known on ${showDate(search.known_at)}`
                }`}
          </Text>
        </div>
      </Group>
      {day !== undefined && <BookOf search={search} today={day} move={move} />}
    </Stack>
  );
}

interface BookOfProps {
  readonly search: BookSearch;
  readonly today: string;
  readonly move: (change: BookSearch) => void;
}

function BookOf({ search, today, move }: BookOfProps) {
  const asOf = search.as_of ?? today;
  const dates = useMemo(() => ({ as_of: asOf, known_at: search.known_at }), [asOf, search.known_at]);
  const span = useMemo(() => spanOf(search, today), [search, today]);
  const now = useQuery(outstandingQuery(dates));
  const before = useQuery(outstandingQuery({ ...dates, as_of: addMonths(asOf, -1) }));
  const arrears = useQuery(arrearsQuery(dates));
  return (
    <>
      <BookDates search={search} today={today} span={span} move={move} />
      <DemoProgress />
      <EmptyBook />
      <BookFigures now={now.data} before={before.data} arrears={arrears.data} error={now.error} />
      <OutstandingCard span={span} asOf={asOf} today={today} move={move} />
      <AgeingCard span={span} />
      <AgeingTableCard arrears={arrears.data} error={arrears.error} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <ParCard arrears={arrears.data} error={arrears.error} />
        <LearnedCard asOf={asOf} knownAt={search.known_at} today={today} move={move} />
      </SimpleGrid>
    </>
  );
}
