// One figure: what it is, how much, and how it changed.

import { Card, Group, Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Copy } from './copy.tsx';

const LARGEST_PX = 24;
const SMALLEST_PX = 13;
/** How wide a bold digit is, of its height. */
const DIGIT_WIDTH = 0.63;

/** As large as the card has room for: the billions of a big book are read whole. */
function sizeOf(shown: string): string {
  const fitting = 100 / (DIGIT_WIDTH * Math.max(shown.length, 1));
  return `clamp(${SMALLEST_PX}px, ${fitting.toFixed(2)}cqi, ${LARGEST_PX}px)`;
}

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
        <div className="figure-room">
          <Text className="figures" fz={sizeOf(shown ?? '0')} fw={650} lh="32px" truncate title={shown}>
            {shown ?? '0'}
          </Text>
        </div>
      </Skeleton>
      <Text size="sm" c="dimmed" className="figures" mih={22} component="div">
        {note}
      </Text>
    </Card>
  );
}
