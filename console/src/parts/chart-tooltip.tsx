// What a chart tells where the pointer stands: the exact figures of that date, as its table has them.

import { ColorSwatch, Group, Paper, Stack, Text } from '@mantine/core';

export interface TooltipLine {
  readonly name: string;
  readonly color: string;
  readonly shown: string;
}

interface ChartTooltipProps {
  readonly heading: string;
  readonly lines: readonly TooltipLine[];
}

/** A colour of the theme as CSS: `pine.6`. */
function cssOf(color: string): string {
  return `var(--mantine-color-${color.replace('.', '-')})`;
}

export function ChartTooltip({ heading, lines }: ChartTooltipProps) {
  return (
    <Paper withBorder shadow="md" px="sm" py="xs">
      <Text size="sm" fw={600} mb={4}>
        {heading}
      </Text>
      <Stack gap={2}>
        {lines.map(({ name, color, shown }) => (
          <Group key={name} justify="space-between" gap="lg" wrap="nowrap">
            <Group gap={6} wrap="nowrap">
              <ColorSwatch color={cssOf(color)} size={10} withShadow={false} />
              <Text size="sm">{name}</Text>
            </Group>
            <Text size="sm" className="figures">
              {shown}
            </Text>
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
