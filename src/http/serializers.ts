// How answers become text: by their schemas. Problems are written as they are (problem.ts), so their schemas, which only
// document, are never compiled: there are hundreds, and each would delay the start.

import serializerSelector from '@fastify/fast-json-stringify-compiler';
import { onFirstUse } from './on-first-use.ts';

type Factory = ReturnType<typeof serializerSelector>;
/** Fastify also tells the media type, which the type does not say. */
type Route = Parameters<ReturnType<Factory>>[0] & { readonly contentType?: string };

const bySchema = serializerSelector();

export const buildSerializer: Factory = (externalSchemas, options) => {
  const compile = bySchema(externalSchemas, options);
  return (route: Route) =>
    route.contentType === 'application/problem+json' ? JSON.stringify : onFirstUse(() => compile(route));
};
