// One loan: its terms, what is owed as of a date that can be dragged along its life, its schedule, payments and history.

import { Alert, Breadcrumbs, Button, Group, Skeleton, Stack, Tabs, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { loanQuery } from '../../api/loan-queries.ts';
import { todayQuery } from '../../api/session-queries.ts';
import type { Loan } from '../../api/shapes.ts';
import { showInstant } from '../../format/dates.ts';
import { AnchorLink } from '../../parts/anchor-link.tsx';
import { Copy } from '../../parts/copy.tsx';
import { useMay } from '../../parts/session.ts';
import { Status } from '../../parts/status.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { BalanceCard } from './balance-card.tsx';
import { History } from './history.tsx';
import { Payments } from './payments.tsx';
import { ReverseLoan } from './reverse.tsx';
import { ScheduleCard } from './schedule-card.tsx';
import { Terms } from './terms.tsx';

const route = getRouteApi('/loans/$id');

export function LoanPage() {
  const { id } = route.useParams();
  const loan = useQuery(loanQuery(id));
  const today = useQuery(todayQuery);
  const error = loan.error ?? today.error;
  return (
    <Stack gap="lg">
      <Breadcrumbs>
        <AnchorLink to="/loans">Loans</AnchorLink>
        <Text span>{loan.data?.reference ?? id}</Text>
      </Breadcrumbs>
      {error && (
        <>
          <Title order={1}>Loan</Title>
          <Trouble error={error} retry={() => void loan.refetch()} />
        </>
      )}
      {loan.data && today.data ? (
        <Shown loan={loan.data} today={today.data.today} />
      ) : (
        !error && <Skeleton height={480} />
      )}
    </Stack>
  );
}

function Shown({ loan, today }: { loan: Loan; today: string }) {
  const { as_of, known_at } = route.useSearch();
  const navigate = route.useNavigate();
  const move = (change: { as_of?: string | undefined; known_at?: string | undefined }) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false });
  const latest = today < loan.date ? loan.date : today;
  const asOf = as_of === undefined || as_of < loan.date ? latest : as_of;
  const dates = { as_of: asOf, known_at };
  const mayWrite = useMay('officer');
  const [isReversing, reversal] = useDisclosure(false);
  return (
    <>
      <Group justify="space-between" align="flex-start">
        <div>
          <Group gap="sm">
            <Title order={1}>{loan.reference ?? 'Loan without a reference'}</Title>
            <Status status={loan.status} />
          </Group>
          <Group gap={4} wrap="nowrap">
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {loan.id}
            </Text>
            <Copy text={loan.id} what="the id" />
          </Group>
        </div>
        {mayWrite && loan.status !== 'reversed' && (
          <Button variant="default" onClick={reversal.open}>
            Take the loan back
          </Button>
        )}
      </Group>
      {loan.reversed_at !== null && (
        <Alert color="red" variant="outline" title="This loan was taken back">
          On {showInstant(loan.reversed_at)}, as issued by mistake. The history says why.
        </Alert>
      )}
      <Terms loan={loan} />
      <BalanceCard loan={loan} dates={dates} today={today} move={move} />
      <Tabs defaultValue="schedule" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="schedule">Schedule</Tabs.Tab>
          <Tabs.Tab value="payments">Payments</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="schedule">
          <ScheduleCard loan={loan} dates={dates} />
        </Tabs.Panel>
        <Tabs.Panel value="payments">
          <Payments loan={loan} today={today} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <History loan={loan} />
        </Tabs.Panel>
      </Tabs>
      <ReverseLoan loan={loan} isOpen={isReversing} onClose={reversal.close} />
    </>
  );
}
