// The help of every command: it shows an example, and what the example shows can be run as it stands.

import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { type Command, CommanderError } from 'commander';
import { programFor } from '../../src/main.ts';

const program = await programFor(undefined);

/** All commands with their full names, groups included: "keys create". */
function* commandsOf(command: Command, path: readonly string[] = []): Generator<[string, Command]> {
  yield [path.join(' '), command];
  for (const one of command.commands) {
    // What completion scripts call is for no person's eyes.
    if (one.name() !== 'complete') yield* commandsOf(one, [...path, one.name()]);
  }
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (more) => (text += more) });
  command.outputHelp();
  return text;
}

/** The lines of an example that call James, without the settings before and the redirection behind. */
function examplesIn(help: string): string[][] {
  const lines = help.slice(help.search(/^Examples?:$/m)).split('\n');
  return lines.flatMap((line) => {
    const call = /^ {2}(?:[A-Z_]+=\S+ )*npx james((?: [^>]+)?)(?:>.*)?$/.exec(line);
    return call === null ? [] : [(call[1] ?? '').trim().split(/\s+/)];
  });
}

/** Parses as James would, and runs nothing; the commands that were reached. */
async function parsed(args: readonly string[]): Promise<string | undefined> {
  let reached: string | undefined;
  // Completion's script begins before its action.
  const silence = mock.method(console, 'log', () => undefined);
  for (const [path, command] of commandsOf(program)) {
    command.exitOverride().configureOutput({ writeErr: () => undefined });
    if (command.commands.length === 0) {
      command.action(() => {
        reached = path;
      });
    }
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
  } finally {
    silence.mock.restore();
  }
  return reached;
}

describe('the help of each command', () => {
  const commands = [...commandsOf(program)];

  test('is there for all that James can do', () => {
    const names = commands.map(([path]) => path);
    for (const name of ['serve', 'demo', 'import loans', 'keys create', 'backup', 'verify', 'completion']) {
      assert.ok(names.includes(name), `${name} is not in ${names.join(', ')}`);
    }
  });

  test('says what it is for, and has an example that can be run', async () => {
    for (const [path, command] of commands) {
      if (command.commands.length > 0 && path !== '') continue;
      const help = helpOf(command);
      assert.ok(command.description(), path);
      const examples = examplesIn(help);
      assert.ok(examples.length > 0, `no example of "${path}":\n${help}`);
      for (const example of examples) {
        const reached = await parsed(example);
        if (path !== '') assert.equal(reached, path, example.join(' '));
      }
    }
  });

  test('would not show an example that cannot be run', async () => {
    await assert.rejects(parsed(['book', '--as-off', '2010-12-31']), CommanderError);
    await assert.rejects(parsed(['keys', 'create', 'branch-7']), CommanderError);
    await assert.rejects(parsed(['completion', 'tcsh']), CommanderError);
  });

  test('of James itself tells the exit codes', () => {
    const help = helpOf(program);
    for (const code of [0, 1, 2, 130]) assert.match(help, new RegExp(`^ {2}${code} +\\w`, 'm'));
  });
});
