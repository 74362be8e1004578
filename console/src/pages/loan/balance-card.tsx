// What is owed as of a date, which can be dragged along the loan's life.

import { Button, Card, Group, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { balanceQuery } from '../../api/loan-queries.ts';
import type { Dates } from '../../api/query.ts';
import type { Balance, Loan } from '../../api/shapes.ts';
import { addMonths, later, showDate } from '../../format/dates.ts';
import { showMoney } from '../../format/money.ts';
import { Copy } from '../../parts/copy.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { DateSlider } from '../../parts/date-slider.tsx';
import { Trouble } from '../../parts/trouble.tsx';

interface BalanceCardProps {
  readonly loan: Loan;
  readonly dates: { readonly as_of: string; readonly known_at: string | undefined };
  readonly today: string;
  readonly move: (change: Dates) => void;
}

function lateness({ days_past_due, overdue, currency }: Balance): string {
  if (days_past_due === 0) return 'Nothing overdue';
  const { installments, value } = overdue;
  return `${days_past_due} days past due: ${showMoney(value, currency)} in ${installments} ${
    installments === 1 ? 'installment' : 'installments'
  }`;
}

function Figure({
  name,
  shown,
  exact,
}: {
  name: string;
  shown: string | undefined;
  exact?: string | undefined;
}) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Skeleton visible={shown === undefined}>
        <Group gap={4} wrap="nowrap">
          <Text className="figures" fz={20} fw={650}>
            {shown ?? '0'}
          </Text>
          {exact !== undefined && <Copy text={exact} what={name.toLowerCase()} />}
        </Group>
      </Skeleton>
    </div>
  );
}

export function BalanceCard({ loan, dates, today, move }: BalanceCardProps) {
  const { data, error, refetch } = useQuery(balanceQuery(loan.id, dates));
  const lastDue = addMonths(loan.date, loan.term);
  const end = later(loan.status === 'active' ? later(lastDue, today) : lastDue, dates.as_of);
  const setAsOf = (date: string | undefined) => move({ as_of: date === today ? undefined : date });
  return (
    <Card withBorder component="section" aria-label="Balance">
      <Stack>
        <Group justify="space-between" align="flex-end">
          <div>
            <Title order={2} size="h4">
              Balance
            </Title>
            <Text size="sm" c="dimmed" role="status">
              {data === undefined
                ? 'Loading …'
                : `${lateness(data)} as of ${showDate(data.as_of)}${
                    dates.known_at === undefined ? '' : `, as known on ${showDate(dates.known_at)}`
                  }`}
            </Text>
          </div>
          <Group align="flex-end" gap="xs">
            <DateField label="As of" value={dates.as_of} min={loan.date} onDate={setAsOf} />
            <DateField
              label="Known at"
              value={dates.known_at ?? today}
              max={today}
              onDate={(date) => move({ known_at: date === today ? undefined : date })}
            />
            <Button variant="default" onClick={() => move({ as_of: undefined, known_at: undefined })}>
              Today
            </Button>
          </Group>
        </Group>
        {error && <Trouble error={error} retry={() => void refetch()} />}
        <SimpleGrid cols={{ base: 2, md: 4 }}>
          <Figure
            name="Outstanding value"
            shown={data && showMoney(data.value, data.currency)}
            exact={data?.value}
          />
          <Figure
            name="Outstanding principal"
            shown={data && showMoney(data.principal, data.currency)}
            exact={data?.principal}
          />
          <Figure name="Payments made" shown={data && `${data.payments_made} of ${loan.term}`} />
          <Figure
            name="Next due"
            shown={data && (data.next_due_on === null ? '–' : showDate(data.next_due_on))}
            exact={data?.next_due_on ?? undefined}
          />
        </SimpleGrid>
        <DateSlider label="As of" value={dates.as_of} from={loan.date} to={end} onDate={setAsOf} />
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            Issued {showDate(loan.date)}
          </Text>
          <Text size="xs" c="dimmed">
            {showDate(end)}
          </Text>
        </Group>
      </Stack>
    </Card>
  );
}
