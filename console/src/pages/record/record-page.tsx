// Recording payments: one loan after the other, or all that falls due in a month.

import { Stack, Tabs, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { todayQuery } from '../../api/session-queries.ts';
import { monthOf } from '../../format/dates.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { MonthList } from './month-list.tsx';
import { OneLoan } from './one-loan.tsx';
import type { RecordSearch } from './record-search.ts';

const route = getRouteApi('/record');

export function RecordPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error } = useQuery(todayQuery);
  const move = (change: RecordSearch) => void navigate({ search: (old) => ({ ...old, ...change }) });
  return (
    <Stack gap="lg">
      <Title order={1}>Record payments</Title>
      {error && <Trouble error={error} />}
      <Tabs
        value={search.view ?? 'loan'}
        onChange={(view) => move({ view: view === 'month' ? 'month' : undefined })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="loan">One loan</Tabs.Tab>
          <Tabs.Tab value="month">A month</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="loan">{data && <OneLoan today={data.today} />}</Tabs.Panel>
        <Tabs.Panel value="month">
          {data && (
            <MonthList
              key={`${search.month} ${search.overdue} ${search.after}`}
              month={search.month ?? monthOf(data.today)}
              withOverdue={search.overdue === 'too'}
              after={search.after}
              move={move}
            />
          )}
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
