// How an import goes on, and what became of its rows.

import {
  Alert,
  Button,
  Card,
  Group,
  Progress,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { cancelImport } from '../../api/actions.ts';
import { importQuery } from '../../api/import-queries.ts';
import { refreshFigures } from '../../api/query-client.ts';
import type { Import } from '../../api/shapes.ts';
import { showCount } from '../../format/money.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { JAMES_URL } from '../../place.ts';
import { STATES } from './import-list.tsx';

function Count({ name, count }: { name: string; count: number }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text className="figures" fz={20} fw={650}>
        {showCount(count)}
      </Text>
    </div>
  );
}

function pace({ rows_per_second, seconds_left }: Import): string {
  if (rows_per_second === null) return '';
  const left = seconds_left === null ? '' : `, about ${showCount(seconds_left)} s left`;
  return `${showCount(rows_per_second)} rows a second${left}`;
}

export function ImportProgress({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuery(importQuery(id));
  const ending = useMutation({ mutationFn: () => cancelImport(id), onSettled: () => refetch() });
  const hasEnded = data !== undefined && data.ended_at !== null;
  useEffect(() => {
    if (hasEnded) void refreshFigures((queryKey) => queryKey[0] !== 'import');
  }, [hasEnded]);
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Skeleton height={180} />;
  const title = data.dry_run ? `Trial of ${data.kind}` : `Import of ${data.kind}`;
  const share = data.rows === 0 ? (hasEnded ? 100 : 0) : (100 * data.rows_read) / data.rows;
  return (
    <Card withBorder component="section" aria-label={title}>
      <Stack>
        <Group justify="space-between">
          <Title order={2} size="h4">
            {title}
          </Title>
          <Text size="sm" role="status">
            {STATES[data.state]}
            {!hasEnded && ` ${pace(data)}`}
          </Text>
        </Group>
        <Progress value={share} size="lg" aria-label={`${title}: rows decided`} />
        {data.state === 'failed' && (
          <Alert color="red" variant="outline" role="alert" title="The import failed">
            {data.reason}
          </Alert>
        )}
        <SimpleGrid cols={{ base: 2, sm: 4 }}>
          <Count name={data.dry_run ? 'Would be booked' : 'Booked'} count={data.accepted} />
          <Count name="Recorded before" count={data.skipped} />
          <Count name="Rejected" count={data.rejected} />
          <Count name="Rows" count={data.rows} />
        </SimpleGrid>
        {ending.error && <Trouble error={ending.error} />}
        <Group>
          {data.rejected > 0 && (
            <Button
              component="a"
              variant="default"
              leftSection={<IconDownload size={16} />}
              href={`${JAMES_URL}/v1/imports/${encodeURIComponent(id)}/rejects`}
              download={`import-${id}.rejects.csv`}
            >
              Download the rejected rows
            </Button>
          )}
          {!hasEnded && (
            <Button variant="default" loading={ending.isPending} onClick={() => ending.mutate()}>
              End it here
            </Button>
          )}
        </Group>
        {data.rejected > 0 && hasEnded && (
          <Text size="sm" c="dimmed">
            The file names line, field and reason of each. Correct it and import it as it is: what is recorded
            already is skipped.
          </Text>
        )}
      </Stack>
    </Card>
  );
}
