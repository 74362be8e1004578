// What was agreed.

import { Card, SimpleGrid, Text } from '@mantine/core';
import type { Loan } from '../../api/shapes.ts';
import { showDate, showInstant } from '../../format/dates.ts';
import { minus, showMoney, showPercent } from '../../format/money.ts';
import { Copy } from '../../parts/copy.tsx';

interface TermProps {
  readonly name: string;
  readonly shown: string;
  readonly exact?: string;
}

function Term({ name, shown, exact }: TermProps) {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0} className="figures" fw={600}>
        {shown} {exact !== undefined && <Copy text={exact} what={name.toLowerCase()} />}
      </Text>
    </div>
  );
}

export function Terms({ loan }: { readonly loan: Loan }) {
  const { amount, currency, rate, term, date, installment, total, recorded_at } = loan;
  const interest = minus(total, amount);
  const money = (text: string) => showMoney(text, currency);
  return (
    <Card withBorder component="section" aria-label="Terms">
      <SimpleGrid component="dl" m={0} cols={{ base: 2, sm: 4 }} spacing="md">
        <Term name="Amount" shown={money(amount)} exact={amount} />
        <Term name="Rate a year" shown={showPercent(rate)} exact={rate} />
        <Term name="Term" shown={`${term} months`} />
        <Term name="Issued" shown={showDate(date)} />
        <Term name="Installment" shown={money(installment)} exact={installment} />
        <Term name="Total" shown={money(total)} exact={total} />
        <Term name="Interest" shown={money(interest)} exact={interest} />
        <Term name="Recorded" shown={showInstant(recorded_at)} />
      </SimpleGrid>
    </Card>
  );
}
