// Importing a file: drop it, see what it holds, say which column is which, try it, import it. The import goes on in James
// whatever becomes of this page; its address has the import, so one can come back.

import { Button, Card, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { createImport } from '../../api/actions.ts';
import { useIntention } from '../../parts/intention.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { guessed, type ImportKind, type Mapping, mappedFile, missing } from './column-mapping.ts';
import { FileDrop } from './file-drop.tsx';
import { type FileHead, headOf } from './file-head.ts';
import { ImportList } from './import-list.tsx';
import { ImportProgress } from './import-progress.tsx';
import { Preview } from './preview.tsx';

export interface ImportSearch {
  readonly id?: string | undefined;
}

const route = getRouteApi('/import');

interface Chosen {
  readonly file: File;
  readonly head: FileHead;
  readonly mapping: Mapping;
}

export function ImportPage() {
  const { id } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (shown: string | undefined) => void navigate({ search: { id: shown } });
  const [kind, setKind] = useState<ImportKind>('loans');
  const [chosen, setChosen] = useState<Chosen>();
  const intention = useIntention();
  const reading = useMutation({
    mutationFn: async (file: File) => ({ file, head: await headOf(file) }),
    onSuccess: ({ file, head }) => setChosen({ file, head, mapping: guessed(kind, head.columns) }),
  });
  const sending = useMutation({
    mutationFn: ({ file, head, mapping, dryRun }: Chosen & { dryRun: boolean }) => {
      const { name, size, lastModified } = file;
      const key = intention.keyFor([name, size, lastModified, kind, mapping, dryRun]);
      const sent = mappedFile(kind, file, head, mapping);
      return createImport({ kind, format: head.format, dryRun, file: sent, isGzip: head.isGzip }, key);
    },
    onSuccess: (begun) => {
      intention.done();
      show(begun.id);
    },
  });
  const lacks = chosen === undefined ? [] : missing(kind, chosen.mapping);
  return (
    <Stack gap="lg">
      <Title order={1}>Import</Title>
      <Card withBorder component="section" aria-label="File">
        <Stack>
          <Group>
            <Text size="sm" fw={500} id="import-kind">
              The rows are
            </Text>
            <SegmentedControl
              aria-labelledby="import-kind"
              value={kind}
              onChange={(value) => {
                setKind(value as ImportKind);
                if (chosen)
                  setChosen({ ...chosen, mapping: guessed(value as ImportKind, chosen.head.columns) });
              }}
              data={[
                { value: 'loans', label: 'Loans' },
                { value: 'payments', label: 'Payments' },
              ]}
            />
          </Group>
          <FileDrop
            name={chosen?.file.name}
            isReading={reading.isPending}
            onFile={(file) => {
              setChosen(undefined);
              sending.reset();
              reading.mutate(file);
            }}
          />
          {reading.error && <Trouble error={reading.error} />}
        </Stack>
      </Card>
      {chosen && (
        <Card withBorder component="section" aria-label="Columns">
          <Stack>
            <Preview
              kind={kind}
              head={chosen.head}
              mapping={chosen.mapping}
              onMapping={(mapping) => setChosen({ ...chosen, mapping })}
            />
            {sending.error && <Trouble error={sending.error} />}
            <Group justify="flex-end">
              {lacks.length > 0 && (
                <Text size="sm" c="var(--james-bad)" role="status">
                  Choose a column for {lacks.join(', ')}.
                </Text>
              )}
              <Button
                variant="default"
                disabled={lacks.length > 0}
                loading={sending.isPending}
                onClick={() => sending.mutate({ ...chosen, dryRun: true })}
              >
                Try without booking
              </Button>
              <Button
                disabled={lacks.length > 0}
                loading={sending.isPending}
                onClick={() => sending.mutate({ ...chosen, dryRun: false })}
              >
                Import
              </Button>
            </Group>
          </Stack>
        </Card>
      )}
      {id !== undefined && <ImportProgress id={id} />}
      <ImportList shown={id} onShow={show} />
    </Stack>
  );
}
