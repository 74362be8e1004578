// A block: up to some thousand rows of an import, read and checked, in one piece of bytes that crosses threads and waits
// in the database. Columns of numbers stand side by side, so that a row costs no object until it is booked; what a row
// was in the file is kept with it, for the case that the ledger refuses it.
//
// What is written here may be read by a later version of James, after an upgrade: a new form needs a new VERSION.

import type { Cents } from '../domain/money.ts';
import type { IssueLoan, RecordPayment } from '../ledger/commands.ts';
import type { ImportCommand } from '../ledger/execute-import.ts';
import type { Origin } from '../ledger/ledger.ts';
import type { ImportKindName } from './import-kinds.ts';
import type { LoanRow, PaymentRow } from './import-rows.ts';
import { NotImportable, type RowFault, type SourceRecord } from './source-records.ts';

const VERSION = 1;
/** Characters of a block, about; what its rows say may be long. */
const TEXT_MAX = 512 * 1024;
const HEAD_NUMBERS = 8;
const HEAD_BYTES = HEAD_NUMBERS * 4;
/** Numbers of a row: 8 bytes each for what may pass 2^31, 4 for the rest. */
const WIDE = { loans: 4, payments: 2 } as const;
const NARROW = { loans: 3, payments: 3 } as const;
const KINDS: readonly ImportKindName[] = ['loans', 'payments'];
/** An amount that no installment has. */
const NO_AMOUNT = -1;

function exactNumber(value: bigint): number {
  return value >= 0n && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : NO_AMOUNT;
}

/** Gathers rows until they are a block. */
export class BlockBuilder {
  readonly #kind: ImportKindName;
  readonly #rowsMax: number;
  readonly #wide: Float64Array;
  readonly #narrow: Int32Array;
  #rows = 0;
  #texts: string[] = [];
  #textLength = 0;
  #references: string[] = [];
  #faults: [row: number, field: string, reason: string][] = [];

  constructor(kind: ImportKindName, rowsMax: number) {
    this.#kind = kind;
    this.#rowsMax = rowsMax;
    this.#wide = new Float64Array(rowsMax * WIDE[kind]);
    this.#narrow = new Int32Array(rowsMax * NARROW[kind]);
  }

  get rows(): number {
    return this.#rows;
  }

  get isFull(): boolean {
    return this.#rows === this.#rowsMax || this.#textLength >= TEXT_MAX;
  }

  addLoan(record: SourceRecord, { reference, terms }: LoanRow): void {
    const wide = this.#rows * WIDE.loans;
    this.#wide[wide + 1] = Number(terms.amountCents);
    this.#wide[wide + 2] = Number(terms.rate);
    this.#wide[wide + 3] = Number(terms.installmentCents);
    const narrow = this.#rows * NARROW.loans;
    this.#narrow[narrow + 1] = terms.term;
    this.#narrow[narrow + 2] = terms.date;
    this.#add(record, reference);
  }

  addPayment(record: SourceRecord, { reference, payment, date, amountCents }: PaymentRow): void {
    this.#wide[this.#rows * WIDE.payments + 1] = exactNumber(amountCents);
    const narrow = this.#rows * NARROW.payments;
    this.#narrow[narrow + 1] = payment === 'made' ? 1 : 0;
    this.#narrow[narrow + 2] = date;
    this.#add(record, reference);
  }

  addFault(record: SourceRecord, { field, reason }: RowFault): void {
    this.#faults.push([this.#rows, field, reason]);
    this.#add(record, '');
  }

  /** The block of what was added since the last one. */
  take(): Uint8Array<ArrayBuffer> {
    const kind = this.#kind;
    const rows = this.#rows;
    const texts = Buffer.from(this.#texts.join(''));
    const references = Buffer.from(this.#references.join('\n'));
    const faults = Buffer.from(JSON.stringify(this.#faults));
    const wideBytes = rows * WIDE[kind] * 8;
    const narrowBytes = rows * NARROW[kind] * 4;
    const block = new Uint8Array(
      HEAD_BYTES + wideBytes + narrowBytes + texts.length + references.length + faults.length,
    );
    new Uint32Array(block.buffer, 0, HEAD_NUMBERS).set([
      VERSION,
      KINDS.indexOf(kind),
      rows,
      texts.length,
      references.length,
      faults.length,
    ]);
    let at = HEAD_BYTES;
    for (const part of [
      new Uint8Array(this.#wide.buffer, 0, wideBytes),
      new Uint8Array(this.#narrow.buffer, 0, narrowBytes),
      ...[texts, references, faults],
    ]) {
      block.set(part, at);
      at += part.length;
    }
    this.#rows = 0;
    this.#texts = [];
    this.#textLength = 0;
    this.#references = [];
    this.#faults = [];
    return block;
  }

  #add({ line, text }: SourceRecord, reference: string): void {
    const row = this.#rows++;
    this.#wide[row * WIDE[this.#kind]] = line;
    this.#texts.push(text);
    this.#textLength += text.length;
    this.#narrow[row * NARROW[this.#kind]] = this.#textLength;
    this.#references.push(reference);
  }
}

/** A block, to be read row by row. */
export class ImportBlock {
  readonly kind: ImportKindName;
  readonly rows: number;
  readonly #wide: Float64Array;
  readonly #narrow: Int32Array;
  readonly #references: readonly string[];
  readonly #faults = new Map<number, RowFault>();
  readonly #textBytes: Buffer;
  #text: string | undefined;

  /** Throws NotImportable where a version of James wrote it that this one doesn't know. */
  constructor(bytes: Uint8Array) {
    // The columns must begin at a multiple of their size.
    const block = bytes.byteOffset % 8 === 0 ? bytes : Uint8Array.from(bytes);
    const { buffer, byteOffset: start } = block;
    const [version, kindNo = 0, rows = 0, textBytes = 0, referenceBytes = 0, faultBytes = 0] =
      new Uint32Array(buffer, start, HEAD_NUMBERS);
    if (version !== VERSION) {
      throw new NotImportable('another version of James has read the file; send it again');
    }
    const kind = KINDS[kindNo] as ImportKindName;
    let at = start + HEAD_BYTES;
    this.kind = kind;
    this.rows = rows;
    this.#wide = new Float64Array(buffer, at, rows * WIDE[kind]);
    at += this.#wide.byteLength;
    this.#narrow = new Int32Array(buffer, at, rows * NARROW[kind]);
    at += this.#narrow.byteLength;
    this.#textBytes = Buffer.from(buffer, at, textBytes);
    at += textBytes;
    this.#references = Buffer.from(buffer, at, referenceBytes).toString('utf8').split('\n');
    at += referenceBytes;
    const faults = JSON.parse(Buffer.from(buffer, at, faultBytes).toString('utf8')) as [
      number,
      string,
      string,
    ][];
    for (const [row, field, reason] of faults) this.#faults.set(row, { field, reason });
  }

  /** The row's line in the file. */
  line(row: number): number {
    return this.#wide[row * WIDE[this.kind]] as number;
  }

  /** Why the row can't be booked, if its form alone says so. */
  fault(row: number): RowFault | undefined {
    return this.#faults.get(row);
  }

  /** The row as it stood in the file. */
  text(row: number): string {
    this.#text ??= this.#textBytes.toString('utf8');
    const ends = NARROW[this.kind];
    const start = row === 0 ? 0 : (this.#narrow[(row - 1) * ends] as number);
    return this.#text.slice(start, this.#narrow[row * ends]);
  }

  /** What the row asks the ledger to record; it must have no fault. */
  command(row: number, origin: Origin): ImportCommand {
    return this.kind === 'loans' ? this.#loan(row, origin) : this.#payment(row, origin);
  }

  #loan(row: number, origin: Origin): IssueLoan {
    const wide = row * WIDE.loans;
    const narrow = row * NARROW.loans;
    return {
      kind: 'issue-loan',
      terms: {
        amountCents: this.#integer(wide + 1),
        rate: this.#integer(wide + 2),
        term: this.#narrow[narrow + 1] as number,
        date: this.#narrow[narrow + 2] as number,
        installmentCents: this.#integer(wide + 3),
      },
      reference: this.#references[row] as string,
      ifRecorded: 'skip',
      origin,
    };
  }

  #payment(row: number, origin: Origin): RecordPayment {
    const narrow = row * NARROW.payments;
    return {
      kind: 'record-payment',
      loan: { by: 'reference', reference: this.#references[row] as string },
      payment: this.#narrow[narrow + 1] === 1 ? 'made' : 'missed',
      date: this.#narrow[narrow + 2] as number,
      amountCents: this.#integer(row * WIDE.payments + 1),
      ifRecorded: 'skip',
      origin,
    };
  }

  #integer(place: number): Cents {
    return BigInt(this.#wide[place] as number);
  }
}
