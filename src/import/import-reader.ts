// From the bytes of a file to blocks of rows, lane by lane. It stands on a thread of its own (reading-thread.ts) and holds
// no more of the file than the lines at hand and one unfinished block a lane.

import { laneOfReference } from '../ledger/lanes.ts';
import type { Lane } from '../store/lanes.ts';
import { CsvRecords } from './csv-records.ts';
import { BlockBuilder } from './import-block.ts';
import {
  columnPlaces,
  columnsOf,
  type ImportFormat,
  type ImportKindName,
  kindNamed,
} from './import-kinds.ts';
import { Fault, loanReader, paymentReader, type RowRules, type Values } from './import-rows.ts';
import { NdjsonRecords } from './ndjson-records.ts';
import { type RecordSource, type RowFault, type SourceRecord, wholeFault } from './source-records.ts';

/** Rows of a block. */
const BLOCK_ROWS_MAX = 4_096;
/** What all unfinished blocks may hold together, in rows and in characters. */
const HELD_ROWS_MAX = 65_536;
const HELD_TEXT_MAX = 8 * 1024 * 1024;

/** Rows of one lane, in the order of the file. */
export interface ReadBlock {
  readonly lane: Lane;
  readonly rows: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ImportReading extends RowRules {
  readonly kind: ImportKindName;
  readonly format: ImportFormat;
  /** How many lanes the rows go to. */
  readonly lanes: number;
}

type Add = (record: SourceRecord) => void;

export class ImportReader {
  readonly #reading: ImportReading;
  readonly #source: RecordSource;
  readonly #builders: readonly BlockBuilder[];
  #add: Add | undefined;
  #blocks: ReadBlock[] = [];
  /** Characters that were added since all blocks were closed. */
  #heldText = 0;

  constructor(reading: ImportReading) {
    const { kind, format, lanes } = reading;
    this.#reading = reading;
    this.#source = format === 'csv' ? new CsvRecords() : new NdjsonRecords(columnsOf(kindNamed(kind)));
    const rowsMax = Math.min(BLOCK_ROWS_MAX, Math.ceil(HELD_ROWS_MAX / lanes));
    this.#builders = Array.from({ length: lanes }, () => new BlockBuilder(kind, rowsMax));
  }

  /** The file's columns; undefined while its header has not come. */
  get columns(): readonly string[] | undefined {
    return this.#source.columns;
  }

  /** Takes the next bytes of the file and gives the blocks that are full. Throws NotImportable. */
  push(bytes: Buffer): ReadBlock[] {
    return this.#read(this.#source.push(bytes));
  }

  /** The last blocks. Throws NotImportable. */
  end(): ReadBlock[] {
    const blocks = this.#read(this.#source.end());
    this.#closeAll();
    return [...blocks, ...this.#taken()];
  }

  #read(records: readonly SourceRecord[]): ReadBlock[] {
    if (this.columns === undefined) return [];
    this.#add ??= this.#adder(this.columns);
    for (const record of records) {
      this.#add(record);
      this.#heldText += record.text.length;
      if (this.#heldText > HELD_TEXT_MAX) this.#closeAll();
    }
    return this.#taken();
  }

  #taken(): ReadBlock[] {
    const blocks = this.#blocks;
    this.#blocks = [];
    return blocks;
  }

  /** How a row of a file with these columns comes into its block. */
  #adder(columns: readonly string[]): Add {
    const { kind, lanes } = this.#reading;
    const places = columnPlaces(columns, kindNamed(kind));
    // Rows of one loan stand together in most files of payments.
    let last = '';
    let lane = laneOfReference(last, lanes);
    const builderOf = (reference: string): BlockBuilder => {
      if (reference !== last) {
        last = reference;
        lane = laneOfReference(reference, lanes);
      }
      return this.#builders[lane] as BlockBuilder;
    };
    const book =
      kind === 'loans'
        ? this.#booker(loanReader(places, this.#reading), builderOf, BlockBuilder.prototype.addLoan)
        : this.#booker(paymentReader(places, this.#reading), builderOf, BlockBuilder.prototype.addPayment);
    return (record) => {
      const fault = record.fault ?? shapeFault(record, columns.length);
      if (fault !== undefined) this.#reject(record, fault);
      else {
        try {
          book(record);
          if (this.#builders[lane]?.isFull) this.#close(lane);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          this.#reject(record, error);
        }
      }
    };
  }

  #booker<Row extends { readonly reference: string }>(
    read: (values: Values) => Row,
    builderOf: (reference: string) => BlockBuilder,
    add: (this: BlockBuilder, record: SourceRecord, row: Row) => void,
  ): Add {
    return (record) => {
      const row = read(record.values);
      add.call(builderOf(row.reference), record, row);
    };
  }

  /** A row that no loan can be told of stands in the first lane. */
  #reject(record: SourceRecord, fault: RowFault): void {
    const builder = this.#builders[0] as BlockBuilder;
    builder.addFault(record, fault);
    if (builder.isFull) this.#close(0);
  }

  #closeAll(): void {
    for (const lane of this.#builders.keys()) this.#close(lane);
    this.#heldText = 0;
  }

  #close(lane: Lane): void {
    const builder = this.#builders[lane] as BlockBuilder;
    const { rows } = builder;
    if (rows > 0) this.#blocks.push({ lane, rows, bytes: builder.take() });
  }
}

function shapeFault({ values }: SourceRecord, columns: number): RowFault | undefined {
  if (values.length === columns) return undefined;
  return wholeFault(`has ${values.length} values for ${columns} columns`);
}
