// What the OpenAPI document says beside the routes' own schemas.

import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifySwaggerUiOptions } from '@fastify/swagger-ui';

export const openApiOptions: FastifyDynamicSwaggerOptions = {
  refResolver: {
    buildLocalReference: (schema, _base, _fragment, index) => String(schema['$id'] ?? `schema-${index}`),
  },
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'James',
      version: '1',
      description:
        'The loan book of a bank: issue loans, record payments, and ask for the outstanding debt as of any date.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    tags: [
      { name: 'Loans', description: 'Issue loans and look at one.' },
      { name: 'Payments', description: "Record each month's payment." },
      { name: 'Book', description: 'All loans together.' },
      { name: 'Exports', description: 'All of it in one file: CSV, NDJSON, Parquet.' },
      { name: 'Imports', description: 'Loans and payments by the million, from files.' },
      { name: 'Keys', description: 'Who may call, and with which role; the console’s sessions.' },
      { name: 'Demo', description: 'A made-up bank for an empty book.' },
      { name: 'James', description: 'The frozen surface of the original James service.' },
      { name: 'Service', description: 'The service itself.' },
    ],
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'The API key.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-james',
          description:
            'A session of the console (POST /v1/session). What changes something also brings its token as X-CSRF-Token.',
        },
        jamesToken: {
          type: 'apiKey',
          in: 'header',
          name: 'authorization',
          description: 'The lower-case hexadecimal SHA-256 of the API key, with nothing before it.',
        },
      },
    },
  },
};

const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page at /docs. Its policy lets the browser load nothing from any other host. */
export const docsOptions: FastifySwaggerUiOptions = {
  routePrefix: '/docs',
  uiConfig: { layout: 'BaseLayout', docExpansion: 'list', validatorUrl: null, persistAuthorization: true },
  staticCSP: DOCS_POLICY,
  theme: { title: 'James: the API' },
  logLevel: 'warn',
};
