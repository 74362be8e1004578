// One loan in two keystrokes: Enter finds it, Enter records it, and the field is ready for the next.

import { Alert, Button, Card, Group, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { recordPayment } from '../../api/actions.ts';
import { loanByName } from '../../api/loan-queries.ts';
import { queryClient, refreshFigures } from '../../api/query-client.ts';
import type { Loan, Payment } from '../../api/shapes.ts';
import { later, showDate, showMonth } from '../../format/dates.ts';
import { showMoney } from '../../format/money.ts';
import { AnchorLink } from '../../parts/anchor-link.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { useIntention } from '../../parts/intention.ts';
import { Status } from '../../parts/status.tsx';
import { Trouble } from '../../parts/trouble.tsx';

interface Recorded {
  readonly loan: Loan;
  readonly payment: Payment;
}

function nameOf(loan: Loan): string {
  return loan.reference ?? loan.id;
}

export function OneLoan({ today }: { readonly today: string }) {
  const [text, setText] = useState('');
  const [date, setDate] = useState(today);
  const [recorded, setRecorded] = useState<readonly Recorded[]>([]);
  const field = useRef<HTMLInputElement>(null);
  const made = useRef<HTMLButtonElement>(null);
  const intention = useIntention();
  const finding = useMutation({ mutationFn: (name: string) => queryClient.fetchQuery(loanByName(name)) });
  const recording = useMutation({
    mutationFn: ({ loan, kind }: { loan: Loan; kind: 'made' | 'missed' }) => {
      const asked = { payment: kind, date: later(date, loan.date) };
      return recordPayment(loan.id, asked, intention.keyFor([loan.id, asked]));
    },
    onSuccess: async (payment, { loan }) => {
      intention.done();
      setRecorded((old) => [{ loan, payment }, ...old]);
      setText('');
      finding.reset();
      field.current?.focus();
      await refreshFigures();
    },
  });
  const loan = finding.data;
  const canRecord = loan?.status === 'active';
  useEffect(() => {
    if (canRecord) made.current?.focus();
  }, [canRecord]);
  return (
    <Stack>
      <Card withBorder component="section" aria-label="Record one payment">
        <Stack>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              recording.reset();
              if (text.trim() !== '' && !finding.isPending) finding.mutate(text.trim());
            }}
          >
            <Group align="flex-end" gap="xs">
              <TextInput
                ref={field}
                label="Reference or id"
                description="Enter finds the loan, Enter again records the payment as made."
                autoFocus
                autoComplete="off"
                value={text}
                onChange={(event) => {
                  setText(event.currentTarget.value);
                  finding.reset();
                  recording.reset();
                }}
                error={finding.data === null ? 'There is no such loan.' : undefined}
                miw={240}
                flex={1}
              />
              <DateField label="Date" value={date} onDate={(chosen) => setDate(chosen ?? today)} />
              <Button
                type="submit"
                variant="default"
                leftSection={<IconSearch size={16} />}
                loading={finding.isPending}
              >
                Find
              </Button>
            </Group>
          </form>
          {finding.error && <Trouble error={finding.error} />}
          {loan && (
            <Stack gap="xs" role="group" aria-label="Loan found">
              <Group gap="sm">
                <AnchorLink to="/loans/$id" params={{ id: loan.id }} fw={650}>
                  {nameOf(loan)}
                </AnchorLink>
                <Status status={loan.status} />
              </Group>
              <Text className="figures">
                {canRecord && loan.next_due_on !== null
                  ? `${showMoney(loan.installment, loan.currency)}, due ${showDate(loan.next_due_on)}; ${loan.payments_made} of ${loan.term} paid`
                  : 'This loan takes no payments any more.'}
              </Text>
              {canRecord && (
                <Group>
                  <Button
                    ref={made}
                    loading={recording.isPending}
                    onClick={() => recording.mutate({ loan, kind: 'made' })}
                  >
                    Record as made
                  </Button>
                  <Button
                    variant="default"
                    loading={recording.isPending}
                    onClick={() => recording.mutate({ loan, kind: 'missed' })}
                  >
                    Record as missed
                  </Button>
                </Group>
              )}
            </Stack>
          )}
          {recording.error && <Trouble error={recording.error} />}
        </Stack>
      </Card>
      <JustRecorded recorded={recorded} />
    </Stack>
  );
}

function JustRecorded({ recorded }: { recorded: readonly Recorded[] }) {
  if (recorded.length === 0) {
    return (
      <Alert variant="outline" color="gray" title="Nothing recorded yet">
        What you record shows here, with a way back to each loan.
      </Alert>
    );
  }
  return (
    <Card withBorder component="section" aria-label="Just recorded">
      <Title order={2} size="h4" mb="xs">
        Just recorded
      </Title>
      <Table aria-label="Just recorded">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Loan</Table.Th>
            <Table.Th>Month</Table.Th>
            <Table.Th>Payment</Table.Th>
            <Table.Th className="figure">Amount</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody aria-live="polite">
          {recorded.map(({ loan, payment }) => (
            <Table.Tr key={payment.id}>
              <Table.Td>
                <AnchorLink to="/loans/$id" params={{ id: loan.id }}>
                  {nameOf(loan)}
                </AnchorLink>
              </Table.Td>
              <Table.Td>{showMonth(payment.month)}</Table.Td>
              <Table.Td>{payment.payment === 'made' ? 'Made' : 'Missed'}</Table.Td>
              <Table.Td className="figure">{showMoney(payment.amount, loan.currency)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}
