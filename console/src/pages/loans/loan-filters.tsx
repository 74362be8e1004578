// What narrows the list of loans: a reference or an id, status, origination, days past due.

import { ActionIcon, Button, Card, Group, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { isId } from '../../api/loan-queries.ts';
import { DateField } from '../../parts/date-field.tsx';
import type { LoanStatus } from '../../parts/status.tsx';

export interface LoansSearch {
  readonly reference?: string | undefined;
  readonly status?: LoanStatus | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly past_due?: number | undefined;
  readonly after?: string | undefined;
}

interface LoanFiltersProps {
  readonly search: LoansSearch;
  readonly move: (change: LoansSearch) => void;
}

function SearchField({ search, move }: LoanFiltersProps) {
  const [text, setText] = useState(search.reference ?? '');
  const field = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  useEffect(() => setText(search.reference ?? ''), [search.reference]);
  useHotkeys([['/', () => field.current?.focus()]]);
  return (
    <search>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const asked = text.trim();
          if (isId(asked)) void navigate({ to: '/loans/$id', params: { id: asked.toLowerCase() } });
          else move({ reference: asked === '' ? undefined : asked });
        }}
      >
        <Group align="flex-end" gap="xs" wrap="nowrap">
          <TextInput
            ref={field}
            label="Reference or id"
            placeholder="LC2007-00001"
            aria-keyshortcuts="/"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            flex={1}
            rightSection={
              text !== '' && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label="Clear the search"
                  onClick={() => {
                    setText('');
                    move({ reference: undefined });
                  }}
                >
                  <IconX size={14} />
                </ActionIcon>
              )
            }
          />
          <Button type="submit" leftSection={<IconSearch size={16} />}>
            Find
          </Button>
        </Group>
      </form>
    </search>
  );
}

const ANY = '';

export function LoanFilters({ search, move }: LoanFiltersProps) {
  const { status, from, to, past_due } = search;
  return (
    <Card withBorder component="section" aria-label="Filters">
      <SearchField search={search} move={move} />
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm" mt="sm">
        <NativeSelect
          label="Status"
          value={status ?? ANY}
          onChange={(event) => move({ status: (event.currentTarget.value || undefined) as LoanStatus })}
          data={[
            { value: ANY, label: 'Any' },
            { value: 'active', label: 'Active' },
            { value: 'paid_off', label: 'Paid off' },
            { value: 'reversed', label: 'Reversed' },
          ]}
        />
        <NativeSelect
          label="Past due today"
          value={past_due === undefined ? ANY : String(past_due)}
          onChange={({ currentTarget: { value } }) =>
            move({ past_due: value === ANY ? undefined : Number(value) })
          }
          data={[
            { value: ANY, label: 'Any' },
            ...[1, 31, 61, 91].map((days) => ({
              value: String(days),
              label: days === 1 ? 'At least a day' : `More than ${days - 1} days`,
            })),
            ...(past_due === undefined || [1, 31, 61, 91].includes(past_due)
              ? []
              : [{ value: String(past_due), label: `At least ${past_due} days` }]),
          ]}
        />
        <DateField label="Issued from" value={from} onDate={(date) => move({ from: date })} clears />
        <DateField label="Issued to" value={to} onDate={(date) => move({ to: date })} clears />
      </SimpleGrid>
    </Card>
  );
}
