// A table of data: scrolls within itself on a phone, by keyboard too.

import { ScrollArea, Table } from '@mantine/core';
import type { TableData } from './table-data.ts';

interface DataTableProps {
  readonly caption: string;
  readonly data: TableData;
  readonly maxHeight?: number | string;
}

export function DataTable({ caption, data, maxHeight }: DataTableProps) {
  const { columns, rows } = data;
  return (
    <ScrollArea.Autosize
      mah={maxHeight ?? 'none'}
      type="auto"
      offsetScrollbars="present"
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': caption }}
    >
      <Table
        aria-label={caption}
        striped
        stickyHeader
        horizontalSpacing="xs"
        verticalSpacing={6}
        withRowBorders={false}
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ title, isFigure }) => (
              <Table.Th key={title} className={isFigure ? 'figure' : undefined} scope="col">
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row[0]?.exact}>
              {row.map(({ shown }, place) => (
                <Table.Td
                  key={columns[place]?.title}
                  className={columns[place]?.isFigure ? 'figure' : 'nowrap'}
                >
                  {shown}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
