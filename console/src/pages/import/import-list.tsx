// Imports, the latest first.

import { Button, Card, ScrollArea, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { importsQuery } from '../../api/import-queries.ts';
import type { Import } from '../../api/shapes.ts';
import { showInstant } from '../../format/dates.ts';
import { showCount } from '../../format/money.ts';
import { Trouble } from '../../parts/trouble.tsx';

export const STATES: Readonly<Record<Import['state'], string>> = {
  receiving: 'File is coming in',
  waiting: 'Waits for its turn',
  running: 'Under way',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Ended early',
};

interface ImportListProps {
  readonly shown: string | undefined;
  readonly onShow: (id: string) => void;
}

export function ImportList({ shown, onShow }: ImportListProps) {
  const { data, error } = useQuery(importsQuery);
  const others = data?.data.filter(({ id }) => id !== shown);
  if (error) return <Trouble error={error} />;
  if (others === undefined || others.length === 0) return null;
  return (
    <Card withBorder component="section" aria-label="Imports before">
      <Title order={2} size="h4" mb="xs">
        Imports before
      </Title>
      <ScrollArea.Autosize
        type="auto"
        offsetScrollbars="present"
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'Table of imports' }}
      >
        <Table aria-label="Imports before">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Begun</Table.Th>
              <Table.Th>Rows</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th className="figure">Booked</Table.Th>
              <Table.Th className="figure">Rejected</Table.Th>
              <Table.Th>By</Table.Th>
              <Table.Th>
                <span className="unseen">Show</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {others.map((one) => (
              <Table.Tr key={one.id}>
                <Table.Td className="nowrap">{showInstant(one.created_at)}</Table.Td>
                <Table.Td>
                  {one.kind}
                  {one.dry_run && (
                    <Text span size="sm" c="dimmed">
                      {' '}
                      (trial)
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>{STATES[one.state]}</Table.Td>
                <Table.Td className="figure">{one.dry_run ? '–' : showCount(one.accepted)}</Table.Td>
                <Table.Td className="figure">{showCount(one.rejected)}</Table.Td>
                <Table.Td>{one.created_by}</Table.Td>
                <Table.Td>
                  <Button
                    size="compact-sm"
                    variant="default"
                    onClick={() => onShow(one.id)}
                    aria-label={`Show the import of ${showInstant(one.created_at)}`}
                  >
                    Show
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </Card>
  );
}
