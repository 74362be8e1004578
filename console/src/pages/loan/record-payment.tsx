// A payment of this loan, made or missed. A month that has a record already can have it replaced.

import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { recordPayment } from '../../api/actions.ts';
import { JamesError } from '../../api/james.ts';
import { refreshFigures } from '../../api/query-client.ts';
import type { Loan, Payment } from '../../api/shapes.ts';
import { monthOf, showDate, showMonth } from '../../format/dates.ts';
import { showMoney } from '../../format/money.ts';
import { DateField } from '../../parts/date-field.tsx';
import { useIntention } from '../../parts/intention.ts';
import { tell } from '../../parts/told.ts';
import { Trouble } from '../../parts/trouble.tsx';

interface RecordPaymentProps {
  readonly loan: Loan;
  readonly today: string;
  readonly byMonth: ReadonlyMap<string, Payment>;
}

export function RecordPayment({ loan, today, byMonth }: RecordPaymentProps) {
  const [date, setDate] = useState(today < loan.date ? loan.date : today);
  const intention = useIntention();
  const recording = useMutation({
    mutationFn: (asked: { payment: 'made' | 'missed'; date: string; replaces?: string }) =>
      recordPayment(loan.id, asked, intention.keyFor(asked)),
    onSuccess: async (payment) => {
      intention.done();
      tell(`Recorded as ${payment.payment} for ${showMonth(payment.month)}.`);
      await refreshFigures();
    },
  });
  const there = byMonth.get(monthOf(date));
  const fieldError =
    recording.error instanceof JamesError
      ? recording.error.error.errors.find(({ pointer }) => pointer === '/date')?.detail
      : undefined;
  const record = (payment: 'made' | 'missed') => {
    if (!recording.isPending) {
      recording.mutate({ payment, date, ...(there === undefined ? {} : { replaces: there.id }) });
    }
  };
  return (
    <Card withBorder component="section" aria-label="Record a payment">
      <Stack gap="sm">
        <div>
          <Title order={2} size="h4">
            Record a payment
          </Title>
          <Text size="sm" c="dimmed">
            {showMoney(loan.installment, loan.currency)}, for{' '}
            {loan.next_due_on === null
              ? 'nothing: the loan is paid off'
              : `the installment due ${showDate(loan.next_due_on)}`}
          </Text>
        </div>
        <Group align="flex-end">
          <DateField
            label="Date"
            value={date}
            min={loan.date}
            onDate={(chosen) => setDate(chosen ?? date)}
            error={fieldError}
          />
          <Button onClick={() => record('made')} loading={recording.isPending}>
            {there === undefined ? 'Record as made' : 'Replace by made'}
          </Button>
          <Button variant="default" onClick={() => record('missed')} loading={recording.isPending}>
            {there === undefined ? 'Record as missed' : 'Replace by missed'}
          </Button>
        </Group>
        {there !== undefined && (
          <Text size="sm">
            {showMonth(there.month)} is recorded as {there.payment} on {showDate(there.date)}; a new record
            replaces it.
          </Text>
        )}
        {recording.error && <Trouble error={recording.error} shown={['/date']} />}
      </Stack>
    </Card>
  );
}
