// One figure: what it is, how much, and how it changed.

import { Card, Group, Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Copy } from './copy.tsx';

interface FigureCardProps {
  readonly label: string;
  /** As shown; undefined while it is not known. */
  readonly shown: string | undefined;
  /** As copied. */
  readonly exact: string | undefined;
  readonly note?: ReactNode;
}

export function FigureCard({ label, shown, exact, note }: FigureCardProps) {
  return (
    <Card withBorder component="section" aria-label={label}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" c="dimmed" fw={500}>
          {label}
        </Text>
        {exact !== undefined && <Copy text={exact} what={label.toLowerCase()} />}
      </Group>
      <Skeleton visible={shown === undefined} mt={4}>
        <Text className="figures" fz={{ base: 22, lg: 20, xl: 24 }} fw={650} lh={1.3} truncate title={shown}>
          {shown ?? '0'}
        </Text>
      </Skeleton>
      <Text size="sm" c="dimmed" className="figures" mih={22} component="div">
        {note}
      </Text>
    </Card>
  );
}
