// The PostgreSQL servers that a run of the tests shares: npm's, and the machine's own where it has one. Tests hear of
// them by environment variables (engines.ts).

import { SERVER_VARIABLES } from './engines.ts';
import {
  embeddedPostgres,
  machinePostgres,
  type PostgresPrograms,
  PostgresServer,
} from './postgres-server.ts';

export interface TestServers {
  /** What a test's process must find in its environment. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startTestServers(): Promise<TestServers> {
  const servers: PostgresServer[] = [];
  const start = async (programs: PostgresPrograms): Promise<string> => {
    const server = await PostgresServer.start(programs);
    servers.push(server);
    return `${programs.name}|${server.url('postgres')}`;
  };
  const stop = async () => {
    for (const server of servers) await server[Symbol.asyncDispose]();
  };
  try {
    const machine = machinePostgres();
    if (machine === undefined)
      console.log('this machine has no PostgreSQL of its own: only npm’s is tested.');
    return {
      env: {
        [SERVER_VARIABLES.embedded]: await start(embeddedPostgres()),
        [SERVER_VARIABLES.machine]: machine === undefined ? '' : await start(machine),
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
