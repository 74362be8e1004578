// A month, chosen by steps or from the months around it.

import { ActionIcon, Group, NativeSelect } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { addMonths, monthOf, showMonth } from '../../format/dates.ts';

const AROUND = 24;

interface MonthFieldProps {
  readonly month: string;
  readonly onMonth: (month: string) => void;
}

function moved(month: string, months: number): string {
  return monthOf(addMonths(`${month}-01`, months));
}

export function MonthField({ month, onMonth }: MonthFieldProps) {
  const months = Array.from({ length: 2 * AROUND + 1 }, (_, place) => moved(month, place - AROUND));
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <ActionIcon
        variant="default"
        size={36}
        aria-label="Month before"
        onClick={() => onMonth(moved(month, -1))}
      >
        <IconChevronLeft size={18} />
      </ActionIcon>
      <NativeSelect
        label="Month"
        value={month}
        onChange={(event) => onMonth(event.currentTarget.value)}
        data={months.map((value) => ({ value, label: showMonth(value) }))}
      />
      <ActionIcon
        variant="default"
        size={36}
        aria-label="Month after"
        onClick={() => onMonth(moved(month, 1))}
      >
        <IconChevronRight size={18} />
      </ActionIcon>
    </Group>
  );
}
