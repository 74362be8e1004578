// Questions asked at the same moment go together, each gets its own answer, and none waits without need.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatheredQuestions } from '../../../../src/store/postgres/gathered-questions.ts';

interface Asked {
  readonly questions: readonly number[];
  readonly answer: (answers: readonly string[]) => void;
  readonly fail: (error: unknown) => void;
}

/** What is asked, in order, to be answered by the test. */
function byHand(atOnce: number, most: number) {
  const asked: Asked[] = [];
  const gathered = new GatheredQuestions<number, string>(
    (questions) => new Promise((answer, fail) => asked.push({ questions, answer, fail })),
    atOnce,
    most,
  );
  return { asked, gathered };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('the first goes at once, and who comes while it is away goes together', async () => {
  const { asked, gathered } = byHand(1, 10);
  const answers = [1, 2, 3].map((question) => gathered.ask(question));
  assert.deepEqual(
    asked.map(({ questions }) => questions),
    [[1]],
  );
  asked[0]?.answer(['one']);
  await turn();
  assert.deepEqual(asked[1]?.questions, [2, 3]);
  asked[1]?.answer(['two', 'three']);
  assert.deepEqual(await Promise.all(answers), ['one', 'two', 'three']);
});

test('so many are under way at once, for so many questions at most', async () => {
  const { asked, gathered } = byHand(2, 3);
  const answers = [1, 2, 3, 4, 5, 6].map((question) => gathered.ask(question));
  assert.deepEqual(
    asked.map(({ questions }) => questions),
    [[1], [2]],
  );
  asked[1]?.answer(['2']);
  await turn();
  assert.deepEqual(asked[2]?.questions, [3, 4, 5]);
  asked[0]?.answer(['1']);
  await turn();
  assert.deepEqual(asked[3]?.questions, [6]);
  asked[3]?.answer(['6']);
  asked[2]?.answer(['3', '4', '5']);
  assert.deepEqual(await Promise.all(answers), ['1', '2', '3', '4', '5', '6']);
});

test('a failure is told to those who went together, and to nobody else', async () => {
  const { asked, gathered } = byHand(1, 10);
  const answers = Promise.allSettled([1, 2, 3].map((question) => gathered.ask(question)));
  asked[0]?.answer(['one']);
  await turn();
  asked[1]?.fail(new Error('gone'));
  await turn();
  const later = gathered.ask(4);
  asked[2]?.answer(['four']);
  assert.equal(await later, 'four');
  assert.deepEqual(
    (await answers).map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message)),
    ['one', 'gone', 'gone'],
  );
});
