// The two dates of every figure on the page: a slider and a field each.

import { Button, Card, Group, SimpleGrid, Stack } from '@mantine/core';
import type { Span } from '../../api/book-queries.ts';
import { earlier } from '../../format/dates.ts';
import { DateField } from '../../parts/date-field.tsx';
import { DateSlider } from '../../parts/date-slider.tsx';
import type { BookSearch } from './span.ts';

interface BookDatesProps {
  readonly search: BookSearch;
  readonly today: string;
  readonly span: Span;
  readonly move: (change: BookSearch) => void;
}

export function BookDates({ search, today, span, move }: BookDatesProps) {
  const asOf = search.as_of ?? today;
  const knownAt = search.known_at ?? today;
  const setAsOf = (date: string | undefined) => move({ as_of: date === today ? undefined : date });
  const setKnownAt = (date: string | undefined) => move({ known_at: date === today ? undefined : date });
  return (
    <Card withBorder component="section" aria-label="Dates">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Stack gap="sm">
          <Group align="flex-end" wrap="nowrap">
            <DateField
              label="As of"
              description="what counts by that day"
              value={asOf}
              onDate={setAsOf}
              flex={1}
            />
            <Button variant="default" disabled={asOf === today} onClick={() => setAsOf(undefined)}>
              Today
            </Button>
          </Group>
          <DateSlider label="As of" value={asOf} from={span.from} to={span.to} onDate={setAsOf} />
        </Stack>
        <Stack gap="sm">
          <Group align="flex-end" wrap="nowrap">
            <DateField
              label="Known at"
              description="what was recorded by that day"
              value={knownAt}
              max={today}
              onDate={setKnownAt}
              flex={1}
            />
            <Button
              variant="default"
              disabled={search.known_at === undefined}
              onClick={() => setKnownAt(undefined)}
            >
              Now
            </Button>
          </Group>
          <DateSlider
            label="Known at"
            value={knownAt}
            from={earlier(span.from, knownAt)}
            to={today}
            onDate={setKnownAt}
          />
        </Stack>
      </SimpleGrid>
    </Card>
  );
}
