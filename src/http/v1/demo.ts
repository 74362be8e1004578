// GET and POST /v1/demo
//
// A run can begin on an empty book only, so there is one at most, and a second POST is refused: it needs no
// Idempotency-Key.

import { Type } from 'typebox';
import {
  type DemoRun,
  firstDayOf,
  LOANS_DEFAULT,
  SEED_DEFAULT,
  SEED_MAX,
  SERVED_LOANS_MAX,
  YEARS_DEFAULT,
  YEARS_MAX,
} from '../../demo/demo-run.ts';
import type { DemoRefusal, DemoRuns } from '../../demo/demo-runs.ts';
import { formatDate } from '../../domain/calendar-date.ts';
import { PROBLEMS, sendProblem } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { BODY_PROBLEMS, problemResponses } from './problem-responses.ts';
import { DateText, NullableDate } from './schemas.ts';
import type { V1App } from './v1-app.ts';

const PART_DIGITS = 4;

const Instant = (description: string) => Type.String({ description, examples: ['2026-11-25T10:15:00.000Z'] });

function Nullable(type: ReturnType<typeof Type.Integer | typeof Type.String>, description: string) {
  return Type.Union([type, Type.Null()], { description });
}

const Run = Type.Object(
  {
    state: Type.Union([Type.Literal('running'), Type.Literal('done'), Type.Literal('failed')], {
      description: 'A failed one has left a book that is sound, and whole up to `day`.',
    }),
    loans: Type.Integer({ description: 'How many loans the bank issues in all.' }),
    years: Type.Integer({ description: 'How long the bank has been there.' }),
    seed: Type.Integer({ description: 'From which it is made up.' }),
    from: DateText("The bank's first day.", '2016-11-26'),
    until: DateText('The last day that is lived through.', '2026-11-25'),
    day: NullableDate('Up to this day it is recorded; null: nothing yet.', '2019-04-01'),
    part: Type.Number({ description: 'How much is recorded, 0 to 1.', examples: [0.4251] }),
    records: Type.Integer({ description: 'Loans, payments and reversals recorded so far.' }),
    records_in_all: Nullable(Type.Integer(), 'How many there will be; null: not yet counted.'),
    records_per_second: Type.Integer({ description: 'So far.' }),
    seconds_left: Nullable(Type.Integer(), 'About so long; null: not yet known, or over.'),
    overtaken_on: NullableDate(
      'From this day on everything counts as learned when the demo ran, since somebody had asked what was known later, or recorded something meanwhile; null: all of it was learned day by day.',
      '2021-03-01',
    ),
    started_at: Instant('When it began.'),
    ended_at: Nullable(Type.String(), 'When it ended; null: under way.'),
    fault: Nullable(Type.String(), 'Why it failed.'),
  },
  { description: 'A run of the demo.' },
);

const Demo = Type.Object(
  {
    can_start: Type.Boolean({ description: 'Whether POST /v1/demo would begin a run now.' }),
    reason: Type.Union(
      [Type.Literal('not-allowed'), Type.Literal('running'), Type.Literal('book-not-empty'), Type.Null()],
      { description: 'Why not.' },
    ),
    loans_default: Type.Integer({ description: 'How many loans unless asked otherwise.' }),
    loans_max: Type.Integer({ description: 'How many at most.' }),
    run: Type.Union([Run, Type.Null()], {
      description: 'The run under way, or the last one since the server started.',
    }),
  },
  { description: 'Whether a demo can be run, and how far it is.' },
);

const DemoInput = Type.Object(
  {
    loans: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: SERVED_LOANS_MAX,
        default: LOANS_DEFAULT,
        description: 'How many loans the bank issues in these years.',
        examples: [LOANS_DEFAULT],
      }),
    ),
    years: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: YEARS_MAX,
        default: YEARS_DEFAULT,
        description: 'How long the bank has been there.',
        examples: [YEARS_DEFAULT],
      }),
    ),
    seed: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: SEED_MAX,
        default: SEED_DEFAULT,
        description: 'The same seed makes the same bank, on the same day.',
        examples: [SEED_DEFAULT],
      }),
    ),
  },
  { additionalProperties: false },
);

const DETAILS: Record<DemoRefusal, string> = {
  'not-allowed': 'This server does not allow it; its setting DEMO would have to be yes.',
  running: 'A run is under way.',
  'book-not-empty': 'The book has loans; a demo begins on an empty one.',
};

function instantText(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** A run in the shape of /v1; `james demo --json` prints it too. */
export function demoRunShape(run: DemoRun, now: number) {
  const { records, recordsInAll, startedAt, endedAt } = run;
  const seconds = Math.max(((endedAt ?? now) - startedAt) / 1000, 0.001);
  const rate = records / seconds;
  const isUnderWay = run.state === 'running' && recordsInAll !== null && records > 0;
  return {
    state: run.state,
    loans: run.loans,
    years: run.years,
    seed: run.seed,
    from: formatDate(firstDayOf(run)),
    until: formatDate(run.until),
    day: run.day === null ? null : formatDate(run.day),
    part: recordsInAll === null ? 0 : Number((records / recordsInAll).toFixed(PART_DIGITS)),
    records,
    records_in_all: recordsInAll,
    records_per_second: Math.round(rate),
    seconds_left: isUnderWay ? Math.ceil((recordsInAll - records) / rate) : null,
    overtaken_on: run.overtakenOn === null ? null : formatDate(run.overtakenOn),
    started_at: new Date(startedAt).toISOString(),
    ended_at: instantText(endedAt),
    fault: run.fault,
  };
}

async function demoShape(demo: DemoRuns) {
  const refusal = await demo.refusal();
  const { run } = demo;
  return {
    can_start: refusal === undefined,
    reason: refusal ?? null,
    loans_default: LOANS_DEFAULT,
    loans_max: SERVED_LOANS_MAX,
    run: run === undefined ? null : demoRunShape(run, Date.now()),
  };
}

export function demoRoutes(app: V1App, { demo, ledger }: SurfaceParts): void {
  app.get(
    '/demo',
    {
      schema: {
        operationId: 'getDemo',
        summary: 'Whether a demo can be run, and how far a run is',
        tags: ['Demo'],
        response: { 200: Demo, ...problemResponses() },
      },
    },
    async (_request, reply) => reply.send(await demoShape(demo)),
  );

  app.post(
    '/demo',
    {
      config: { role: 'admin', bodyOptional: true },
      preValidation: async (request) => {
        if (request.body === undefined) request.body = {};
      },
      schema: {
        operationId: 'startDemo',
        summary: 'Fill an empty book with a made-up bank, by default of ten years',
        description:
          'Loans, payments on time and late, missed months, defaults and corrections, each recorded on its day. It runs in the background: GET /v1/demo tells how far it is. What is in the book then stays there, as everything does; it is for a database that is only looked at.',
        tags: ['Demo'],
        body: DemoInput,
        response: {
          202: Demo,
          ...problemResponses(...BODY_PROBLEMS, PROBLEMS.demoRefused),
        },
      },
    },
    async (request, reply) => {
      const { loans = LOANS_DEFAULT, years = YEARS_DEFAULT, seed = SEED_DEFAULT } = request.body;
      const starting = await demo.start({ loans, years, seed, until: ledger.today() }, request.keyName);
      if (starting.kind === 'refused') {
        return sendProblem(request, reply, PROBLEMS.demoRefused, DETAILS[starting.refusal]);
      }
      reply.code(202).header('location', '/v1/demo');
      return reply.send(await demoShape(demo));
    },
  );
}
