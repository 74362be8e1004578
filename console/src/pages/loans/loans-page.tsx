// Loans, a page at a time, by cursor; nothing ever loads the whole list. What is asked for stands in the address.

import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowRight, IconChevronsLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { loansQuery } from '../../api/loan-queries.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { LoanFilters, type LoansSearch } from './loan-filters.tsx';
import { LoanTable } from './loan-table.tsx';

const route = getRouteApi('/loans');
const PAGE = 50;

export function LoansPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const loans = useQuery(
    loansQuery({
      reference: search.reference,
      status: search.status,
      date_from: search.from,
      date_to: search.to,
      days_past_due_min: search.past_due,
      after: search.after,
      limit: PAGE,
    }),
  );
  const move = (change: LoansSearch) =>
    void navigate({ search: (old) => ({ ...old, after: undefined, ...change }) });
  const { reference, status, from, to, past_due } = search;
  const isFiltered = [reference, status, from, to, past_due].some((value) => value !== undefined);
  const next = loans.data?.next;
  return (
    <Stack gap="lg">
      <Title order={1}>Loans</Title>
      <LoanFilters search={search} move={move} />
      {loans.error ? (
        <Trouble error={loans.error} retry={() => void loans.refetch()} />
      ) : (
        <Card withBorder p={0} component="section" aria-label="Loans found" aria-busy={loans.isFetching}>
          <LoanTable loans={loans.data?.data} isFiltered={isFiltered} isStale={loans.isPlaceholderData} />
        </Card>
      )}
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {loans.data === undefined
            ? 'Loading …'
            : `${loans.data.data.length} ${loans.data.data.length === 1 ? 'loan' : 'loans'} on this page`}
        </Text>
        <Group>
          {search.after !== undefined && (
            <Button
              variant="default"
              leftSection={<IconChevronsLeft size={16} />}
              onClick={() => move({ after: undefined })}
            >
              First page
            </Button>
          )}
          <Button
            variant="default"
            rightSection={<IconArrowRight size={16} />}
            disabled={!next}
            onClick={() => move({ after: next ?? undefined })}
          >
            Next page
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
