// Errors of /v1 and of the service's own addresses: RFC 9457 problem details. Every type has its page at /problems.

import type { FastifyReply, FastifyRequest } from 'fastify';

/** A stable problem type: the last part of its `type` address, its title, its status, and what to do about it. */
export interface ProblemType {
  readonly name: string;
  readonly status: number;
  readonly title: string;
  readonly explanation: string;
}

export interface FieldError {
  /** RFC 6901 pointer into the body, or the name of a parameter. */
  readonly pointer: string;
  readonly detail: string;
}

function problemType(name: string, status: number, title: string, explanation: string): ProblemType {
  return { name, status, title, explanation };
}

export const PROBLEMS = {
  invalidRequest: problemType(
    'invalid-request',
    400,
    'The request is not valid',
    'The body, the path or a parameter does not have the form that this address takes. `errors` names each place and the reason. Mend the request; sending the same again gives the same answer.',
  ),
  unauthorized: problemType(
    'unauthorized',
    401,
    'No valid API key',
    'The request carries no API key, or one that is not valid. Send `Authorization: Bearer <API key>`.',
  ),
  forbidden: problemType(
    'forbidden',
    403,
    'The key may not do this',
    'The request carries a valid key (or session) whose role is not enough: viewers read; officers also issue, record and reverse; admins also keep keys, imports and settings. A session also needs its `X-CSRF-Token` with everything but GET.',
  ),
  tooManyRequests: problemType(
    'too-many-requests',
    429,
    'Too many requests',
    'Either this address or credential has failed to come in too often, or the key has sent more requests a second than it may. Try again after the time in `Retry-After`.',
  ),
  keyNotFound: problemType(
    'key-not-found',
    404,
    'There is no such key',
    'No API key has this name. GET /v1/keys lists them. Keys of the server’s settings are not listed.',
  ),
  keyNameTaken: problemType(
    'key-name-taken',
    409,
    'Another key has this name',
    'A name is never given twice, not even after its key is revoked: records name it. Some names stand for keys of the settings and the command line.',
  ),
  keyRevoked: problemType(
    'key-revoked',
    409,
    'The key is revoked',
    'A revoked key stays revoked. Make another.',
  ),
  notFound: problemType(
    'not-found',
    404,
    'There is nothing at this address',
    'The path or the method is unknown. /openapi.json lists all that there are.',
  ),
  paymentNotFound: problemType(
    'payment-not-found',
    404,
    'There is no such payment record',
    'No payment record of this loan has this id. GET /v1/loans/:id/payments lists them.',
  ),
  loanNotFound: problemType(
    'loan-not-found',
    404,
    'There is no such loan',
    'No loan has this id, or none that was known on the known-at date. Ids are UUIDs in lower case, as POST /v1/loans answered them.',
  ),
  bodyTooLarge: problemType(
    'body-too-large',
    413,
    'The body is too large',
    'A request body may have at most 1 MiB. Large numbers of rows go through an import, whose file may have as many bytes, unzipped, as the server’s settings say.',
  ),
  notAcceptable: problemType(
    'not-acceptable',
    406,
    'No form of the answer is accepted',
    'An export is CSV, NDJSON or Parquet, and `Accept` takes none of them. Leave it out, or name the form as `format`.',
  ),
  unsupportedMediaType: problemType(
    'unsupported-media-type',
    415,
    'The body is of another media type',
    'Send the body as JSON, with `Content-Type: application/json`. A file to be imported is sent as `text/csv` or `application/x-ndjson`, zipped or not.',
  ),
  bodyTooSlow: problemType(
    'body-too-slow',
    408,
    'The body came too slowly',
    'So long came nothing of the body that the server gave up waiting. Send the request again.',
  ),
  importNotFound: problemType(
    'import-not-found',
    404,
    'There is no such import',
    'No import has this id. GET /v1/imports lists them.',
  ),
  importEnded: problemType(
    'import-ended',
    409,
    'The import has ended',
    'What has ended cannot be cancelled. What an import has booked stays booked; single records can be reversed.',
  ),
  importRefused: problemType(
    'import-refused',
    422,
    'The file cannot be imported',
    'As a whole it is no file of such rows: a column is missing, a line never ends, it is empty, or its gzip is damaged. `detail` says what. Nothing of it is booked.',
  ),
  importCancelled: problemType(
    'import-cancelled',
    409,
    'The import was cancelled while its file came in',
    'Nothing of it is booked.',
  ),
  tooManyImports: problemType(
    'too-many-imports',
    503,
    'The server is receiving as many files as it may',
    'Nothing of this one was looked at: send it again after the time in `Retry-After`.',
  ),
  tooManyStreams: problemType(
    'too-many-streams',
    503,
    'The server sends as many streams of events as it may',
    'Ask for the import itself now and then, or try again after the time in `Retry-After`.',
  ),
  termsRefused: problemType(
    'terms-refused',
    422,
    'A loan cannot be issued on these terms',
    'The fields are well formed, but out of the range of what the bank issues. `errors` names each field and the reason.',
  ),
  referenceTaken: problemType(
    'reference-taken',
    409,
    'Another loan has this reference',
    'References are unique. The loan that holds this one is named in `detail`.',
  ),
  beforeLoan: problemType(
    'before-loan',
    422,
    "The date is before the loan's date",
    'A loan has no balance and takes no payments before the day it was issued.',
  ),
  wrongAmount: problemType(
    'wrong-amount',
    422,
    'The amount is not the installment',
    "A payment's amount equals the loan's installment, for made and missed alike. Leave `amount` out to mean the installment.",
  ),
  duplicatePayment: problemType(
    'duplicate-payment',
    409,
    'The month has a payment record already',
    'A loan takes one record, made or missed, for each calendar month.',
  ),
  paidOff: problemType(
    'paid-off',
    409,
    'The loan is paid off',
    'All installments are made, so the loan takes no further made payment.',
  ),
  loanReversed: problemType(
    'loan-reversed',
    409,
    'The loan has been reversed',
    'The loan was taken back as issued by mistake and takes no payments any more.',
  ),
  alreadyReversed: problemType(
    'already-reversed',
    409,
    'It has been reversed already',
    'A payment record, or a loan, can be taken back once. Its reversal stands in the history of the loan.',
  ),
  loanHasPayments: problemType(
    'loan-has-payments',
    409,
    'Payments stand against the loan',
    'A loan can be taken back only while no payment record counts. Reverse those first.',
  ),
  knownAtInFuture: problemType(
    'known-at-in-future',
    422,
    'The known-at date lies in the future',
    "What will be known nobody knows. Ask for today in the bank's time zone, or earlier. An as-of date may lie ahead.",
  ),
  idempotencyKeyUsed: problemType(
    'idempotency-key-used',
    422,
    'The Idempotency-Key has been used for another request',
    'A key is bound to method, path and body of the first request that it came with. Take a new key for a new request.',
  ),
  demoRefused: problemType(
    'demo-refused',
    409,
    'No demo can be run here now',
    'A demo fills an empty book with a made-up bank. `detail` says what stands against it: the book has loans (even one that was taken back), a run is under way, or the server does not allow it (in production unless its setting DEMO says yes). GET /v1/demo tells the same.',
  ),
  idempotencyKeyInUse: problemType(
    'idempotency-key-in-use',
    409,
    'A request with this Idempotency-Key is under way',
    'The file that came first under this key is still coming in. Send the request again when that has ended.',
  ),
  unavailable: problemType(
    'unavailable',
    503,
    'The database cannot serve now',
    'Try again after the time in `Retry-After`. With an Idempotency-Key a write is safe to send again even where its outcome is unknown.',
  ),
  overloaded: problemType(
    'overloaded',
    503,
    'The server is at its limit',
    'More requests are under way than the server takes at once. Nothing of this one was looked at: send it again after the time in `Retry-After`.',
  ),
  exportsBusy: problemType(
    'exports-busy',
    503,
    'Too many exports are under way',
    'Each holds a snapshot of the database, so only a few go at once. Try again after the time in `Retry-After`.',
  ),
  internal: problemType(
    'internal-error',
    500,
    'Something went wrong in James',
    'A fault of the program. The log has the details under the `request_id` of the answer.',
  ),
} as const;

/** The body of a problem. */
export function problemBody(
  problem: ProblemType,
  detail: string,
  errors: readonly FieldError[],
  requestId: string,
) {
  const { name, title, status } = problem;
  return { type: `/problems/${name}`, title, status, detail, errors, request_id: requestId };
}

/** Sends a problem; `detail` says what is wrong in this very request. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: ProblemType,
  detail: string,
  errors: readonly FieldError[] = [],
): FastifyReply {
  const body = problemBody(problem, detail, errors, request.answerId || request.id);
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json')
    .serializer(JSON.stringify)
    .send(body);
}
