// The import directions of DESIGN.md ("Shape"), as rules: data flows from http or cli over ledger to domain.
// Every edge counts, type-only ones too. scripts/import-directions.ts runs them, and fails if they saw no module.

const domain = '^src/domain/';
const storeInterface = '^src/store/[^/]+\\.ts$';
const engines = '^src/store/[^/]+/';
const ledger = '^src/ledger/';
const access = '^src/access/';
const http = '^src/http/';
const imports = '^src/import/';
const demo = '^src/demo/';
const exporting = '^src/export/';
const cli = '^src/cli/';
const threads = '^src/threads/';
const main = '^src/main\\.ts$';
const wiring = '^src/wiring/';

/** `from` may import `allowed` and nothing else at all: no package, no part of Node. */
function onlyImports(name, comment, from, allowed) {
  return { name, comment, severity: 'error', from: { path: from }, to: { pathNot: allowed } };
}

/** `from` may import `allowed` and what belongs to Node, but no package. */
function onlyImportsAndNode(name, comment, from, allowed) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from },
    to: { pathNot: allowed, dependencyTypesNot: ['core'] },
  };
}

/** Within src, `from` may import `allowed` only; packages and Node are free. */
function withinSrcOnlyImports(name, comment, from, allowed) {
  return { name, comment, severity: 'error', from: { path: from }, to: { path: '^src/', pathNot: allowed } };
}

function neverImports(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

module.exports = {
  forbidden: [
    onlyImports('domain-is-pure', 'No clock, no randomness, no I/O, no library.', domain, [domain]),
    onlyImports(
      'store-interface',
      'The interface fits every engine, so it knows none; of Node it needs hashing alone.',
      storeInterface,
      [domain, storeInterface, '^(node:)?crypto$'],
    ),
    withinSrcOnlyImports(
      'store-engine',
      'An engine knows the domain, the interface and itself, never another engine ($1 is its own folder).',
      '^src/store/([^/]+)/',
      [domain, storeInterface, '^src/store/$1/'],
    ),
    onlyImportsAndNode('ledger', 'The use cases see storage through its interface.', ledger, [
      domain,
      storeInterface,
      ledger,
    ]),
    withinSrcOnlyImports(
      'import',
      'An import is a caller of the ledger, whose files wait in the database.',
      imports,
      [domain, storeInterface, ledger, threads, imports],
    ),
    withinSrcOnlyImports('demo', 'A made-up bank is a caller of the ledger.', demo, [domain, ledger, demo]),
    withinSrcOnlyImports(
      'export',
      'An export reads a snapshot through the interface and decides nothing.',
      exporting,
      [domain, storeInterface, exporting],
    ),
    withinSrcOnlyImports('access', 'Who may come in is decided beside the ledger, not by it.', access, [
      storeInterface,
      access,
    ]),
    withinSrcOnlyImports('http', 'HTTP is a caller of the ledger; it never sees storage.', http, [
      domain,
      access,
      ledger,
      demo,
      exporting,
      imports,
      http,
      threads,
    ]),
    withinSrcOnlyImports(
      'watch',
      'Who watches sees the ledger, and is seen by nobody but the wiring.',
      '^src/watch/',
      [ledger, '^src/watch/'],
    ),
    neverImports(
      'watch-only-from-cli',
      'What is served must not depend on who watches.',
      { pathNot: [cli, '^src/watch/', '^bench/', '^test/'] },
      { path: '^src/watch/' },
    ),
    withinSrcOnlyImports('threads', 'How calls cross threads is nobody’s business.', threads, [threads]),
    onlyImportsAndNode('config', 'Settings are read before anything else exists.', '^src/config\\.ts$', [
      domain,
      '^src/store/database-address\\.ts$',
    ]),
    neverImports(
      'james-knows-no-v1',
      'The frozen surface must not move when v1 does.',
      { path: '^src/http/james/' },
      { path: '^src/http/v1/' },
    ),
    neverImports(
      'v1-knows-no-james',
      'The oddities of the frozen surface must not reach v1.',
      { path: '^src/http/v1/' },
      { path: '^src/http/james/' },
    ),
    neverImports(
      'cli-only-from-main',
      'Commands are an entry, never a library.',
      { pathNot: [main, cli] },
      { path: cli },
    ),
    neverImports(
      'engines-only-from-wiring',
      'Which engine runs is decided in one place.',
      { pathNot: [main, wiring, cli, engines] },
      { path: engines },
    ),
    neverImports(
      'src-stands-alone',
      'What runs in a bank imports nothing that exists to test or build it.',
      { path: '^src/' },
      { path: '^(test|bench|scripts)/' },
    ),
    onlyImports(
      'client-runs-anywhere',
      'It runs in a browser and without the server, so it has two small packages and no part of Node.',
      '^client/src/',
      ['^client/src/', 'node_modules/openapi-fetch/', 'node_modules/eventsource-parser/'],
    ),
    neverImports(
      'server-knows-no-client',
      'What the server says stands in its own schemas.',
      { path: '^src/' },
      { path: '^client/' },
    ),
    neverImports(
      'console-is-a-page',
      'It runs in a browser and knows James through the client alone.',
      { path: '^console/src/' },
      { path: '^(src|test|bench|scripts)/' },
    ),
    neverImports(
      'console-runs-in-a-browser',
      'There is no Node there.',
      { path: '^console/src/' },
      { dependencyTypes: ['core'] },
    ),
    neverImports(
      'console-asks-at-one-door',
      'Pages ask and act through console/src/api, where keys and answers are kept.',
      { path: '^console/src/', pathNot: '^console/src/api/' },
      { path: '^client/' },
    ),
    neverImports(
      'server-knows-no-console',
      'The server serves built files and knows nothing of what made them.',
      { path: '^(src|client)/' },
      { path: '^console/' },
    ),
    neverImports('no-circle', 'No module waits for itself, not even for a type.', {}, { circular: true }),
    neverImports(
      'no-orphan',
      'A file that nothing joins to the rest is left over.',
      { path: '^src/', orphan: true },
      {},
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Type-only imports disappear before Node runs a file, but a direction holds for them too.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
