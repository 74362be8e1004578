// GET /v1/imports/:id/events: an import as it goes on, told by the server.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import { type EventStream, eventStream, type ServerEvent } from '../support/event-stream.ts';
import { csvOf, heldImport, importedRows, loanRows, sendFile, shownImport } from '../support/import-steps.ts';
import { type Service, startService } from '../support/service.ts';
import { assertProblem, textOf } from '../support/v1-assertions.ts';
import { sendV1, type V1Client, v1Client } from '../support/v1-client.ts';

const STREAMS_MAX = 3;

onEachEngine((engine) => {
  describe('the events of an import', () => {
    let service: Service;
    let client: V1Client;

    before(async () => {
      service = await startService({ engine, env: { IMPORT_STREAMS_MAX: String(STREAMS_MAX) } });
      client = v1Client(service.url);
    });
    after(() => service?.stop());

    function streamOf(id: string, options?: Parameters<typeof eventStream>[1]): Promise<EventStream> {
      return eventStream(`${client.url}/v1/imports/${id}/events`, options);
    }

    async function all({ events }: EventStream): Promise<ServerEvent[]> {
      const told: ServerEvent[] = [];
      for await (const event of events) told.push(event);
      return told;
    }

    test('tell how it is at once, how it goes on, and that it has ended', async () => {
      const held = await heldImport(client);
      const stream = await streamOf(held.id);
      assert.equal(stream.response.status, 200);
      const { headers } = stream.response;
      assert.match(headers.get('content-type') ?? '', /^text\/event-stream(;|$)/);
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(headers.get('x-accel-buffering'), 'no');
      const first = await stream.events.next();
      assert.equal(first.value?.event, 'progress');
      assert.equal(first.value?.data['state'], 'receiving');

      await held.end(`${loanRows('E', 30_000).join('\n')}\n`);
      const told = await all(stream);
      assert.deepEqual([...new Set(told.map(({ event }) => event))].at(-1), 'end');
      assert.equal(told.filter(({ event }) => event === 'end').length, 1);
      const read = told.map(({ data }) => data['rows_read'] as number);
      assert.deepEqual(
        read,
        read.toSorted((a, b) => a - b),
      );
      assert.deepEqual(told.at(-1)?.data, await shownImport(client, held.id));
      assert.equal(told.at(-1)?.data['accepted'], 30_000);
    });

    test('of one that has ended are its end, and after that nothing', async () => {
      const done = await importedRows(client, 'loans', ...loanRows('F', 1));
      const told = await all(await streamOf(done.id));
      assert.deepEqual(told, [{ event: 'end', id: 'ended', data: { ...done } }]);
      const path = `/v1/imports/${done.id}/events`;
      const again = await client.get(path, { headers: { 'last-event-id': 'ended' } });
      assert.equal(again.status, 204, again.text);
    });

    test('end with the key that asked for them', async () => {
      const key = textOf(await client.post('/v1/keys', { name: 'watcher', role: 'admin' }), 'key');
      const held = await heldImport(client);
      const stream = await streamOf(held.id, { key });
      const mine = await streamOf(held.id);
      await stream.events.next();
      await client.post('/v1/keys/watcher/revocation');
      assert.ok((await all(stream)).every(({ event }) => event === 'progress'));
      await held.end();
      assert.equal((await all(mine)).at(-1)?.event, 'end');
    });

    test('are sent to so many at once as the settings say, and are free when these are gone', async () => {
      const held = await heldImport(client);
      const streams: EventStream[] = [];
      for (let open = 0; open < STREAMS_MAX; open++) streams.push(await streamOf(held.id));
      const path = `/v1/imports/${held.id}/events`;
      const refused = await client.get(path);
      assertProblem(refused, 503, 'too-many-streams');
      streams[0]?.close();
      for (;;) {
        const stream = await streamOf(held.id);
        streams.push(stream);
        if (stream.response.status === 200) break;
        stream.close();
      }
      for (const stream of streams) stream.close();
      assert.equal((await held.end()).status, 202);
    });

    test('end when the server stops, and so does the file that comes in', async () => {
      await using other = await startService({ databaseUrl: service.databaseUrl });
      const others = v1Client(other.url);
      const held = await heldImport(others);
      const stream = await eventStream(`${other.url}/v1/imports/${held.id}/events`);
      await stream.events.next();
      const answer = held.answer.catch(() => undefined);
      assert.deepEqual(await other.stop(), { code: 0, signal: null });
      await all(stream);
      assert.equal((await answer)?.status, 503);
      const shown = await shownImport(client, held.id);
      assert.equal(shown.state, 'failed');
    });

    test('of an import that is sent meanwhile by another process are told too', async () => {
      await using other = await startService({ databaseUrl: service.databaseUrl });
      const sent = await sendFile(client, 'loans', csvOf('loans', loanRows('G', 20_000)));
      const stream = await eventStream(`${other.url}/v1/imports/${textOf(sent, 'id')}/events`);
      assert.equal((await all(stream)).at(-1)?.data['state'], 'done');
      const head = await sendV1(client.url, 'HEAD', `/v1/imports/${textOf(sent, 'id')}/events`, undefined, {
        key: 'secretkeydev',
      });
      assert.equal(head.status, 404);
    });
  });
});
