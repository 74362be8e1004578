// Payment records: a new one, and those that are there. What is taken back stays, struck out.

import { Badge, Button, Card, ScrollArea, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Loan, Payment } from '../../api/shapes.ts';
import { showDate, showInstant, showMonth } from '../../format/dates.ts';
import { showMoney } from '../../format/money.ts';
import { useMay } from '../../parts/session.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { useAllPayments } from './all-payments.ts';
import { RecordPayment } from './record-payment.tsx';
import { ReversePayment } from './reverse.tsx';

interface PaymentsProps {
  readonly loan: Loan;
  readonly today: string;
}

interface RowProps {
  readonly payment: Payment;
  readonly currency: string;
  /** Undefined where nobody may. */
  readonly onReverse: (() => void) | undefined;
}

function Row({ payment, currency, onReverse }: RowProps) {
  const { month, date, amount, recorded_at, reversed_at } = payment;
  const isMade = payment.payment === 'made';
  return (
    <Table.Tr td={reversed_at === null ? undefined : 'line-through'}>
      <Table.Td className="nowrap">{showMonth(month)}</Table.Td>
      <Table.Td>
        <Badge color={isMade ? 'pine' : 'orange'} variant="outline" tt="none">
          {isMade ? 'Made' : 'Missed'}
        </Badge>
      </Table.Td>
      <Table.Td className="nowrap">{showDate(date)}</Table.Td>
      <Table.Td className="figure">{showMoney(amount, currency)}</Table.Td>
      <Table.Td className="nowrap">{showInstant(recorded_at)}</Table.Td>
      <Table.Td>
        {reversed_at !== null ? (
          <Text size="sm" c="dimmed" className="nowrap">
            reversed {showInstant(reversed_at)}
          </Text>
        ) : (
          onReverse !== undefined && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={onReverse}
              aria-label={`Reverse the payment of ${showMonth(month)}`}
            >
              Reverse
            </Button>
          )
        )}
      </Table.Td>
    </Table.Tr>
  );
}

export function Payments({ loan, today }: PaymentsProps) {
  const { payments, byMonth, error } = useAllPayments(loan.id);
  const [reversing, setReversing] = useState<Payment>();
  const mayWrite = useMay('officer') && loan.status !== 'reversed';
  return (
    <Stack>
      {mayWrite && <RecordPayment loan={loan} today={today} byMonth={byMonth} />}
      <Card withBorder component="section" aria-label="Payment records">
        <Title order={2} size="h4" mb="sm">
          Payment records
        </Title>
        {error ? (
          <Trouble error={error} />
        ) : payments === undefined ? (
          <Skeleton height={200} />
        ) : payments.length === 0 ? (
          <Text c="dimmed">Nothing is recorded yet.{mayWrite && ' Record the first payment above.'}</Text>
        ) : (
          <ScrollArea.Autosize
            type="auto"
            offsetScrollbars="present"
            viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'Table of payment records' }}
          >
            <Table aria-label="Payment records" verticalSpacing={6}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Month</Table.Th>
                  <Table.Th>Payment</Table.Th>
                  <Table.Th>Date</Table.Th>
                  <Table.Th className="figure">Amount</Table.Th>
                  <Table.Th>Recorded</Table.Th>
                  <Table.Th>
                    <span className="unseen">Take back</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {payments.map((payment) => (
                  <Row
                    key={payment.id}
                    payment={payment}
                    currency={loan.currency}
                    onReverse={mayWrite ? () => setReversing(payment) : undefined}
                  />
                ))}
              </Table.Tbody>
            </Table>
          </ScrollArea.Autosize>
        )}
      </Card>
      <ReversePayment payment={reversing} onClose={() => setReversing(undefined)} />
    </Stack>
  );
}
