// All loans whose installment falls due in a month and that have no record for it yet: ticked as made or missed and sent
// together. What is refused stays in the list with its reason and can be sent again, under the same idempotency key.

import { Button, Card, Group, Progress, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useReducer, useRef } from 'react';
import { newKey, recordPayment } from '../../api/actions.ts';
import { loansQuery } from '../../api/loan-queries.ts';
import { refreshFigures } from '../../api/query-client.ts';
import type { Loan } from '../../api/shapes.ts';
import { lastOfMonth, monthOf, showMonth } from '../../format/dates.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { monthState, NOTHING_CHOSEN, progressOf, toSend } from './month-choices.ts';
import { MonthField } from './month-field.tsx';
import { MonthTable } from './month-table.tsx';
import type { RecordSearch } from './record-search.ts';
import { sendAll } from './send-all.ts';

const PAGE = 100;

interface MonthListProps {
  readonly month: string;
  readonly withOverdue: boolean;
  readonly after: string | undefined;
  readonly move: (change: RecordSearch) => void;
}

/** On the due date where it lies in the month, else on the month's first day, never before the loan. */
function dateIn(month: string, loan: Loan): string {
  if (loan.next_due_on !== null && monthOf(loan.next_due_on) === month) return loan.next_due_on;
  return `${month}-01`;
}

export function MonthList({ month, withOverdue, after, move }: MonthListProps) {
  const loans = useQuery({
    ...loansQuery({
      due_from: withOverdue ? undefined : `${month}-01`,
      due_to: lastOfMonth(month),
      without_record_in: month,
      after,
      limit: PAGE,
    }),
    // The list stands still while it is worked on: what was sent stays in it, ticked.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
  });
  const [state, tell] = useReducer(monthState, NOTHING_CHOSEN);
  const keys = useRef(new Map<string, string>());
  const waiting = toSend(state);
  const progress = progressOf(state);

  const send = async () => {
    const ids = waiting;
    tell({ kind: 'send', ids });
    const byId = new Map(loans.data?.data.map((loan) => [loan.id, loan]));
    await sendAll(ids, async (id) => {
      const loan = byId.get(id) as Loan;
      const payment = state.choices.get(id) ?? 'made';
      const content = `${id} ${payment}`;
      const key = keys.current.get(content) ?? newKey();
      keys.current.set(content, key);
      try {
        await recordPayment(id, { payment, date: dateIn(month, loan) }, key);
        tell({ kind: 'sent', id });
      } catch (error) {
        tell({ kind: 'failed', id, error: error as Error });
      }
    });
    await refreshFigures((queryKey) => queryKey[0] !== 'loans');
  };

  return (
    <Stack>
      <Card withBorder component="section" aria-label="Month">
        <Group justify="space-between" align="flex-end">
          <MonthField month={month} onMonth={(chosen) => move({ month: chosen, after: undefined })} />
          <Switch
            label="Also what fell due before"
            checked={withOverdue}
            onChange={(event) =>
              move({ overdue: event.currentTarget.checked ? 'too' : undefined, after: undefined })
            }
          />
        </Group>
      </Card>
      {loans.error ? (
        <Trouble error={loans.error} retry={() => void loans.refetch()} />
      ) : loans.data === undefined ? (
        <Skeleton height={320} />
      ) : (
        <>
          <Card withBorder p={0} component="section" aria-label={`Due in ${showMonth(month)}`}>
            <MonthTable loans={loans.data.data} month={month} state={state} tell={tell} />
          </Card>
          {progress.all > 0 && (
            <Stack gap={4}>
              <Progress.Root size="lg">
                <Progress.Section value={(100 * progress.sent) / progress.all} aria-label="Recorded" />
                <Progress.Section
                  value={(100 * progress.failed) / progress.all}
                  color="red.9"
                  aria-label="Refused"
                />
              </Progress.Root>
              <Text size="sm" role="status" className="figures">
                {progress.sent} of {progress.all} recorded
                {progress.failed > 0 && `, ${progress.failed} not: the list says why`}
              </Text>
            </Stack>
          )}
          <Group className="actions" justify="space-between">
            <Text size="sm" c="dimmed">
              {loans.data.data.length} {loans.data.data.length === 1 ? 'loan' : 'loans'}
              {loans.data.next === null ? '' : ' on this page'}
            </Text>
            <Group>
              {progress.sent > 0 && !progress.isSending && (
                <Button variant="default" onClick={() => move({ after: undefined })} disabled={!after}>
                  First page
                </Button>
              )}
              {loans.data.next !== null && (
                <Button
                  variant="default"
                  disabled={waiting.length > 0 || progress.isSending}
                  onClick={() => move({ after: loans.data.next ?? undefined })}
                >
                  Next page
                </Button>
              )}
              <Button
                disabled={waiting.length === 0}
                loading={progress.isSending}
                onClick={() => void send()}
              >
                {progress.failed > 0 && waiting.length === progress.failed
                  ? `Try ${waiting.length} again`
                  : `Record ${waiting.length}`}
              </Button>
            </Group>
          </Group>
        </>
      )}
    </Stack>
  );
}
