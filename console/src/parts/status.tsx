// A loan's status, in words and colour.

import { Badge } from '@mantine/core';

const STATUSES = {
  active: { name: 'Active', color: 'pine' },
  paid_off: { name: 'Paid off', color: 'gray' },
  reversed: { name: 'Reversed', color: 'red' },
} as const;

export type LoanStatus = keyof typeof STATUSES;

export function Status({ status }: { readonly status: LoanStatus }) {
  const { name, color } = STATUSES[status];
  return (
    <Badge color={color} variant="outline" tt="none" fw={600}>
      {name}
    </Badge>
  );
}
