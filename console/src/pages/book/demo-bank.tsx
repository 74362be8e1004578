// A made-up bank: how it is begun from an empty book, and how far it is. The book fills before the visitor's eyes.

import { Alert, Button, Card, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { startDemo } from '../../api/actions.ts';
import { demoQuery } from '../../api/demo-queries.ts';
import { queryClient, refreshFigures } from '../../api/query-client.ts';
import type { Demo } from '../../api/shapes.ts';
import { showDate } from '../../format/dates.ts';
import { showCount } from '../../format/money.ts';
import { useMay } from '../../parts/session.ts';
import { Trouble } from '../../parts/trouble.tsx';

/** The offer to begin, for whoever may. */
export function DemoOffer() {
  const mayStart = useMay('admin');
  const { data } = useQuery({ ...demoQuery, enabled: mayStart });
  const starting = useMutation({
    mutationFn: startDemo,
    onSuccess: (demo) => queryClient.setQueryData(demoQuery.queryKey, demo),
  });
  if (!mayStart || !data?.can_start) return null;
  return (
    <Stack gap="xs" mt="sm" align="flex-start">
      <Text size="sm">
        Only looking around? A made-up bank shows every page at work: {showCount(data.loans_default)} loans
        over ten years, with late payers, defaults and corrections. It stays in this database.
      </Text>
      <Button size="xs" variant="default" loading={starting.isPending} onClick={() => starting.mutate()}>
        Fill the book with a made-up bank
      </Button>
      {starting.error && <Trouble error={starting.error} />}
    </Stack>
  );
}

/** How far a run is, while there is one. */
export function DemoProgress() {
  const { data } = useQuery(demoQuery);
  const run = data?.run ?? undefined;
  const progress = run && `${run.state} ${run.day}`;
  // With every look at a run that goes on the figures are others, and once more at its end.
  const [seen, setSeen] = useState<string>();
  useEffect(() => {
    if (seen !== undefined && progress !== seen) void refreshFigures(([first]) => first !== 'demo');
    setSeen(progress);
  }, [progress, seen]);
  if (run?.state === 'running') return <Running run={run} />;
  if (run?.state === 'failed') return <Failed fault={run.fault} />;
  return null;
}

type Run = NonNullable<Demo['run']>;

function Running({ run }: { run: Run }) {
  const left = run.seconds_left === null ? '' : `, about ${showCount(run.seconds_left)} s left`;
  const pace = `${showCount(run.records_per_second)} records a second${left}`;
  return (
    <Card withBorder component="section" aria-label="Made-up bank">
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={2} size="h4">
            A made-up bank lives through its years
          </Title>
          <Text size="sm" role="status">
            {run.day === null ? 'It opens its doors' : `${showDate(run.day)}: ${pace}`}
          </Text>
        </Group>
        <Progress value={100 * run.part} size="lg" aria-label="Made-up bank: records made" />
        <Text size="sm" c="dimmed">
          {showCount(run.records)} records so far, each through the ledger on its day.
        </Text>
      </Stack>
    </Card>
  );
}

function Failed({ fault }: { fault: string | null }) {
  const [isOpen, setOpen] = useState(true);
  if (!isOpen) return null;
  return (
    <Alert
      color="red"
      variant="outline"
      role="alert"
      title="The made-up bank ended early"
      withCloseButton
      closeButtonLabel="Close"
      onClose={() => setOpen(false)}
    >
      {fault ?? 'What it recorded until then is sound.'}
    </Alert>
  );
}
