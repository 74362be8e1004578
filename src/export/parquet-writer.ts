// Parquet out, by hyparquet-writer: a row group whenever enough rows are together, and at the end the footer, without
// which no reader takes the file for whole. Money and rates are DECIMAL, dates DATE, instants TIMESTAMP in UTC.

import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { Column, ColumnType, Row, Value } from './export-columns.ts';
import type { RowWriter } from './row-writer.ts';

const ROW_GROUP_ROWS = 20_000;

/** Digits that 64 bits hold. */
const INT64_DIGITS = 18;
/** The bytes of a decimal of 38 digits. */
const DECIMAL_BYTES = 16;

/** A writer whose bytes are taken away as they come; only the place in the file goes on. */
class TakenWriter extends ByteWriter {
  take(): Uint8Array {
    const bytes = this.getBytes().slice();
    this.index = 0;
    return bytes;
  }
}

type TypeElement = Omit<SchemaElement, 'name'>;

function elementOf(type: ColumnType): TypeElement {
  switch (type.kind) {
    case 'text':
      return { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
    case 'integer':
      return { type: 'INT32' };
    case 'date':
      return { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } };
    case 'instant':
      return {
        type: 'INT64',
        converted_type: 'TIMESTAMP_MILLIS',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
      };
    case 'decimal': {
      const { digits: precision, places: scale } = type;
      const physical: TypeElement =
        precision <= INT64_DIGITS
          ? { type: 'INT64' }
          : { type: 'FIXED_LEN_BYTE_ARRAY', type_length: DECIMAL_BYTES };
      const logical_type = { type: 'DECIMAL', precision, scale } as const;
      return { ...physical, converted_type: 'DECIMAL', precision, scale, logical_type };
    }
  }
}

function schemaOf(columns: readonly Column[]): SchemaElement[] {
  return [
    { name: 'schema', num_children: columns.length },
    ...columns.map(
      ({ name, type, nullable }): SchemaElement => ({
        name,
        repetition_type: nullable ? 'OPTIONAL' : 'REQUIRED',
        ...elementOf(type),
      }),
    ),
  ];
}

/** `facts` stand in the file's own metadata. */
export function parquetWriter(
  columns: readonly Column[],
  facts: Readonly<Record<string, string>>,
): RowWriter {
  const bytes = new TakenWriter();
  const file = new ParquetWriter({
    writer: bytes,
    schema: schemaOf(columns),
    createdBy: 'james',
    kvMetadata: Object.entries(facts).map(([key, value]) => ({ key, value })),
  });
  let waiting: Row[] = [];
  const writeGroup = (rows: readonly Row[]): void => {
    if (rows.length === 0) return;
    const columnData = columns.map(({ name }, index) => ({
      name,
      data: rows.map((row) => row[index] as Value),
    }));
    file.write({ columnData, rowGroupSize: rows.length });
  };
  return {
    write(rows) {
      waiting.push(...rows);
      if (waiting.length >= ROW_GROUP_ROWS) {
        writeGroup(waiting);
        waiting = [];
      }
      return bytes.take();
    },
    end() {
      writeGroup(waiting);
      waiting = [];
      file.finish();
      return bytes.take();
    },
  };
}
