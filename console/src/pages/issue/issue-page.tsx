// Issuing a loan: a form with a live quote beside it. What the server refuses stands at its field; what was typed stays.

import { Button, Card, Grid, Group, NumberInput, Stack, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { issueLoan } from '../../api/actions.ts';
import { JamesError } from '../../api/james.ts';
import { quoteQuery, type TermsAsked } from '../../api/loan-queries.ts';
import { refreshFigures } from '../../api/query-client.ts';
import { todayQuery } from '../../api/session-queries.ts';
import { DateField } from '../../parts/date-field.tsx';
import { useIntention } from '../../parts/intention.ts';
import { tell } from '../../parts/told.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { decimalOf, shiftedPoint } from './decimal-text.ts';
import { QuoteCard } from './quote-card.tsx';

const PAUSE_MS = 250;

interface Draft {
  readonly reference: string;
  readonly amount: string;
  readonly term: string;
  /** In percent a year, as people say it. */
  readonly rate: string;
  /** Undefined: today. */
  readonly date: string | undefined;
}

const EMPTY: Draft = { reference: '', amount: '', term: '', rate: '', date: undefined };

/** What the form asks for; undefined while something is missing. */
function termsOf({ amount, term, rate, date }: Draft, today: string | undefined): TermsAsked | undefined {
  const asked = {
    amount: decimalOf(amount),
    term: Number(term),
    rate: shiftedPoint(rate),
    date: date ?? today,
  };
  if (asked.amount === undefined || asked.rate === undefined || asked.date === undefined || term === '')
    return undefined;
  return { amount: asked.amount, term: asked.term, rate: asked.rate, date: asked.date };
}

const FIELDS = ['/reference', '/amount', '/term', '/rate', '/date'];

/** What the server says of a field. */
function faultsOf(...errors: (Error | null)[]): ReadonlyMap<string, string> {
  const said = errors.flatMap((error) => (error instanceof JamesError ? error.error.errors : []));
  return new Map(said.map(({ pointer, detail }) => [pointer, detail]));
}

export function IssuePage() {
  const { data: now } = useQuery(todayQuery);
  const [draft, setDraft] = useState(EMPTY);
  const navigate = useNavigate();
  const intention = useIntention();
  const terms = termsOf(draft, now?.today);
  const [settled] = useDebouncedValue(terms, PAUSE_MS);
  const quote = useQuery(quoteQuery(settled));
  const issuing = useMutation({
    mutationFn: (asked: TermsAsked & { reference: string | null }) =>
      issueLoan(asked, intention.keyFor(asked)),
    onSuccess: async (loan) => {
      intention.done();
      tell(`${loan.reference ?? 'The loan'} is issued.`);
      void navigate({ to: '/loans/$id', params: { id: loan.id } });
      await refreshFigures();
    },
  });
  const faults = faultsOf(settled === undefined ? null : quote.error, issuing.error);
  const set = (change: Partial<Draft>) => {
    issuing.reset();
    setDraft((old) => ({ ...old, ...change }));
  };
  return (
    <Stack gap="lg">
      <Title order={1}>Issue a loan</Title>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 5, xl: 4 }}>
          <Card withBorder component="section" aria-label="The new loan">
            <form
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                const reference = draft.reference.trim();
                if (terms !== undefined && !issuing.isPending)
                  issuing.mutate({ ...terms, reference: reference === '' ? null : reference });
              }}
            >
              <Stack>
                <TextInput
                  label="Reference"
                  description="The bank’s own number for the loan, if it has one."
                  autoFocus
                  value={draft.reference}
                  onChange={(event) => set({ reference: event.currentTarget.value })}
                  error={faults.get('/reference')}
                />
                <NumberInput
                  label={`Amount${now === undefined ? '' : ` (${now.currency})`}`}
                  required
                  hideControls
                  thousandSeparator=" "
                  allowNegative={false}
                  valueIsNumericString
                  value={draft.amount}
                  onChange={(value) => set({ amount: String(value) })}
                  error={faults.get('/amount')}
                />
                <Group grow align="flex-start">
                  <NumberInput
                    label="Term"
                    required
                    suffix=" months"
                    allowNegative={false}
                    allowDecimal={false}
                    min={1}
                    max={1200}
                    clampBehavior="none"
                    value={draft.term}
                    onChange={(value) => set({ term: String(value) })}
                    error={faults.get('/term')}
                  />
                  <NumberInput
                    label="Rate a year"
                    required
                    hideControls
                    suffix=" %"
                    allowNegative={false}
                    valueIsNumericString
                    value={draft.rate}
                    onChange={(value) => set({ rate: String(value) })}
                    error={faults.get('/rate')}
                  />
                </Group>
                <DateField
                  label="Origination date"
                  required
                  value={draft.date ?? now?.today}
                  onDate={(date) => set({ date })}
                  error={faults.get('/date')}
                />
                {issuing.error && <Trouble error={issuing.error} shown={FIELDS} />}
                <Button type="submit" loading={issuing.isPending} disabled={terms === undefined}>
                  Issue the loan
                </Button>
              </Stack>
            </form>
          </Card>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7, xl: 8 }}>
          <QuoteCard
            quote={terms === undefined || quote.error ? undefined : quote.data}
            error={settled === undefined ? null : quote.error}
            isComplete={terms !== undefined}
          />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
