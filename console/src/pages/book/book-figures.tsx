// Value, principal, volume and portfolio at risk, each with its change since a month before.

import { SimpleGrid, Text } from '@mantine/core';
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import type { Arrears, Outstanding } from '../../api/shapes.ts';
import { showDate } from '../../format/dates.ts';
import {
  minus,
  showChange,
  showCount,
  showCountChange,
  showMoney,
  showPercent,
  signOf,
} from '../../format/money.ts';
import { FigureCard } from '../../parts/figure-card.tsx';
import { Trouble } from '../../parts/trouble.tsx';

function Change({ shown, sign, since }: { shown: string; sign: number; since: string }) {
  const Arrow = sign > 0 ? IconArrowUpRight : sign < 0 ? IconArrowDownRight : IconArrowRight;
  return (
    <Text span size="sm" inherit>
      <Arrow size={14} aria-hidden style={{ verticalAlign: -2 }} /> {shown} since {showDate(since)}
    </Text>
  );
}

interface BookFiguresProps {
  readonly now: Outstanding | undefined;
  readonly before: Outstanding | undefined;
  readonly arrears: Arrears | undefined;
  readonly error: Error | null;
}

export function BookFigures({ now, before, arrears, error }: BookFiguresProps) {
  if (error) return <Trouble error={error} />;
  const money = (member: 'value' | 'principal') => {
    if (now === undefined || before === undefined) return undefined;
    const change = minus(now[member], before[member]);
    return <Change shown={showChange(change, now.currency)} sign={signOf(change)} since={before.as_of} />;
  };
  const par = arrears?.par.find(({ days }) => days === 30);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} aria-live="polite">
      <FigureCard
        label="Outstanding value"
        shown={now && showMoney(now.value, now.currency)}
        exact={now?.value}
        note={money('value')}
      />
      <FigureCard
        label="Outstanding principal"
        shown={now && showMoney(now.principal, now.currency)}
        exact={now?.principal}
        note={money('principal')}
      />
      <FigureCard
        label="Volume"
        shown={now && `${showCount(now.volume)} ${now.volume === 1 ? 'loan' : 'loans'}`}
        exact={now && String(now.volume)}
        note={
          now &&
          before && (
            <Change
              shown={showCountChange(now.volume - before.volume)}
              sign={Math.sign(now.volume - before.volume)}
              since={before.as_of}
            />
          )
        }
      />
      <FigureCard
        label="PAR 30"
        shown={par && (par.ratio === null ? '–' : showPercent(par.ratio))}
        exact={par?.ratio ?? undefined}
        note={
          par &&
          arrears &&
          `${showMoney(par.principal, arrears.currency)} of ${showMoney(par.of, arrears.currency)}`
        }
      />
    </SimpleGrid>
  );
}
