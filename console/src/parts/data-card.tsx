// A chart with its table and its file, or a table alone: one heading, the same data three ways.

import {
  ActionIcon,
  Card,
  CopyButton,
  Group,
  SegmentedControl,
  Skeleton,
  Text,
  Title,
  Tooltip,
} from '@mantine/core';
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react';
import { type ReactNode, Suspense, useState } from 'react';
import { DataTable } from './data-table.tsx';
import { csvOf, download, type TableData, tabbedOf } from './table-data.ts';
import { Trouble } from './trouble.tsx';

interface DataCardProps {
  readonly title: string;
  readonly about?: ReactNode;
  /** Undefined while it is not known. */
  readonly data: TableData | undefined;
  readonly error?: Error | null;
  readonly retry?: () => void;
  /** Without its end. */
  readonly fileName: string;
  readonly height: number;
  /** Of the table; a table without a chart is shown whole unless given. */
  readonly maxHeight?: number;
  /** Drawn when the data is there; without it the card is its table. */
  readonly chart?: () => ReactNode;
  readonly beside?: ReactNode;
  readonly below?: ReactNode;
}

function Tools({ title, fileName, data }: { title: string; fileName: string; data: TableData }) {
  return (
    <Group gap={2} wrap="nowrap">
      <CopyButton value={tabbedOf(data)} timeout={1500}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : 'Copy the table'}>
            <ActionIcon variant="subtle" color="gray" aria-label={`Copy the table: ${title}`} onClick={copy}>
              {copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
      <Tooltip label="Download as CSV">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Download as CSV: ${title}`}
          onClick={() => download(`${fileName}.csv`, csvOf(data))}
        >
          <IconDownload size={18} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

export function DataCard(props: DataCardProps) {
  const { title, about, data, error, retry, fileName, height, maxHeight, chart, beside, below } = props;
  const [view, setView] = useState('chart');
  const isTable = chart === undefined || view === 'table';
  return (
    <Card withBorder component="section" aria-label={title}>
      <Group justify="space-between" align="flex-start" mb="sm" gap="xs">
        <div>
          <Title order={2} size="h4">
            {title}
          </Title>
          {about !== undefined && (
            <Text size="sm" c="dimmed">
              {about}
            </Text>
          )}
        </div>
        <Group gap="xs">
          {beside}
          {chart !== undefined && (
            <SegmentedControl
              size="xs"
              aria-label={`${title}: as`}
              value={view}
              onChange={setView}
              data={[
                { value: 'chart', label: 'Chart' },
                { value: 'table', label: 'Table' },
              ]}
            />
          )}
          {data !== undefined && <Tools title={title} fileName={fileName} data={data} />}
        </Group>
      </Group>
      {error ? (
        <Trouble error={error} {...(retry === undefined ? {} : { retry })} />
      ) : data === undefined ? (
        <Skeleton height={height} />
      ) : isTable ? (
        <DataTable
          caption={title}
          data={data}
          maxHeight={maxHeight ?? (chart === undefined ? 'none' : height)}
        />
      ) : (
        <Suspense fallback={<Skeleton height={height} />}>{chart()}</Suspense>
      )}
      {below}
    </Card>
  );
}
