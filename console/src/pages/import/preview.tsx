// The first rows of a file, and which column of it is which column of James.

import { NativeSelect, SimpleGrid, Text, Title } from '@mantine/core';
import { DataTable } from '../../parts/data-table.tsx';
import { cell } from '../../parts/table-data.ts';
import { COLUMNS, type ImportKind, type Mapping } from './column-mapping.ts';
import type { FileHead } from './file-head.ts';

interface PreviewProps {
  readonly kind: ImportKind;
  readonly head: FileHead;
  readonly mapping: Mapping;
  readonly onMapping: (mapping: Mapping) => void;
}

const NONE = '';

export function Preview({ kind, head, mapping, onMapping }: PreviewProps) {
  const { required, optional } = COLUMNS[kind];
  const choices = head.columns.map((name, place) => ({ value: String(place), label: name }));
  // Of a zipped file, and of JSON, the names can't be changed on the way.
  const isFixed = head.headerBytes === 0;
  const data = {
    columns: [
      { title: 'Row', isFigure: true },
      ...head.columns.map((title, place) => ({ title: title === '' ? `Column ${place + 1}` : title })),
    ],
    rows: head.rows.map((row, number) => [
      cell(number + 1),
      ...head.columns.map((_, place) => cell(row[place] ?? '')),
    ]),
  };
  return (
    <>
      <Title order={2} size="h4">
        Which column is which
      </Title>
      {isFixed && (
        <Text size="sm" c="dimmed">
          {head.isGzip ? 'A zipped file' : 'A file of JSON objects'} must name its columns as James does.
        </Text>
      )}
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }}>
        {[...required, ...optional].map((column) => (
          <NativeSelect
            key={column}
            label={column}
            required={required.includes(column)}
            disabled={isFixed}
            value={mapping[column] === undefined ? NONE : String(mapping[column])}
            onChange={({ currentTarget: { value } }) =>
              onMapping({ ...mapping, [column]: value === NONE ? undefined : Number(value) })
            }
            data={[{ value: NONE, label: '–' }, ...choices]}
          />
        ))}
      </SimpleGrid>
      <DataTable caption="First rows of the file" data={data} />
    </>
  );
}
