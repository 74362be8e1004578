// The list itself: a loan a row, with made and missed to tick.

import { Button, Checkbox, Group, ScrollArea, Stack, Table, Text } from '@mantine/core';
import type { Loan } from '../../api/shapes.ts';
import { showDate, showMonth } from '../../format/dates.ts';
import { showMoney } from '../../format/money.ts';
import { AnchorLink } from '../../parts/anchor-link.tsx';
import { wordsOf } from '../../parts/trouble.tsx';
import type { Choice, MonthEvent, MonthState, Sending } from './month-choices.ts';

interface MonthTableProps {
  readonly loans: readonly Loan[];
  readonly month: string;
  readonly state: MonthState;
  readonly tell: (event: MonthEvent) => void;
}

function Outcome({ sending }: { sending: Sending | undefined }) {
  if (sending === undefined) return null;
  if (sending.state === 'failed') {
    return (
      <Text size="sm" c="var(--james-bad)" role="alert">
        {wordsOf(sending.error)}
      </Text>
    );
  }
  return (
    <Text size="sm" c={sending.state === 'sent' ? 'var(--james-good)' : 'dimmed'}>
      {sending.state === 'sent' ? 'Recorded' : 'Sending …'}
    </Text>
  );
}

function Row({ loan, state, tell }: { loan: Loan } & Pick<MonthTableProps, 'state' | 'tell'>) {
  const choice = state.choices.get(loan.id);
  const sending = state.sendings.get(loan.id);
  const isFixed = sending?.state === 'sent' || sending?.state === 'waiting';
  const name = loan.reference ?? loan.id.slice(0, 13);
  const box = (kind: Choice) => (
    <Checkbox
      aria-label={`${name}: ${kind}`}
      checked={choice === kind}
      disabled={isFixed}
      onChange={(event) =>
        tell({ kind: 'choose', ids: [loan.id], choice: event.currentTarget.checked ? kind : undefined })
      }
    />
  );
  return (
    <Table.Tr>
      <Table.Td className="nowrap">
        <AnchorLink to="/loans/$id" params={{ id: loan.id }}>
          {name}
        </AnchorLink>
      </Table.Td>
      <Table.Td className="nowrap">{loan.next_due_on !== null && showDate(loan.next_due_on)}</Table.Td>
      <Table.Td>{box('made')}</Table.Td>
      <Table.Td>{box('missed')}</Table.Td>
      <Table.Td miw={160}>
        <Outcome sending={sending} />
      </Table.Td>
      <Table.Td className="figure">{showMoney(loan.installment, loan.currency)}</Table.Td>
      <Table.Td className="figure">
        {loan.payments_made} of {loan.term}
      </Table.Td>
    </Table.Tr>
  );
}

export function MonthTable({ loans, month, state, tell }: MonthTableProps) {
  if (loans.length === 0) {
    return (
      <Stack align="center" p="xl" gap="xs">
        <Text fw={600}>Nothing is left to record for {showMonth(month)}</Text>
        <Text size="sm" c="dimmed">
          Every installment that falls due in it has its record. Choose another month, or list what fell due
          before.
        </Text>
      </Stack>
    );
  }
  const ids = loans.map(({ id }) => id);
  return (
    <>
      <Group p="sm" gap="xs">
        <Button size="xs" variant="default" onClick={() => tell({ kind: 'choose', ids, choice: 'made' })}>
          Tick all as made
        </Button>
        <Button size="xs" variant="default" onClick={() => tell({ kind: 'choose', ids, choice: undefined })}>
          Tick none
        </Button>
      </Group>
      <ScrollArea.Autosize
        type="auto"
        offsetScrollbars="present"
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'Table of due installments' }}
      >
        <Table aria-label={`Due in ${showMonth(month)}`} verticalSpacing="xs" horizontalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Loan</Table.Th>
              <Table.Th>Due</Table.Th>
              <Table.Th>Made</Table.Th>
              <Table.Th>Missed</Table.Th>
              <Table.Th>Outcome</Table.Th>
              <Table.Th className="figure">Installment</Table.Th>
              <Table.Th className="figure">Paid</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {loans.map((loan) => (
              <Row key={loan.id} loan={loan} state={state} tell={tell} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </>
  );
}
