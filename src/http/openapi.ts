// What the OpenAPI document says beside the routes' own schemas.

import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';

export const openApiOptions: FastifyDynamicSwaggerOptions = {
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
      { name: 'James', description: 'The frozen surface of the original James service.' },
      { name: 'Service', description: 'The service itself.' },
    ],
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'The API key.' },
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
