// A page of loans. A row leads to its loan; so does the link in it, by keyboard.

import { ScrollArea, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { Loan } from '../../api/shapes.ts';
import { showDate } from '../../format/dates.ts';
import { showAmount, showPercent } from '../../format/money.ts';
import { AnchorLink } from '../../parts/anchor-link.tsx';
import { useMay } from '../../parts/session.ts';
import { Status } from '../../parts/status.tsx';

interface LoanTableProps {
  /** Undefined while they are not known. */
  readonly loans: readonly Loan[] | undefined;
  readonly isFiltered: boolean;
  readonly isStale: boolean;
}

function Row({ loan }: { loan: Loan }) {
  const navigate = useNavigate();
  return (
    <Table.Tr
      className="linked"
      onClick={(event) => {
        if ((event.target as HTMLElement).closest('a') === null)
          void navigate({ to: '/loans/$id', params: { id: loan.id } });
      }}
    >
      <Table.Td className="nowrap">
        <AnchorLink to="/loans/$id" params={{ id: loan.id }} fw={600}>
          {loan.reference ?? `${loan.id.slice(0, 13)}…`}
        </AnchorLink>
      </Table.Td>
      <Table.Td className="nowrap">{showDate(loan.date)}</Table.Td>
      <Table.Td className="figure">{showAmount(loan.amount)}</Table.Td>
      <Table.Td className="figure">{showPercent(loan.rate)}</Table.Td>
      <Table.Td className="figure">{showAmount(loan.installment)}</Table.Td>
      <Table.Td className="figure">
        {loan.payments_made} of {loan.term}
      </Table.Td>
      <Table.Td className="nowrap">{loan.next_due_on === null ? '–' : showDate(loan.next_due_on)}</Table.Td>
      <Table.Td>
        <Status status={loan.status} />
      </Table.Td>
    </Table.Tr>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const mayIssue = useMay('officer');
  return (
    <Stack align="center" p="xl" gap="xs">
      <Text fw={600}>{isFiltered ? 'No loan is like that' : 'There are no loans yet'}</Text>
      {isFiltered ? (
        <Text size="sm" c="dimmed">
          References are compared letter by letter; take a filter away to see more.
        </Text>
      ) : (
        mayIssue && <AnchorLink to="/issue">Issue the first loan</AnchorLink>
      )}
    </Stack>
  );
}

export function LoanTable({ loans, isFiltered, isStale }: LoanTableProps) {
  if (loans === undefined) return <Skeleton height={480} />;
  if (loans.length === 0) return <Nothing isFiltered={isFiltered} />;
  const currency = loans[0]?.currency;
  return (
    <ScrollArea.Autosize
      type="auto"
      offsetScrollbars="present"
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'Table of loans' }}
      opacity={isStale ? 0.6 : 1}
    >
      <Table aria-label="Loans" highlightOnHover verticalSpacing="xs" horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Loan</Table.Th>
            <Table.Th>Issued</Table.Th>
            <Table.Th className="figure">Amount ({currency})</Table.Th>
            <Table.Th className="figure">Rate</Table.Th>
            <Table.Th className="figure">Installment</Table.Th>
            <Table.Th className="figure">Paid</Table.Th>
            <Table.Th>Next due</Table.Th>
            <Table.Th>Status</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {loans.map((loan) => (
            <Row key={loan.id} loan={loan} />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
