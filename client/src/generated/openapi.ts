// Made from openapi.json by `npm run client`; changes here get lost.
export interface paths {
    readonly "/v1/loans": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Loans, a page at a time
         * @description In the order in which they were recorded; with date_from or date_to by origination date; with days_past_due_min, due_from or due_to by due date. Loans issued while you page neither repeat nor hide any; a payment recorded meanwhile moves its loan to its new due date.
         */
        readonly get: operations["listLoans"];
        readonly put?: never;
        /**
         * Issue a loan
         * @description The answer is sent once the loan is durable. The installment is stored with it for good.
         */
        readonly post: operations["issueLoan"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/loans/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A loan, with everything known now */
        readonly get: operations["getLoan"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/loans/{id}/payments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A loan's payment records by month, reversed ones included */
        readonly get: operations["listPayments"];
        readonly put?: never;
        /**
         * Record a month's payment as made or missed
         * @description A made payment pays the oldest unpaid installment. Dates in the past are welcome.
         */
        readonly post: operations["recordPayment"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/payments/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A payment record */
        readonly get: operations["getPayment"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/payments/{id}/reversal": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Take a payment record back
         * @description The month is free again, a paid-off loan is open again, and the record stays visible with `reversed_at`.
         */
        readonly post: operations["reversePayment"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/loans/{id}/reversal": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Take a loan back that was issued by mistake
         * @description Refused while any payment record counts. Its reference stays taken.
         */
        readonly post: operations["reverseLoan"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/loans/{id}/schedule": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Every installment of a loan, and which are paid or overdue as of a date */
        readonly get: operations["getSchedule"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/loans/{id}/balance": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One loan as of a date, as known on a date */
        readonly get: operations["getBalance"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/loans/{id}/history": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Everything that was recorded of a loan: who did what, when */
        readonly get: operations["getHistory"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/quotes": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** The installment and the schedule of a loan, without issuing it */
        readonly post: operations["quoteLoan"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/book/outstanding": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The whole book as of a date, as known on a date: value, principal, volume */
        readonly get: operations["getOutstanding"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/book/arrears": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Ageing and portfolio at risk as of a date, as known on a date */
        readonly get: operations["getArrears"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/book/outstanding/series": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The whole book through time */
        readonly get: operations["getOutstandingSeries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/book/arrears/series": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Ageing and portfolio at risk through time */
        readonly get: operations["getArrearsSeries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/book/movements": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What moved the book in a period: opening + issued − paid + reversed = closing */
        readonly get: operations["getMovements"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/exports/loans": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * All loans as of a date, as known on a date, in one file
         * @description Each loan originated by then with its state as of then. Its columns hold those that `james import loans` takes. Loans that were taken back are left out unless asked for: imported, they would count. All of it is of one moment, whatever is recorded meanwhile; what is effective after `as_of` or was recorded after `known_at` is left out (`as_of=9999-12-31` leaves nothing out). An answer that breaks off before its end (the connection is closed without the last chunk) is not whole: ask again. An export may take an hour, its reader a minute for each piece; few go at once.
         */
        readonly get: operations["exportLoans"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/exports/payments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * All payment records up to a date, as known on a date, in one file
         * @description Loan by loan, month by month. Its columns hold those that `james import payments` takes. Records that were taken back are left out unless asked for: imported, they would count. All of it is of one moment, whatever is recorded meanwhile; what is effective after `as_of` or was recorded after `known_at` is left out (`as_of=9999-12-31` leaves nothing out). An answer that breaks off before its end (the connection is closed without the last chunk) is not whole: ask again. An export may take an hour, its reader a minute for each piece; few go at once.
         */
        readonly get: operations["exportPayments"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/exports/book": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The book up to a date, as known on a date, in one file
         * @description The changes of all loans' timelines, summed by recorded date, effective date, due date and cause. Added up they are the book as of the date; up to an earlier effective date, the book as of that; by due date, its ageing; by cause, its movements. All of it is of one moment, whatever is recorded meanwhile; what is effective after `as_of` or was recorded after `known_at` is left out (`as_of=9999-12-31` leaves nothing out). An answer that breaks off before its end (the connection is closed without the last chunk) is not whole: ask again. An export may take an hour, its reader a minute for each piece; few go at once.
         */
        readonly get: operations["exportBook"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/imports": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Imports, the latest first */
        readonly get: operations["listImports"];
        readonly put?: never;
        /**
         * Import loans or payments from a file of any size
         * @description The answer is sent once the whole file is safe on disk; its rows are then decided one after the other, by whichever process lives, also after a restart. What is recorded already is skipped, so a file may be sent again at any time. Rejected rows stop nothing and can be fetched, corrected and sent again. Loans need the columns (members) reference, amount, term, rate and date, and may have installment; payments need reference, payment (`made` or `missed`), date and amount. Others are taken no notice of. gzip is known by its first bytes, with or without `Content-Encoding: gzip`.
         */
        readonly post: operations["createImport"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/imports/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** An import, as far as it is now */
        readonly get: operations["getImport"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/imports/{id}/cancellation": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * End an import where it stands
         * @description No further row is booked; what is booked stays booked.
         */
        readonly post: operations["cancelImport"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/imports/{id}/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * How an import goes on, as server-sent events
         * @description Each event holds the import as GET /v1/imports/{id} answers it: `progress` at once and then whenever something has changed, at most once a second, and `end` when the import has ended, after which the stream is closed. A browser’s EventSource should be closed at `end`.
         */
        readonly get: operations["watchImport"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/imports/{id}/rejects": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The rejected rows of an import, as CSV
         * @description In the order of the file: the line on which a row begins, the field at fault (empty: the row as a whole) and the reason, and then the row’s own columns as they were sent. Corrected, the file can be sent as it is: its first three columns are taken no notice of. Of an import that runs they are those so far.
         */
        readonly get: operations["getImportRejects"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/keys": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All API keys that were ever made, by name */
        readonly get: operations["listKeys"];
        readonly put?: never;
        /** Make an API key; the answer alone shows it */
        readonly post: operations["createKey"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/keys/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One API key */
        readonly get: operations["getKey"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/keys/{name}/rotation": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Give a key another secret
         * @description The old one opens nothing any more, or only for `overlap_seconds`.
         */
        readonly post: operations["rotateKey"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/keys/{name}/revocation": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Shut a key out for good, with all its sessions
         * @description Within two seconds on every process of every server.
         */
        readonly post: operations["revokeKey"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/session": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whose session this is */
        readonly get: operations["getSession"];
        readonly put?: never;
        /**
         * Begin a session of the console with an API key
         * @description Sends the session as a cookie (HttpOnly, SameSite=Strict; over HTTPS also Secure).
         */
        readonly post: operations["signIn"];
        /** Sign out of this session */
        readonly delete: operations["signOut"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/sessions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** End all sessions of the caller's key, on every machine */
        readonly delete: operations["signOutEverywhere"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/demo": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether a demo can be run, and how far a run is */
        readonly get: operations["getDemo"];
        readonly put?: never;
        /**
         * Fill an empty book with a made-up bank, by default of ten years
         * @description Loans, payments on time and late, missed months, defaults and corrections, each recorded on its day. It runs in the background: GET /v1/demo tells how far it is. What is in the book then stays there, as everything does; it is for a database that is only looked at.
         */
        readonly post: operations["startDemo"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/healthz": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether the process is alive */
        readonly get: operations["getHealth"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/readyz": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether it can serve: database, schema, room on the disk */
        readonly get: operations["getReadiness"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description RFC 9457 problem details: The request is not valid. */
        readonly InvalidRequestProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/invalid-request";
            /** @example The request is not valid */
            readonly title: string;
            /** @enum {number} */
            readonly status: 400;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: No valid API key. */
        readonly UnauthorizedProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/unauthorized";
            /** @example No valid API key */
            readonly title: string;
            /** @enum {number} */
            readonly status: 401;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The key may not do this. */
        readonly ForbiddenProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/forbidden";
            /** @example The key may not do this */
            readonly title: string;
            /** @enum {number} */
            readonly status: 403;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: Too many requests. */
        readonly TooManyRequestsProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/too-many-requests";
            /** @example Too many requests */
            readonly title: string;
            /** @enum {number} */
            readonly status: 429;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: There is no such key. */
        readonly KeyNotFoundProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/key-not-found";
            /** @example There is no such key */
            readonly title: string;
            /** @enum {number} */
            readonly status: 404;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: Another key has this name. */
        readonly KeyNameTakenProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/key-name-taken";
            /** @example Another key has this name */
            readonly title: string;
            /** @enum {number} */
            readonly status: 409;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The key is revoked. */
        readonly KeyRevokedProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/key-revoked";
            /** @example The key is revoked */
            readonly title: string;
            /** @enum {number} */
            readonly status: 409;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: There is nothing at this address. */
        readonly NotFoundProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/not-found";
            /** @example There is nothing at this address */
            readonly title: string;
            /** @enum {number} */
            readonly status: 404;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: There is no such payment record. */
        readonly PaymentNotFoundProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/payment-not-found";
            /** @example There is no such payment record */
            readonly title: string;
            /** @enum {number} */
            readonly status: 404;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: There is no such loan. */
        readonly LoanNotFoundProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/loan-not-found";
            /** @example There is no such loan */
            readonly title: string;
            /** @enum {number} */
            readonly status: 404;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The body is too large. */
        readonly BodyTooLargeProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/body-too-large";
            /** @example The body is too large */
            readonly title: string;
            /** @enum {number} */
            readonly status: 413;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: No form of the answer is accepted. */
        readonly NotAcceptableProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/not-acceptable";
            /** @example No form of the answer is accepted */
            readonly title: string;
            /** @enum {number} */
            readonly status: 406;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The body is of another media type. */
        readonly UnsupportedMediaTypeProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/unsupported-media-type";
            /** @example The body is of another media type */
            readonly title: string;
            /** @enum {number} */
            readonly status: 415;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The body came too slowly. */
        readonly BodyTooSlowProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/body-too-slow";
            /** @example The body came too slowly */
            readonly title: string;
            /** @enum {number} */
            readonly status: 408;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: There is no such import. */
        readonly ImportNotFoundProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/import-not-found";
            /** @example There is no such import */
            readonly title: string;
            /** @enum {number} */
            readonly status: 404;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The import has ended. */
        readonly ImportEndedProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/import-ended";
            /** @example The import has ended */
            readonly title: string;
            /** @enum {number} */
            readonly status: 409;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The file cannot be imported. */
        readonly ImportRefusedProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/import-refused";
            /** @example The file cannot be imported */
            readonly title: string;
            /** @enum {number} */
            readonly status: 422;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The import was cancelled while its file came in. */
        readonly ImportCancelledProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/import-cancelled";
            /** @example The import was cancelled while its file came in */
            readonly title: string;
            /** @enum {number} */
            readonly status: 409;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The server is receiving as many files as it may. */
        readonly TooManyImportsProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/too-many-imports";
            /** @example The server is receiving as many files as it may */
            readonly title: string;
            /** @enum {number} */
            readonly status: 503;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The server sends as many streams of events as it may. */
        readonly TooManyStreamsProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/too-many-streams";
            /** @example The server sends as many streams of events as it may */
            readonly title: string;
            /** @enum {number} */
            readonly status: 503;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: A loan cannot be issued on these terms. */
        readonly TermsRefusedProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/terms-refused";
            /** @example A loan cannot be issued on these terms */
            readonly title: string;
            /** @enum {number} */
            readonly status: 422;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: Another loan has this reference. */
        readonly ReferenceTakenProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/reference-taken";
            /** @example Another loan has this reference */
            readonly title: string;
            /** @enum {number} */
            readonly status: 409;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The date is before the loan's date. */
        readonly BeforeLoanProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/before-loan";
            /** @example The date is before the loan's date */
            readonly title: string;
            /** @enum {number} */
            readonly status: 422;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The amount is not the installment. */
        readonly WrongAmountProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/wrong-amount";
            /** @example The amount is not the installment */
            readonly title: string;
            /** @enum {number} */
            readonly status: 422;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The month has a payment record already. */
        readonly DuplicatePaymentProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/duplicate-payment";
            /** @example The month has a payment record already */
            readonly title: string;
            /** @enum {number} */
            readonly status: 409;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The loan is paid off. */
        readonly PaidOffProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/paid-off";
            /** @example The loan is paid off */
            readonly title: string;
            /** @enum {number} */
            readonly status: 409;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The loan has been reversed. */
        readonly LoanReversedProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/loan-reversed";
            /** @example The loan has been reversed */
            readonly title: string;
            /** @enum {number} */
            readonly status: 409;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: It has been reversed already. */
        readonly AlreadyReversedProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/already-reversed";
            /** @example It has been reversed already */
            readonly title: string;
            /** @enum {number} */
            readonly status: 409;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: Payments stand against the loan. */
        readonly LoanHasPaymentsProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/loan-has-payments";
            /** @example Payments stand against the loan */
            readonly title: string;
            /** @enum {number} */
            readonly status: 409;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The known-at date lies in the future. */
        readonly KnownAtInFutureProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/known-at-in-future";
            /** @example The known-at date lies in the future */
            readonly title: string;
            /** @enum {number} */
            readonly status: 422;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The Idempotency-Key has been used for another request. */
        readonly IdempotencyKeyUsedProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/idempotency-key-used";
            /** @example The Idempotency-Key has been used for another request */
            readonly title: string;
            /** @enum {number} */
            readonly status: 422;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: No demo can be run here now. */
        readonly DemoRefusedProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/demo-refused";
            /** @example No demo can be run here now */
            readonly title: string;
            /** @enum {number} */
            readonly status: 409;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: A request with this Idempotency-Key is under way. */
        readonly IdempotencyKeyInUseProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/idempotency-key-in-use";
            /** @example A request with this Idempotency-Key is under way */
            readonly title: string;
            /** @enum {number} */
            readonly status: 409;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The database cannot serve now. */
        readonly UnavailableProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/unavailable";
            /** @example The database cannot serve now */
            readonly title: string;
            /** @enum {number} */
            readonly status: 503;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: The server is at its limit. */
        readonly OverloadedProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/overloaded";
            /** @example The server is at its limit */
            readonly title: string;
            /** @enum {number} */
            readonly status: 503;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: Too many exports are under way. */
        readonly ExportsBusyProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/exports-busy";
            /** @example Too many exports are under way */
            readonly title: string;
            /** @enum {number} */
            readonly status: 503;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
        /** @description RFC 9457 problem details: Something went wrong in James. */
        readonly InternalErrorProblem: {
            /**
             * @description The stable type of the problem, at which it is documented.
             * @enum {string}
             */
            readonly type: "/problems/internal-error";
            /** @example Something went wrong in James */
            readonly title: string;
            /** @enum {number} */
            readonly status: 500;
            /** @description What is wrong in this request. */
            readonly detail: string;
            /** @description Each place that is wrong; empty where it is no place of the request. */
            readonly errors: readonly {
                /**
                 * @description An RFC 6901 pointer into the body, or the name of a parameter.
                 * @example /amount
                 */
                readonly pointer: string;
                /** @description Why. */
                readonly detail: string;
            }[];
            /** @description Under which the log has this request. */
            readonly request_id: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type InvalidRequestProblem = components['schemas']['InvalidRequestProblem'];
export type UnauthorizedProblem = components['schemas']['UnauthorizedProblem'];
export type ForbiddenProblem = components['schemas']['ForbiddenProblem'];
export type TooManyRequestsProblem = components['schemas']['TooManyRequestsProblem'];
export type KeyNotFoundProblem = components['schemas']['KeyNotFoundProblem'];
export type KeyNameTakenProblem = components['schemas']['KeyNameTakenProblem'];
export type KeyRevokedProblem = components['schemas']['KeyRevokedProblem'];
export type NotFoundProblem = components['schemas']['NotFoundProblem'];
export type PaymentNotFoundProblem = components['schemas']['PaymentNotFoundProblem'];
export type LoanNotFoundProblem = components['schemas']['LoanNotFoundProblem'];
export type BodyTooLargeProblem = components['schemas']['BodyTooLargeProblem'];
export type NotAcceptableProblem = components['schemas']['NotAcceptableProblem'];
export type UnsupportedMediaTypeProblem = components['schemas']['UnsupportedMediaTypeProblem'];
export type BodyTooSlowProblem = components['schemas']['BodyTooSlowProblem'];
export type ImportNotFoundProblem = components['schemas']['ImportNotFoundProblem'];
export type ImportEndedProblem = components['schemas']['ImportEndedProblem'];
export type ImportRefusedProblem = components['schemas']['ImportRefusedProblem'];
export type ImportCancelledProblem = components['schemas']['ImportCancelledProblem'];
export type TooManyImportsProblem = components['schemas']['TooManyImportsProblem'];
export type TooManyStreamsProblem = components['schemas']['TooManyStreamsProblem'];
export type TermsRefusedProblem = components['schemas']['TermsRefusedProblem'];
export type ReferenceTakenProblem = components['schemas']['ReferenceTakenProblem'];
export type BeforeLoanProblem = components['schemas']['BeforeLoanProblem'];
export type WrongAmountProblem = components['schemas']['WrongAmountProblem'];
export type DuplicatePaymentProblem = components['schemas']['DuplicatePaymentProblem'];
export type PaidOffProblem = components['schemas']['PaidOffProblem'];
export type LoanReversedProblem = components['schemas']['LoanReversedProblem'];
export type AlreadyReversedProblem = components['schemas']['AlreadyReversedProblem'];
export type LoanHasPaymentsProblem = components['schemas']['LoanHasPaymentsProblem'];
export type KnownAtInFutureProblem = components['schemas']['KnownAtInFutureProblem'];
export type IdempotencyKeyUsedProblem = components['schemas']['IdempotencyKeyUsedProblem'];
export type DemoRefusedProblem = components['schemas']['DemoRefusedProblem'];
export type IdempotencyKeyInUseProblem = components['schemas']['IdempotencyKeyInUseProblem'];
export type UnavailableProblem = components['schemas']['UnavailableProblem'];
export type OverloadedProblem = components['schemas']['OverloadedProblem'];
export type ExportsBusyProblem = components['schemas']['ExportsBusyProblem'];
export type InternalErrorProblem = components['schemas']['InternalErrorProblem'];
export type $defs = Record<string, never>;
export interface operations {
    readonly listLoans: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The bank's own number for the loan; unique, compared byte by byte.
                 * @example LC2007-00001
                 */
                readonly reference?: string;
                /** @description active: something is outstanding; reversed: taken back as issued by mistake. */
                readonly status?: "active" | "paid_off" | "reversed";
                /**
                 * @description Loans originated on this date or later. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly date_from?: string;
                /**
                 * @description Loans originated on this date or earlier. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly date_to?: string;
                /**
                 * @description Active loans that are at least so many days past due today, the oldest due date first.
                 * @example 90
                 */
                readonly days_past_due_min?: number;
                /**
                 * @description Active loans whose next installment falls due on this date or later, by due date. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly due_from?: string;
                /**
                 * @description Active loans whose next installment falls due on this date or earlier, by due date. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly due_to?: string;
                /**
                 * @description Loans that have no payment record for this month, made or missed, that counts. A calendar month, `YYYY-MM`.
                 * @example 2017-09
                 */
                readonly without_record_in?: string;
                /**
                 * @description At most so many in one answer.
                 * @example 50
                 */
                readonly limit?: number;
                /** @description The `next` of the page before. */
                readonly after?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly data: readonly {
                            /**
                             * @description The loan's id, a UUID version 7.
                             * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                             */
                            readonly id: string;
                            /** @description The bank's own number for the loan. */
                            readonly reference: string | null;
                            /**
                             * @description The principal.
                             * @example 1000.00
                             */
                            readonly amount: string;
                            /**
                             * @description ISO 4217 code of the bank's currency.
                             * @example USD
                             */
                            readonly currency: string;
                            /**
                             * @description Months.
                             * @example 12
                             */
                            readonly term: number;
                            /**
                             * @description Annual interest rate.
                             * @example 0.05
                             */
                            readonly rate: string;
                            /**
                             * @description The origination date.
                             * @example 2017-08-05
                             */
                            readonly date: string;
                            /**
                             * @description The fixed monthly payment, rounded as the bank rounds.
                             * @example 85.60
                             */
                            readonly installment: string;
                            /**
                             * @description Installment × term.
                             * @example 1027.20
                             */
                            readonly total: string;
                            /** @description active: something is outstanding; reversed: taken back as issued by mistake. */
                            readonly status: "active" | "paid_off" | "reversed";
                            /**
                             * @description Made payments that count.
                             * @example 0
                             */
                            readonly payments_made: number;
                            /**
                             * @description When the next installment falls due; null unless the loan is active.
                             * @example 2017-09-05
                             */
                            readonly next_due_on: string | null;
                            /**
                             * @description When James recorded it (UTC).
                             * @example 2026-11-22T09:30:00.000Z
                             */
                            readonly recorded_at: string;
                            /** @description When it was taken back (UTC); null while it counts. */
                            readonly reversed_at: string | null;
                        }[];
                        /** @description Where the next page begins: send it as `after`. Null on the last page. */
                        readonly next: string | null;
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly issueLoan: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly reference?: string | null;
                    /**
                     * @description The principal. A decimal string.
                     * @example 1000.00
                     */
                    readonly amount: string;
                    /**
                     * @description If given, it must be the bank's currency.
                     * @example USD
                     */
                    readonly currency?: string;
                    /**
                     * @description Months, 1 to 1200.
                     * @example 12
                     */
                    readonly term: number;
                    /**
                     * @description Annual interest rate, 0 to 100, at most ten decimal places: "0.05" is 5 %.
                     * @example 0.05
                     */
                    readonly rate: string;
                    /**
                     * Format: calendar-date
                     * @description The origination date. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                     * @example 2017-08-05
                     */
                    readonly date: string;
                };
            };
        };
        readonly responses: {
            /** @description The loan; its address is in `Location`. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The loan's id, a UUID version 7.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly id: string;
                        /** @description The bank's own number for the loan. */
                        readonly reference: string | null;
                        /**
                         * @description The principal.
                         * @example 1000.00
                         */
                        readonly amount: string;
                        /**
                         * @description ISO 4217 code of the bank's currency.
                         * @example USD
                         */
                        readonly currency: string;
                        /**
                         * @description Months.
                         * @example 12
                         */
                        readonly term: number;
                        /**
                         * @description Annual interest rate.
                         * @example 0.05
                         */
                        readonly rate: string;
                        /**
                         * @description The origination date.
                         * @example 2017-08-05
                         */
                        readonly date: string;
                        /**
                         * @description The fixed monthly payment, rounded as the bank rounds.
                         * @example 85.60
                         */
                        readonly installment: string;
                        /**
                         * @description Installment × term.
                         * @example 1027.20
                         */
                        readonly total: string;
                        /** @description active: something is outstanding; reversed: taken back as issued by mistake. */
                        readonly status: "active" | "paid_off" | "reversed";
                        /**
                         * @description Made payments that count.
                         * @example 0
                         */
                        readonly payments_made: number;
                        /**
                         * @description When the next installment falls due; null unless the loan is active.
                         * @example 2017-09-05
                         */
                        readonly next_due_on: string | null;
                        /**
                         * @description When James recorded it (UTC).
                         * @example 2026-11-22T09:30:00.000Z
                         */
                        readonly recorded_at: string;
                        /** @description When it was taken back (UTC); null while it counts. */
                        readonly reversed_at: string | null;
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description Another loan has this reference (`/problems/reference-taken`). */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ReferenceTakenProblem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BodyTooLargeProblem"];
                };
            };
            /** @description The body is of another media type (`/problems/unsupported-media-type`). */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
                };
            };
            /** @description A loan cannot be issued on these terms (`/problems/terms-refused`). The Idempotency-Key has been used for another request (`/problems/idempotency-key-used`). */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TermsRefusedProblem"] | components["schemas"]["IdempotencyKeyUsedProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly getLoan: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The loan's id.
                 * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A loan. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The loan's id, a UUID version 7.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly id: string;
                        /** @description The bank's own number for the loan. */
                        readonly reference: string | null;
                        /**
                         * @description The principal.
                         * @example 1000.00
                         */
                        readonly amount: string;
                        /**
                         * @description ISO 4217 code of the bank's currency.
                         * @example USD
                         */
                        readonly currency: string;
                        /**
                         * @description Months.
                         * @example 12
                         */
                        readonly term: number;
                        /**
                         * @description Annual interest rate.
                         * @example 0.05
                         */
                        readonly rate: string;
                        /**
                         * @description The origination date.
                         * @example 2017-08-05
                         */
                        readonly date: string;
                        /**
                         * @description The fixed monthly payment, rounded as the bank rounds.
                         * @example 85.60
                         */
                        readonly installment: string;
                        /**
                         * @description Installment × term.
                         * @example 1027.20
                         */
                        readonly total: string;
                        /** @description active: something is outstanding; reversed: taken back as issued by mistake. */
                        readonly status: "active" | "paid_off" | "reversed";
                        /**
                         * @description Made payments that count.
                         * @example 0
                         */
                        readonly payments_made: number;
                        /**
                         * @description When the next installment falls due; null unless the loan is active.
                         * @example 2017-09-05
                         */
                        readonly next_due_on: string | null;
                        /**
                         * @description When James recorded it (UTC).
                         * @example 2026-11-22T09:30:00.000Z
                         */
                        readonly recorded_at: string;
                        /** @description When it was taken back (UTC); null while it counts. */
                        readonly reversed_at: string | null;
                    };
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description There is no such loan (`/problems/loan-not-found`). */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["LoanNotFoundProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly listPayments: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description At most so many in one answer.
                 * @example 50
                 */
                readonly limit?: number;
                /** @description The `next` of the page before. */
                readonly after?: string;
            };
            readonly header?: never;
            readonly path: {
                /**
                 * @description The loan's id.
                 * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly data: readonly {
                            /**
                             * @description The payment record's id.
                             * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                             */
                            readonly id: string;
                            /**
                             * @description The loan's id.
                             * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                             */
                            readonly loan_id: string;
                            readonly payment: "made" | "missed";
                            /**
                             * @description The effective date.
                             * @example 2017-09-05
                             */
                            readonly date: string;
                            /**
                             * @description The calendar month that the record is for.
                             * @example 2017-09
                             */
                            readonly month: string;
                            /**
                             * @description The installment.
                             * @example 85.60
                             */
                            readonly amount: string;
                            /**
                             * @description When James recorded it (UTC).
                             * @example 2026-11-22T09:30:00.000Z
                             */
                            readonly recorded_at: string;
                            /** @description When it was taken back (UTC); null while it counts. */
                            readonly reversed_at: string | null;
                        }[];
                        /** @description Where the next page begins: send it as `after`. Null on the last page. */
                        readonly next: string | null;
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description There is no such loan (`/problems/loan-not-found`). */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["LoanNotFoundProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly recordPayment: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The loan's id.
                 * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly payment: "made" | "missed";
                    /**
                     * Format: calendar-date
                     * @description The effective date, on or after the loan’s. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                     * @example 2017-08-05
                     */
                    readonly date: string;
                    /**
                     * @description Equals the installment; left out, it means just that. A decimal string.
                     * @example 85.60
                     */
                    readonly amount?: string;
                    /**
                     * @description If given, it must be the bank's currency.
                     * @example USD
                     */
                    readonly currency?: string;
                    /** @description A payment record of the same loan that is taken back in the same transaction: the way to record a late payment in a month recorded as missed. */
                    readonly replaces?: string | null;
                };
            };
        };
        readonly responses: {
            /** @description The payment record; its address is in `Location`. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The payment record's id.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly id: string;
                        /**
                         * @description The loan's id.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly loan_id: string;
                        readonly payment: "made" | "missed";
                        /**
                         * @description The effective date.
                         * @example 2017-09-05
                         */
                        readonly date: string;
                        /**
                         * @description The calendar month that the record is for.
                         * @example 2017-09
                         */
                        readonly month: string;
                        /**
                         * @description The installment.
                         * @example 85.60
                         */
                        readonly amount: string;
                        /**
                         * @description When James recorded it (UTC).
                         * @example 2026-11-22T09:30:00.000Z
                         */
                        readonly recorded_at: string;
                        /** @description When it was taken back (UTC); null while it counts. */
                        readonly reversed_at: string | null;
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description There is no such loan (`/problems/loan-not-found`). There is no such payment record (`/problems/payment-not-found`). */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["LoanNotFoundProblem"] | components["schemas"]["PaymentNotFoundProblem"];
                };
            };
            /** @description The month has a payment record already (`/problems/duplicate-payment`). The loan is paid off (`/problems/paid-off`). The loan has been reversed (`/problems/loan-reversed`). It has been reversed already (`/problems/already-reversed`). */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["DuplicatePaymentProblem"] | components["schemas"]["PaidOffProblem"] | components["schemas"]["LoanReversedProblem"] | components["schemas"]["AlreadyReversedProblem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BodyTooLargeProblem"];
                };
            };
            /** @description The body is of another media type (`/problems/unsupported-media-type`). */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
                };
            };
            /** @description The date is before the loan's date (`/problems/before-loan`). The amount is not the installment (`/problems/wrong-amount`). The Idempotency-Key has been used for another request (`/problems/idempotency-key-used`). */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BeforeLoanProblem"] | components["schemas"]["WrongAmountProblem"] | components["schemas"]["IdempotencyKeyUsedProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly getPayment: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The payment record's id.
                 * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A payment record. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The payment record's id.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly id: string;
                        /**
                         * @description The loan's id.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly loan_id: string;
                        readonly payment: "made" | "missed";
                        /**
                         * @description The effective date.
                         * @example 2017-09-05
                         */
                        readonly date: string;
                        /**
                         * @description The calendar month that the record is for.
                         * @example 2017-09
                         */
                        readonly month: string;
                        /**
                         * @description The installment.
                         * @example 85.60
                         */
                        readonly amount: string;
                        /**
                         * @description When James recorded it (UTC).
                         * @example 2026-11-22T09:30:00.000Z
                         */
                        readonly recorded_at: string;
                        /** @description When it was taken back (UTC); null while it counts. */
                        readonly reversed_at: string | null;
                    };
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description There is no such payment record (`/problems/payment-not-found`). */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["PaymentNotFoundProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly reversePayment: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The payment record's id.
                 * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * @description Why it is taken back; kept in the history.
                     * @example returned by the customer’s bank
                     */
                    readonly reason?: string | null;
                };
            };
        };
        readonly responses: {
            /** @description The payment record, reversed. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The payment record's id.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly id: string;
                        /**
                         * @description The loan's id.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly loan_id: string;
                        readonly payment: "made" | "missed";
                        /**
                         * @description The effective date.
                         * @example 2017-09-05
                         */
                        readonly date: string;
                        /**
                         * @description The calendar month that the record is for.
                         * @example 2017-09
                         */
                        readonly month: string;
                        /**
                         * @description The installment.
                         * @example 85.60
                         */
                        readonly amount: string;
                        /**
                         * @description When James recorded it (UTC).
                         * @example 2026-11-22T09:30:00.000Z
                         */
                        readonly recorded_at: string;
                        /** @description When it was taken back (UTC); null while it counts. */
                        readonly reversed_at: string | null;
                        /** @description The record that took it back. */
                        readonly reversal: {
                            /**
                             * @description The reversal's own id.
                             * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                             */
                            readonly id: string;
                            readonly reason: string | null;
                            /**
                             * @description When James recorded it (UTC).
                             * @example 2026-11-22T09:30:00.000Z
                             */
                            readonly recorded_at: string;
                        };
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description There is no such payment record (`/problems/payment-not-found`). */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["PaymentNotFoundProblem"];
                };
            };
            /** @description It has been reversed already (`/problems/already-reversed`). */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["AlreadyReversedProblem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BodyTooLargeProblem"];
                };
            };
            /** @description The body is of another media type (`/problems/unsupported-media-type`). */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
                };
            };
            /** @description The Idempotency-Key has been used for another request (`/problems/idempotency-key-used`). */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["IdempotencyKeyUsedProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly reverseLoan: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The loan's id.
                 * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * @description Why it is taken back; kept in the history.
                     * @example returned by the customer’s bank
                     */
                    readonly reason?: string | null;
                };
            };
        };
        readonly responses: {
            /** @description The loan, reversed. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The loan's id, a UUID version 7.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly id: string;
                        /** @description The bank's own number for the loan. */
                        readonly reference: string | null;
                        /**
                         * @description The principal.
                         * @example 1000.00
                         */
                        readonly amount: string;
                        /**
                         * @description ISO 4217 code of the bank's currency.
                         * @example USD
                         */
                        readonly currency: string;
                        /**
                         * @description Months.
                         * @example 12
                         */
                        readonly term: number;
                        /**
                         * @description Annual interest rate.
                         * @example 0.05
                         */
                        readonly rate: string;
                        /**
                         * @description The origination date.
                         * @example 2017-08-05
                         */
                        readonly date: string;
                        /**
                         * @description The fixed monthly payment, rounded as the bank rounds.
                         * @example 85.60
                         */
                        readonly installment: string;
                        /**
                         * @description Installment × term.
                         * @example 1027.20
                         */
                        readonly total: string;
                        /** @description active: something is outstanding; reversed: taken back as issued by mistake. */
                        readonly status: "active" | "paid_off" | "reversed";
                        /**
                         * @description Made payments that count.
                         * @example 0
                         */
                        readonly payments_made: number;
                        /**
                         * @description When the next installment falls due; null unless the loan is active.
                         * @example 2017-09-05
                         */
                        readonly next_due_on: string | null;
                        /**
                         * @description When James recorded it (UTC).
                         * @example 2026-11-22T09:30:00.000Z
                         */
                        readonly recorded_at: string;
                        /** @description When it was taken back (UTC); null while it counts. */
                        readonly reversed_at: string | null;
                        /** @description The record that took it back. */
                        readonly reversal: {
                            /**
                             * @description The reversal's own id.
                             * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                             */
                            readonly id: string;
                            readonly reason: string | null;
                            /**
                             * @description When James recorded it (UTC).
                             * @example 2026-11-22T09:30:00.000Z
                             */
                            readonly recorded_at: string;
                        };
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description There is no such loan (`/problems/loan-not-found`). */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["LoanNotFoundProblem"];
                };
            };
            /** @description It has been reversed already (`/problems/already-reversed`). Payments stand against the loan (`/problems/loan-has-payments`). */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["AlreadyReversedProblem"] | components["schemas"]["LoanHasPaymentsProblem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BodyTooLargeProblem"];
                };
            };
            /** @description The body is of another media type (`/problems/unsupported-media-type`). */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
                };
            };
            /** @description The Idempotency-Key has been used for another request (`/problems/idempotency-key-used`). */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["IdempotencyKeyUsedProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly getSchedule: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The effective date; today in the bank's time zone unless given. It may lie in the future. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly as_of?: string;
                /**
                 * @description The recorded date up to which records count; not in the future. Left out: everything known now. The answer for a date that has passed never changes again; today's is provisional. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly known_at?: string;
            };
            readonly header?: never;
            readonly path: {
                /**
                 * @description The loan's id.
                 * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Every installment, in order. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The loan's id.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly loan_id: string;
                        /**
                         * @description The effective date that was asked about.
                         * @example 2017-08-05
                         */
                        readonly as_of: string;
                        /**
                         * @description Records count up to this recorded date.
                         * @example 2026-11-22
                         */
                        readonly known_at: string;
                        /** @description Whether the known-at date is today: what is learned later today still changes the answer. */
                        readonly provisional: boolean;
                        /**
                         * @description ISO 4217 code of the bank's currency.
                         * @example USD
                         */
                        readonly currency: string;
                        readonly data: readonly {
                            /** @example 1 */
                            readonly number: number;
                            /**
                             * @description When it falls due.
                             * @example 2017-09-05
                             */
                            readonly due_on: string;
                            /**
                             * @description The fixed monthly payment.
                             * @example 85.60
                             */
                            readonly installment: string;
                            /**
                             * @description Its principal part.
                             * @example 81.44
                             */
                            readonly principal: string;
                            /**
                             * @description Its interest part, which takes up all rounding.
                             * @example 4.16
                             */
                            readonly interest: string;
                            /**
                             * @description The outstanding value after it.
                             * @example 941.60
                             */
                            readonly outstanding: string;
                            /**
                             * @description The outstanding principal after it.
                             * @example 918.56
                             */
                            readonly principal_outstanding: string;
                            /** @description As of the date: overdue from the day after it fell due. */
                            readonly status: "paid" | "overdue" | "due" | "reversed";
                        }[];
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description There is no such loan (`/problems/loan-not-found`). */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["LoanNotFoundProblem"];
                };
            };
            /** @description The date is before the loan's date (`/problems/before-loan`). The known-at date lies in the future (`/problems/known-at-in-future`). */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BeforeLoanProblem"] | components["schemas"]["KnownAtInFutureProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly getBalance: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The effective date; today in the bank's time zone unless given. It may lie in the future. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly as_of?: string;
                /**
                 * @description The recorded date up to which records count; not in the future. Left out: everything known now. The answer for a date that has passed never changes again; today's is provisional. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly known_at?: string;
            };
            readonly header?: never;
            readonly path: {
                /**
                 * @description The loan's id.
                 * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The loan as of the date. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The loan's id.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly loan_id: string;
                        /**
                         * @description The effective date that was asked about.
                         * @example 2017-08-05
                         */
                        readonly as_of: string;
                        /**
                         * @description Records count up to this recorded date.
                         * @example 2026-11-22
                         */
                        readonly known_at: string;
                        /** @description Whether the known-at date is today: what is learned later today still changes the answer. */
                        readonly provisional: boolean;
                        /**
                         * @description ISO 4217 code of the bank's currency.
                         * @example USD
                         */
                        readonly currency: string;
                        /**
                         * @description Outstanding value: installment × payments left.
                         * @example 770.40
                         */
                        readonly value: string;
                        /**
                         * @description Outstanding principal.
                         * @example 753.80
                         */
                        readonly principal: string;
                        /** @example 3 */
                        readonly payments_made: number;
                        /** @example 9 */
                        readonly payments_left: number;
                        /**
                         * @description When the next installment falls due; null unless the loan is active.
                         * @example 2017-09-05
                         */
                        readonly next_due_on: string | null;
                        /** @example 0 */
                        readonly days_past_due: number;
                        readonly overdue: {
                            /** @description Installments that fell due before the date and are unpaid. */
                            readonly installments: number;
                            /**
                             * @description What they add up to.
                             * @example 0.00
                             */
                            readonly value: string;
                        };
                        /** @description active: something is outstanding; reversed: taken back as issued by mistake. */
                        readonly status: "active" | "paid_off" | "reversed";
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description There is no such loan (`/problems/loan-not-found`). */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["LoanNotFoundProblem"];
                };
            };
            /** @description The date is before the loan's date (`/problems/before-loan`). The known-at date lies in the future (`/problems/known-at-in-future`). */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BeforeLoanProblem"] | components["schemas"]["KnownAtInFutureProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly getHistory: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description At most so many in one answer.
                 * @example 50
                 */
                readonly limit?: number;
                /** @description The `next` of the page before. */
                readonly after?: string;
            };
            readonly header?: never;
            readonly path: {
                /**
                 * @description The loan's id.
                 * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly data: readonly {
                            /**
                             * @description The record's place in the loan's history, from 1.
                             * @example 1
                             */
                            readonly sequence: number;
                            readonly kind: "issued" | "made" | "missed" | "payment_reversed" | "loan_reversed";
                            /**
                             * @description The record's id.
                             * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                             */
                            readonly id: string;
                            /**
                             * @description The effective date; of a reversal: that of what it took back.
                             * @example 2017-08-05
                             */
                            readonly date: string;
                            /** @description The payment record that was made or taken back; null where it is the loan. */
                            readonly payment_id: string | null;
                            /** @description Why it was taken back. */
                            readonly reason: string | null;
                            /**
                             * @description When James recorded it (UTC).
                             * @example 2026-11-22T09:30:00.000Z
                             */
                            readonly recorded_at: string;
                            /**
                             * @description The bank's calendar date then.
                             * @example 2026-11-22
                             */
                            readonly recorded_on: string;
                            /** @description The request that brought it. */
                            readonly request_id: string;
                            /**
                             * @description The name of the key that did it.
                             * @example development
                             */
                            readonly recorded_by: string;
                            /** @description SHA-256 of this record and the hash of the one before: whoever changes one breaks the chain. */
                            readonly hash: string;
                        }[];
                        /** @description Where the next page begins: send it as `after`. Null on the last page. */
                        readonly next: string | null;
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description There is no such loan (`/problems/loan-not-found`). */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["LoanNotFoundProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly quoteLoan: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * @description The principal. A decimal string.
                     * @example 1000.00
                     */
                    readonly amount: string;
                    /**
                     * @description If given, it must be the bank's currency.
                     * @example USD
                     */
                    readonly currency?: string;
                    /**
                     * @description Months, 1 to 1200.
                     * @example 12
                     */
                    readonly term: number;
                    /**
                     * @description Annual interest rate, 0 to 100, at most ten decimal places: "0.05" is 5 %.
                     * @example 0.05
                     */
                    readonly rate: string;
                    /**
                     * Format: calendar-date
                     * @description The origination date. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                     * @example 2017-08-05
                     */
                    readonly date: string;
                };
            };
        };
        readonly responses: {
            /** @description What the loan would be. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The principal.
                         * @example 1000.00
                         */
                        readonly amount: string;
                        /**
                         * @description ISO 4217 code of the bank's currency.
                         * @example USD
                         */
                        readonly currency: string;
                        /** @example 12 */
                        readonly term: number;
                        /** @example 0.05 */
                        readonly rate: string;
                        /**
                         * @description The origination date.
                         * @example 2017-08-05
                         */
                        readonly date: string;
                        /**
                         * @description The fixed monthly payment.
                         * @example 85.60
                         */
                        readonly installment: string;
                        /**
                         * @description Installment × term.
                         * @example 1027.20
                         */
                        readonly total: string;
                        /**
                         * @description Total − amount.
                         * @example 27.20
                         */
                        readonly interest: string;
                        readonly schedule: readonly {
                            /** @example 1 */
                            readonly number: number;
                            /**
                             * @description When it falls due.
                             * @example 2017-09-05
                             */
                            readonly due_on: string;
                            /**
                             * @description The fixed monthly payment.
                             * @example 85.60
                             */
                            readonly installment: string;
                            /**
                             * @description Its principal part.
                             * @example 81.44
                             */
                            readonly principal: string;
                            /**
                             * @description Its interest part, which takes up all rounding.
                             * @example 4.16
                             */
                            readonly interest: string;
                            /**
                             * @description The outstanding value after it.
                             * @example 941.60
                             */
                            readonly outstanding: string;
                            /**
                             * @description The outstanding principal after it.
                             * @example 918.56
                             */
                            readonly principal_outstanding: string;
                        }[];
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BodyTooLargeProblem"];
                };
            };
            /** @description The body is of another media type (`/problems/unsupported-media-type`). */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
                };
            };
            /** @description A loan cannot be issued on these terms (`/problems/terms-refused`). */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TermsRefusedProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly getOutstanding: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The effective date; today in the bank's time zone unless given. It may lie in the future. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly as_of?: string;
                /**
                 * @description The recorded date up to which records count; not in the future. Left out: everything known now. The answer for a date that has passed never changes again; today's is provisional. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly known_at?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The book as of the date. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The effective date that was asked about.
                         * @example 2010-12-31
                         */
                        readonly as_of: string;
                        /**
                         * @description Records count up to this recorded date.
                         * @example 2026-11-22
                         */
                        readonly known_at: string;
                        /** @description Whether the known-at date is today: what is learned later today still changes the answer. */
                        readonly provisional: boolean;
                        /**
                         * @description ISO 4217 code of the bank's currency.
                         * @example USD
                         */
                        readonly currency: string;
                        /**
                         * @description Outstanding value: money still to be paid.
                         * @example 1027.20
                         */
                        readonly value: string;
                        /**
                         * @description Outstanding principal.
                         * @example 1000.00
                         */
                        readonly principal: string;
                        /**
                         * @description Loans that still have something outstanding.
                         * @example 1
                         */
                        readonly volume: number;
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description The known-at date lies in the future (`/problems/known-at-in-future`). */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["KnownAtInFutureProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly getArrears: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The effective date; today in the bank's time zone unless given. It may lie in the future. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly as_of?: string;
                /**
                 * @description The recorded date up to which records count; not in the future. Left out: everything known now. The answer for a date that has passed never changes again; today's is provisional. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly known_at?: string;
                /**
                 * @description Upper bounds of the buckets in days past due, ascending, at most 20.
                 * @example 30,60,90
                 */
                readonly buckets?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Ageing and portfolio at risk as of the date. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The effective date that was asked about.
                         * @example 2010-12-31
                         */
                        readonly as_of: string;
                        /**
                         * @description Records count up to this recorded date.
                         * @example 2026-11-22
                         */
                        readonly known_at: string;
                        /** @description Whether the known-at date is today: what is learned later today still changes the answer. */
                        readonly provisional: boolean;
                        /**
                         * @description ISO 4217 code of the bank's currency.
                         * @example USD
                         */
                        readonly currency: string;
                        readonly total: {
                            /**
                             * @description Outstanding value: money still to be paid.
                             * @example 1027.20
                             */
                            readonly value: string;
                            /**
                             * @description Outstanding principal.
                             * @example 1000.00
                             */
                            readonly principal: string;
                            /**
                             * @description Loans that still have something outstanding.
                             * @example 1
                             */
                            readonly volume: number;
                        };
                        /** @description Ageing: every outstanding loan in one bucket; they add up to the total. */
                        readonly buckets: readonly {
                            /** @description Days past due, from. */
                            readonly days_from: number;
                            /** @description Days past due, to; null: no upper bound. */
                            readonly days_to: number | null;
                            /**
                             * @description Outstanding value: money still to be paid.
                             * @example 1027.20
                             */
                            readonly value: string;
                            /**
                             * @description Outstanding principal.
                             * @example 1000.00
                             */
                            readonly principal: string;
                            /**
                             * @description Loans that still have something outstanding.
                             * @example 1
                             */
                            readonly volume: number;
                        }[];
                        /** @description Portfolio at risk. */
                        readonly par: readonly {
                            /** @description Loans more than this many days past due. */
                            readonly days: number;
                            /**
                             * @description Their whole outstanding principal.
                             * @example 1000.00
                             */
                            readonly principal: string;
                            /**
                             * @description The outstanding principal of the book.
                             * @example 1000.00
                             */
                            readonly of: string;
                            /**
                             * @description The one through the other, half up to six places; null if there is no principal.
                             * @example 0.013400
                             */
                            readonly ratio: string | null;
                        }[];
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description The known-at date lies in the future (`/problems/known-at-in-future`). */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["KnownAtInFutureProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly getOutstandingSeries: {
        readonly parameters: {
            readonly query: {
                /**
                 * @description The first day. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly from: string;
                /**
                 * @description The last day, on or after the first. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly to: string;
                /**
                 * @description The recorded date up to which records count; not in the future. Left out: everything known now. The answer for a date that has passed never changes again; today's is provisional. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly known_at?: string;
                /** @description day and week step from `from`; month, quarter and year take the period ends in from … to, and `to` itself. At most 5000 points. month unless given. */
                readonly step?: "day" | "week" | "month" | "quarter" | "year";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A point for each date. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The first day.
                         * @example 2010-01-01
                         */
                        readonly from: string;
                        /**
                         * @description The last day.
                         * @example 2010-12-31
                         */
                        readonly to: string;
                        /** @example month */
                        readonly step: string;
                        /**
                         * @description Records count up to this recorded date.
                         * @example 2026-11-22
                         */
                        readonly known_at: string;
                        /** @description Whether the known-at date is today: what is learned later today still changes the answer. */
                        readonly provisional: boolean;
                        /**
                         * @description ISO 4217 code of the bank's currency.
                         * @example USD
                         */
                        readonly currency: string;
                        readonly points: readonly {
                            /**
                             * @description The effective date that was asked about.
                             * @example 2010-12-31
                             */
                            readonly as_of: string;
                            /**
                             * @description Outstanding value: money still to be paid.
                             * @example 1027.20
                             */
                            readonly value: string;
                            /**
                             * @description Outstanding principal.
                             * @example 1000.00
                             */
                            readonly principal: string;
                            /**
                             * @description Loans that still have something outstanding.
                             * @example 1
                             */
                            readonly volume: number;
                        }[];
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description The known-at date lies in the future (`/problems/known-at-in-future`). */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["KnownAtInFutureProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly getArrearsSeries: {
        readonly parameters: {
            readonly query: {
                /**
                 * @description The first day. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly from: string;
                /**
                 * @description The last day, on or after the first. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly to: string;
                /**
                 * @description The recorded date up to which records count; not in the future. Left out: everything known now. The answer for a date that has passed never changes again; today's is provisional. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly known_at?: string;
                /** @description day and week step from `from`; month, quarter and year take the period ends in from … to, and `to` itself. At most 5000 points. month unless given. */
                readonly step?: "day" | "week" | "month" | "quarter" | "year";
                /**
                 * @description Upper bounds of the buckets in days past due, ascending, at most 20.
                 * @example 30,60,90
                 */
                readonly buckets?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A point for each date. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The first day.
                         * @example 2010-01-01
                         */
                        readonly from: string;
                        /**
                         * @description The last day.
                         * @example 2010-12-31
                         */
                        readonly to: string;
                        /** @example month */
                        readonly step: string;
                        /**
                         * @description Records count up to this recorded date.
                         * @example 2026-11-22
                         */
                        readonly known_at: string;
                        /** @description Whether the known-at date is today: what is learned later today still changes the answer. */
                        readonly provisional: boolean;
                        /**
                         * @description ISO 4217 code of the bank's currency.
                         * @example USD
                         */
                        readonly currency: string;
                        readonly points: readonly {
                            /**
                             * @description The effective date that was asked about.
                             * @example 2010-12-31
                             */
                            readonly as_of: string;
                            readonly total: {
                                /**
                                 * @description Outstanding value: money still to be paid.
                                 * @example 1027.20
                                 */
                                readonly value: string;
                                /**
                                 * @description Outstanding principal.
                                 * @example 1000.00
                                 */
                                readonly principal: string;
                                /**
                                 * @description Loans that still have something outstanding.
                                 * @example 1
                                 */
                                readonly volume: number;
                            };
                            /** @description Ageing: every outstanding loan in one bucket; they add up to the total. */
                            readonly buckets: readonly {
                                /** @description Days past due, from. */
                                readonly days_from: number;
                                /** @description Days past due, to; null: no upper bound. */
                                readonly days_to: number | null;
                                /**
                                 * @description Outstanding value: money still to be paid.
                                 * @example 1027.20
                                 */
                                readonly value: string;
                                /**
                                 * @description Outstanding principal.
                                 * @example 1000.00
                                 */
                                readonly principal: string;
                                /**
                                 * @description Loans that still have something outstanding.
                                 * @example 1
                                 */
                                readonly volume: number;
                            }[];
                            /** @description Portfolio at risk. */
                            readonly par: readonly {
                                /** @description Loans more than this many days past due. */
                                readonly days: number;
                                /**
                                 * @description Their whole outstanding principal.
                                 * @example 1000.00
                                 */
                                readonly principal: string;
                                /**
                                 * @description The outstanding principal of the book.
                                 * @example 1000.00
                                 */
                                readonly of: string;
                                /**
                                 * @description The one through the other, half up to six places; null if there is no principal.
                                 * @example 0.013400
                                 */
                                readonly ratio: string | null;
                            }[];
                        }[];
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description The known-at date lies in the future (`/problems/known-at-in-future`). */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["KnownAtInFutureProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly getMovements: {
        readonly parameters: {
            readonly query: {
                /**
                 * @description The first day. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly from: string;
                /**
                 * @description The last day, on or after the first. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly to: string;
                /**
                 * @description The recorded date up to which records count; not in the future. Left out: everything known now. The answer for a date that has passed never changes again; today's is provisional. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly known_at?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The movements of the period. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The first day.
                         * @example 2010-01-01
                         */
                        readonly from: string;
                        /**
                         * @description The last day.
                         * @example 2010-12-31
                         */
                        readonly to: string;
                        /**
                         * @description Records count up to this recorded date.
                         * @example 2026-11-22
                         */
                        readonly known_at: string;
                        /** @description Whether the known-at date is today: what is learned later today still changes the answer. */
                        readonly provisional: boolean;
                        /**
                         * @description ISO 4217 code of the bank's currency.
                         * @example USD
                         */
                        readonly currency: string;
                        /** @description As of the day before `from`. */
                        readonly opening: {
                            /**
                             * @description Outstanding value: money still to be paid.
                             * @example 1027.20
                             */
                            readonly value: string;
                            /**
                             * @description Outstanding principal.
                             * @example 1000.00
                             */
                            readonly principal: string;
                            /**
                             * @description Loans that still have something outstanding.
                             * @example 1
                             */
                            readonly volume: number;
                        };
                        /** @description What issuing loans added. */
                        readonly issued: {
                            /**
                             * @description Outstanding value: money still to be paid.
                             * @example 1027.20
                             */
                            readonly value: string;
                            /**
                             * @description Outstanding principal.
                             * @example 1000.00
                             */
                            readonly principal: string;
                            /**
                             * @description Loans that still have something outstanding.
                             * @example 1
                             */
                            readonly volume: number;
                        };
                        /** @description What payments took away (and, backdated, moved). */
                        readonly paid: {
                            /**
                             * @description Outstanding value: money still to be paid.
                             * @example 1027.20
                             */
                            readonly value: string;
                            /**
                             * @description Outstanding principal.
                             * @example 1000.00
                             */
                            readonly principal: string;
                            /**
                             * @description Loans that still have something outstanding.
                             * @example 1
                             */
                            readonly volume: number;
                        };
                        /** @description What reversals changed, with its sign. */
                        readonly reversed: {
                            /**
                             * @description Outstanding value: money still to be paid.
                             * @example 1027.20
                             */
                            readonly value: string;
                            /**
                             * @description Outstanding principal.
                             * @example 1000.00
                             */
                            readonly principal: string;
                            /**
                             * @description Loans that still have something outstanding.
                             * @example 1
                             */
                            readonly volume: number;
                        };
                        /** @description As of `to`: opening + issued − paid + reversed. */
                        readonly closing: {
                            /**
                             * @description Outstanding value: money still to be paid.
                             * @example 1027.20
                             */
                            readonly value: string;
                            /**
                             * @description Outstanding principal.
                             * @example 1000.00
                             */
                            readonly principal: string;
                            /**
                             * @description Loans that still have something outstanding.
                             * @example 1
                             */
                            readonly volume: number;
                        };
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description The known-at date lies in the future (`/problems/known-at-in-future`). */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["KnownAtInFutureProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly exportLoans: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The form of the file. Left out, the `Accept` header decides, and without one it is CSV.
                 * @example csv
                 */
                readonly format?: "csv" | "ndjson" | "parquet";
                /**
                 * @description The effective date; today in the bank's time zone unless given. It may lie in the future. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly as_of?: string;
                /**
                 * @description The recorded date up to which records count; not in the future. Left out: everything known now. The answer for a date that has passed never changes again; today's is provisional. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly known_at?: string;
                /**
                 * @description The bank's own number for the loan; unique, compared byte by byte.
                 * @example LC2007-00001
                 */
                readonly reference?: string;
                /** @description active: something is outstanding; reversed: taken back as issued by mistake. */
                readonly status?: "active" | "paid_off" | "reversed";
                /**
                 * @description Loans originated on this date or later. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly date_from?: string;
                /**
                 * @description Loans originated on this date or earlier. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly date_to?: string;
                /**
                 * @description Active loans that are at least so many days past due as of the date.
                 * @example 90
                 */
                readonly days_past_due_min?: number;
                /**
                 * @description Whether what was taken back comes along, with its `reversed_at`. Left out: false.
                 * @example true
                 */
                readonly include_reversed?: boolean;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The loans. Sent as it is read, without a length: only an answer that comes to its end is whole. */
            readonly 200: {
                headers: {
                    /** @description A name for the file: what, as of when, and known when if that has passed. */
                    readonly "content-disposition"?: string;
                    /** @description The as-of date. */
                    readonly "x-as-of"?: string;
                    /** @description The known-at date. */
                    readonly "x-known-at"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/csv": string;
                    readonly "application/x-ndjson": {
                        /**
                         * @description The bank's own number for the loan; where it has none, the loan's id, under which an import files it.
                         * @example LC2007-00001
                         */
                        readonly reference: string;
                        /**
                         * @description The principal.
                         * @example 1000.00
                         */
                        readonly amount: string;
                        /**
                         * @description Months.
                         * @example 12
                         */
                        readonly term: number;
                        /**
                         * @description Annual interest rate.
                         * @example 0.05
                         */
                        readonly rate: string;
                        /**
                         * @description The origination date.
                         * @example 2017-08-05
                         */
                        readonly date: string;
                        /**
                         * @description The fixed monthly payment.
                         * @example 85.60
                         */
                        readonly installment: string;
                        /**
                         * @description The loan's id.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly id: string;
                        /**
                         * @description ISO 4217 code of the bank's currency.
                         * @example USD
                         */
                        readonly currency: string;
                        /**
                         * @description Installment × term.
                         * @example 1027.20
                         */
                        readonly total: string;
                        /** @description active: something is outstanding; reversed: taken back as issued by mistake. */
                        readonly status: "active" | "paid_off" | "reversed";
                        /**
                         * @description Outstanding value as of the date.
                         * @example 770.40
                         */
                        readonly value: string;
                        /**
                         * @description Outstanding principal as of the date.
                         * @example 753.80
                         */
                        readonly principal: string;
                        /** @example 3 */
                        readonly payments_made: number;
                        /** @example 9 */
                        readonly payments_left: number;
                        /**
                         * @description When the next installment falls due; null unless the loan is active.
                         * @example 2017-09-05
                         */
                        readonly next_due_on: string | null;
                        /** @example 0 */
                        readonly days_past_due: number;
                        /**
                         * @description Installments that fell due before the date and are unpaid.
                         * @example 0
                         */
                        readonly overdue_installments: number;
                        /**
                         * @description What they add up to.
                         * @example 0.00
                         */
                        readonly overdue_value: string;
                        /**
                         * @description When James recorded it (UTC).
                         * @example 2026-11-22T09:30:00.000Z
                         */
                        readonly recorded_at: string;
                        /**
                         * @description The bank's calendar date then.
                         * @example 2026-11-22
                         */
                        readonly recorded_on: string;
                        /** @description When it was taken back (UTC); null while it counts. */
                        readonly reversed_at: string | null;
                    };
                    readonly "application/vnd.apache.parquet": string;
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description No form of the answer is accepted (`/problems/not-acceptable`). */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["NotAcceptableProblem"];
                };
            };
            /** @description The known-at date lies in the future (`/problems/known-at-in-future`). */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["KnownAtInFutureProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description Too many exports are under way (`/problems/exports-busy`). The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ExportsBusyProblem"] | components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly exportPayments: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The form of the file. Left out, the `Accept` header decides, and without one it is CSV.
                 * @example csv
                 */
                readonly format?: "csv" | "ndjson" | "parquet";
                /**
                 * @description The effective date; today in the bank's time zone unless given. It may lie in the future. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly as_of?: string;
                /**
                 * @description The recorded date up to which records count; not in the future. Left out: everything known now. The answer for a date that has passed never changes again; today's is provisional. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly known_at?: string;
                /**
                 * @description The bank's own number for the loan; unique, compared byte by byte.
                 * @example LC2007-00001
                 */
                readonly reference?: string;
                /**
                 * @description Payments of the loan with this id, beside or in place of its reference.
                 * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                 */
                readonly loan_id?: string;
                readonly payment?: "made" | "missed";
                /**
                 * @description Payments effective on this date or later. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly date_from?: string;
                /**
                 * @description Payments effective on this date or earlier. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly date_to?: string;
                /**
                 * @description Whether what was taken back comes along, with its `reversed_at`. Left out: false.
                 * @example true
                 */
                readonly include_reversed?: boolean;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The payment records. Sent as it is read, without a length: only an answer that comes to its end is whole. */
            readonly 200: {
                headers: {
                    /** @description A name for the file: what, as of when, and known when if that has passed. */
                    readonly "content-disposition"?: string;
                    /** @description The as-of date. */
                    readonly "x-as-of"?: string;
                    /** @description The known-at date. */
                    readonly "x-known-at"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/csv": string;
                    readonly "application/x-ndjson": {
                        /**
                         * @description The bank's own number for the loan; where it has none, the loan's id, under which an import files it.
                         * @example LC2007-00001
                         */
                        readonly reference: string;
                        readonly payment: "made" | "missed";
                        /**
                         * @description The effective date.
                         * @example 2017-09-05
                         */
                        readonly date: string;
                        /**
                         * @description The installment.
                         * @example 85.60
                         */
                        readonly amount: string;
                        /**
                         * @description The payment record's id.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly id: string;
                        /**
                         * @description The loan's id.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly loan_id: string;
                        /**
                         * @description The calendar month that the record is for.
                         * @example 2017-09
                         */
                        readonly month: string;
                        /**
                         * @description ISO 4217 code of the bank's currency.
                         * @example USD
                         */
                        readonly currency: string;
                        /**
                         * @description When James recorded it (UTC).
                         * @example 2026-11-22T09:30:00.000Z
                         */
                        readonly recorded_at: string;
                        /**
                         * @description The bank's calendar date then.
                         * @example 2026-11-22
                         */
                        readonly recorded_on: string;
                        /** @description When it was taken back (UTC); null while it counts. */
                        readonly reversed_at: string | null;
                    };
                    readonly "application/vnd.apache.parquet": string;
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description No form of the answer is accepted (`/problems/not-acceptable`). */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["NotAcceptableProblem"];
                };
            };
            /** @description The known-at date lies in the future (`/problems/known-at-in-future`). */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["KnownAtInFutureProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description Too many exports are under way (`/problems/exports-busy`). The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ExportsBusyProblem"] | components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly exportBook: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description The form of the file. Left out, the `Accept` header decides, and without one it is CSV.
                 * @example csv
                 */
                readonly format?: "csv" | "ndjson" | "parquet";
                /**
                 * @description The effective date; today in the bank's time zone unless given. It may lie in the future. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly as_of?: string;
                /**
                 * @description The recorded date up to which records count; not in the future. Left out: everything known now. The answer for a date that has passed never changes again; today's is provisional. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly known_at?: string;
                /**
                 * @description Changes effective on this date or later. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly date_from?: string;
                /**
                 * @description Changes effective on this date or earlier. A calendar date, `YYYY-MM-DD`; a time or an offset behind it changes nothing.
                 * @example 2017-08-05
                 */
                readonly date_to?: string;
                /**
                 * @description Changes of what is at least so many days past due as of the date.
                 * @example 90
                 */
                readonly days_past_due_min?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The book's changes. Sent as it is read, without a length: only an answer that comes to its end is whole. */
            readonly 200: {
                headers: {
                    /** @description A name for the file: what, as of when, and known when if that has passed. */
                    readonly "content-disposition"?: string;
                    /** @description The as-of date. */
                    readonly "x-as-of"?: string;
                    /** @description The known-at date. */
                    readonly "x-known-at"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/csv": string;
                    readonly "application/x-ndjson": {
                        /**
                         * @description When the bank learned of it.
                         * @example 2026-11-22
                         */
                        readonly recorded_on: string;
                        /**
                         * @description From when on it counts.
                         * @example 2017-09-05
                         */
                        readonly effective_on: string;
                        /**
                         * @description The due date under which the part stands that changed.
                         * @example 2017-10-05
                         */
                        readonly due_on: string;
                        /**
                         * @description Of that part, as of the date.
                         * @example 0
                         */
                        readonly days_past_due: number;
                        /** @description The kind of record that caused it. */
                        readonly cause: "issued" | "paid" | "reversed";
                        /**
                         * @description By how much the outstanding value changed.
                         * @example 941.60
                         */
                        readonly value: string;
                        /**
                         * @description By how much the outstanding principal changed.
                         * @example 918.56
                         */
                        readonly principal: string;
                        /**
                         * @description By how many loans.
                         * @example 1
                         */
                        readonly volume: number;
                        /**
                         * @description ISO 4217 code of the bank's currency.
                         * @example USD
                         */
                        readonly currency: string;
                    };
                    readonly "application/vnd.apache.parquet": string;
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description No form of the answer is accepted (`/problems/not-acceptable`). */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["NotAcceptableProblem"];
                };
            };
            /** @description The known-at date lies in the future (`/problems/known-at-in-future`). */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["KnownAtInFutureProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description Too many exports are under way (`/problems/exports-busy`). The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ExportsBusyProblem"] | components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly listImports: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description What the rows are.
                 * @example loans
                 */
                readonly kind?: "loans" | "payments";
                /**
                 * @description `receiving`: its file is coming in. `waiting`: for its turn; one import is carried out at a time. `running`: its rows are being decided. `done`, `failed`, `cancelled`: it has ended.
                 * @example running
                 */
                readonly state?: "receiving" | "waiting" | "running" | "done" | "failed" | "cancelled";
                /**
                 * @description At most so many in one answer.
                 * @example 50
                 */
                readonly limit?: number;
                /** @description The `next` of the page before. */
                readonly after?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly data: readonly {
                            /**
                             * @description The import's id.
                             * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                             */
                            readonly id: string;
                            /**
                             * @description What the rows are.
                             * @example loans
                             */
                            readonly kind: "loans" | "payments";
                            /**
                             * @description CSV whose first line names the columns, or one JSON object a line. With a file that is sent it goes before its media type, and is needed where that does not tell, as with `application/gzip`.
                             * @example csv
                             */
                            readonly format: "csv" | "ndjson";
                            /** @description Whether it checks everything and books nothing. */
                            readonly dry_run: boolean;
                            /**
                             * @description `receiving`: its file is coming in. `waiting`: for its turn; one import is carried out at a time. `running`: its rows are being decided. `done`, `failed`, `cancelled`: it has ended.
                             * @example running
                             */
                            readonly state: "receiving" | "waiting" | "running" | "done" | "failed" | "cancelled";
                            /** @description Why it failed; null unless it did. */
                            readonly reason: string | null;
                            /**
                             * @description Bytes of the file that came in, unzipped.
                             * @example 52428800
                             */
                            readonly bytes: number;
                            /**
                             * @description Rows of the file; while it is `receiving`, those that came in so far.
                             * @example 1000000
                             */
                            readonly rows: number;
                            /**
                             * @description Rows about which something is decided: the sum of the next three.
                             * @example 250000
                             */
                            readonly rows_read: number;
                            /**
                             * @description Rows that are booked (in a dry run: that would be).
                             * @example 249000
                             */
                            readonly accepted: number;
                            /**
                             * @description Rows that are recorded already, by an earlier import or an earlier row.
                             * @example 900
                             */
                            readonly skipped: number;
                            /**
                             * @description Rows that are not booked, each for a reason.
                             * @example 100
                             */
                            readonly rejected: number;
                            /**
                             * @description Rejected rows that can be fetched from `/v1/imports/{id}/rejects`: no more than the server keeps of one import, and none when they have been dropped after their time.
                             * @example 100
                             */
                            readonly rejects_kept: number;
                            /**
                             * @description How fast it lately went; null before it runs.
                             * @example 40000
                             */
                            readonly rows_per_second: number | null;
                            /**
                             * @description How long the rest will take at this rate; null unless it is `running`.
                             * @example 19
                             */
                            readonly seconds_left: number | null;
                            /**
                             * @description The name of the key that sent it; its records name it too.
                             * @example lena
                             */
                            readonly created_by: string;
                            /**
                             * @description When its file began to come in.
                             * @example 2026-11-22T10:15:00.000Z
                             */
                            readonly created_at: string;
                            /** @description When its file was whole and safe on disk; null before. */
                            readonly received_at: string | null;
                            /** @description When the first of its rows was decided; null before. */
                            readonly started_at: string | null;
                            /** @description When it ended; null before. */
                            readonly ended_at: string | null;
                        }[];
                        /** @description Where the next page begins: send it as `after`. Null on the last page. */
                        readonly next: string | null;
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly createImport: {
        readonly parameters: {
            readonly query: {
                /**
                 * @description What the rows are.
                 * @example loans
                 */
                readonly kind: "loans" | "payments";
                /**
                 * @description CSV whose first line names the columns, or one JSON object a line. With a file that is sent it goes before its media type, and is needed where that does not tell, as with `application/gzip`.
                 * @example csv
                 */
                readonly format?: "csv" | "ndjson";
                /**
                 * @description Check everything, say what would become of each row, and book nothing.
                 * @example false
                 */
                readonly dry_run?: boolean;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example reference,amount,term,rate,date
                 *     A-1,1000.00,12,0.05,2017-08-05
                 */
                readonly "text/csv": string;
                /** @example {"reference":"A-1","amount":"1000.00","term":12,"rate":"0.05","date":"2017-08-05"} */
                readonly "application/x-ndjson": string;
                readonly "application/gzip": string;
            };
        };
        readonly responses: {
            /** @description The import, to be watched; its address is in `Location`. */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The import's id.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly id: string;
                        /**
                         * @description What the rows are.
                         * @example loans
                         */
                        readonly kind: "loans" | "payments";
                        /**
                         * @description CSV whose first line names the columns, or one JSON object a line. With a file that is sent it goes before its media type, and is needed where that does not tell, as with `application/gzip`.
                         * @example csv
                         */
                        readonly format: "csv" | "ndjson";
                        /** @description Whether it checks everything and books nothing. */
                        readonly dry_run: boolean;
                        /**
                         * @description `receiving`: its file is coming in. `waiting`: for its turn; one import is carried out at a time. `running`: its rows are being decided. `done`, `failed`, `cancelled`: it has ended.
                         * @example running
                         */
                        readonly state: "receiving" | "waiting" | "running" | "done" | "failed" | "cancelled";
                        /** @description Why it failed; null unless it did. */
                        readonly reason: string | null;
                        /**
                         * @description Bytes of the file that came in, unzipped.
                         * @example 52428800
                         */
                        readonly bytes: number;
                        /**
                         * @description Rows of the file; while it is `receiving`, those that came in so far.
                         * @example 1000000
                         */
                        readonly rows: number;
                        /**
                         * @description Rows about which something is decided: the sum of the next three.
                         * @example 250000
                         */
                        readonly rows_read: number;
                        /**
                         * @description Rows that are booked (in a dry run: that would be).
                         * @example 249000
                         */
                        readonly accepted: number;
                        /**
                         * @description Rows that are recorded already, by an earlier import or an earlier row.
                         * @example 900
                         */
                        readonly skipped: number;
                        /**
                         * @description Rows that are not booked, each for a reason.
                         * @example 100
                         */
                        readonly rejected: number;
                        /**
                         * @description Rejected rows that can be fetched from `/v1/imports/{id}/rejects`: no more than the server keeps of one import, and none when they have been dropped after their time.
                         * @example 100
                         */
                        readonly rejects_kept: number;
                        /**
                         * @description How fast it lately went; null before it runs.
                         * @example 40000
                         */
                        readonly rows_per_second: number | null;
                        /**
                         * @description How long the rest will take at this rate; null unless it is `running`.
                         * @example 19
                         */
                        readonly seconds_left: number | null;
                        /**
                         * @description The name of the key that sent it; its records name it too.
                         * @example lena
                         */
                        readonly created_by: string;
                        /**
                         * @description When its file began to come in.
                         * @example 2026-11-22T10:15:00.000Z
                         */
                        readonly created_at: string;
                        /** @description When its file was whole and safe on disk; null before. */
                        readonly received_at: string | null;
                        /** @description When the first of its rows was decided; null before. */
                        readonly started_at: string | null;
                        /** @description When it ended; null before. */
                        readonly ended_at: string | null;
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description The body came too slowly (`/problems/body-too-slow`). */
            readonly 408: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BodyTooSlowProblem"];
                };
            };
            /** @description The import was cancelled while its file came in (`/problems/import-cancelled`). A request with this Idempotency-Key is under way (`/problems/idempotency-key-in-use`). */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ImportCancelledProblem"] | components["schemas"]["IdempotencyKeyInUseProblem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BodyTooLargeProblem"];
                };
            };
            /** @description The body is of another media type (`/problems/unsupported-media-type`). */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
                };
            };
            /** @description The file cannot be imported (`/problems/import-refused`). The Idempotency-Key has been used for another request (`/problems/idempotency-key-used`). */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ImportRefusedProblem"] | components["schemas"]["IdempotencyKeyUsedProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The server is receiving as many files as it may (`/problems/too-many-imports`). The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyImportsProblem"] | components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly getImport: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The import's id.
                 * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description An import. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The import's id.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly id: string;
                        /**
                         * @description What the rows are.
                         * @example loans
                         */
                        readonly kind: "loans" | "payments";
                        /**
                         * @description CSV whose first line names the columns, or one JSON object a line. With a file that is sent it goes before its media type, and is needed where that does not tell, as with `application/gzip`.
                         * @example csv
                         */
                        readonly format: "csv" | "ndjson";
                        /** @description Whether it checks everything and books nothing. */
                        readonly dry_run: boolean;
                        /**
                         * @description `receiving`: its file is coming in. `waiting`: for its turn; one import is carried out at a time. `running`: its rows are being decided. `done`, `failed`, `cancelled`: it has ended.
                         * @example running
                         */
                        readonly state: "receiving" | "waiting" | "running" | "done" | "failed" | "cancelled";
                        /** @description Why it failed; null unless it did. */
                        readonly reason: string | null;
                        /**
                         * @description Bytes of the file that came in, unzipped.
                         * @example 52428800
                         */
                        readonly bytes: number;
                        /**
                         * @description Rows of the file; while it is `receiving`, those that came in so far.
                         * @example 1000000
                         */
                        readonly rows: number;
                        /**
                         * @description Rows about which something is decided: the sum of the next three.
                         * @example 250000
                         */
                        readonly rows_read: number;
                        /**
                         * @description Rows that are booked (in a dry run: that would be).
                         * @example 249000
                         */
                        readonly accepted: number;
                        /**
                         * @description Rows that are recorded already, by an earlier import or an earlier row.
                         * @example 900
                         */
                        readonly skipped: number;
                        /**
                         * @description Rows that are not booked, each for a reason.
                         * @example 100
                         */
                        readonly rejected: number;
                        /**
                         * @description Rejected rows that can be fetched from `/v1/imports/{id}/rejects`: no more than the server keeps of one import, and none when they have been dropped after their time.
                         * @example 100
                         */
                        readonly rejects_kept: number;
                        /**
                         * @description How fast it lately went; null before it runs.
                         * @example 40000
                         */
                        readonly rows_per_second: number | null;
                        /**
                         * @description How long the rest will take at this rate; null unless it is `running`.
                         * @example 19
                         */
                        readonly seconds_left: number | null;
                        /**
                         * @description The name of the key that sent it; its records name it too.
                         * @example lena
                         */
                        readonly created_by: string;
                        /**
                         * @description When its file began to come in.
                         * @example 2026-11-22T10:15:00.000Z
                         */
                        readonly created_at: string;
                        /** @description When its file was whole and safe on disk; null before. */
                        readonly received_at: string | null;
                        /** @description When the first of its rows was decided; null before. */
                        readonly started_at: string | null;
                        /** @description When it ended; null before. */
                        readonly ended_at: string | null;
                    };
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description There is no such import (`/problems/import-not-found`). */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ImportNotFoundProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly cancelImport: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The import's id.
                 * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description An import. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The import's id.
                         * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                         */
                        readonly id: string;
                        /**
                         * @description What the rows are.
                         * @example loans
                         */
                        readonly kind: "loans" | "payments";
                        /**
                         * @description CSV whose first line names the columns, or one JSON object a line. With a file that is sent it goes before its media type, and is needed where that does not tell, as with `application/gzip`.
                         * @example csv
                         */
                        readonly format: "csv" | "ndjson";
                        /** @description Whether it checks everything and books nothing. */
                        readonly dry_run: boolean;
                        /**
                         * @description `receiving`: its file is coming in. `waiting`: for its turn; one import is carried out at a time. `running`: its rows are being decided. `done`, `failed`, `cancelled`: it has ended.
                         * @example running
                         */
                        readonly state: "receiving" | "waiting" | "running" | "done" | "failed" | "cancelled";
                        /** @description Why it failed; null unless it did. */
                        readonly reason: string | null;
                        /**
                         * @description Bytes of the file that came in, unzipped.
                         * @example 52428800
                         */
                        readonly bytes: number;
                        /**
                         * @description Rows of the file; while it is `receiving`, those that came in so far.
                         * @example 1000000
                         */
                        readonly rows: number;
                        /**
                         * @description Rows about which something is decided: the sum of the next three.
                         * @example 250000
                         */
                        readonly rows_read: number;
                        /**
                         * @description Rows that are booked (in a dry run: that would be).
                         * @example 249000
                         */
                        readonly accepted: number;
                        /**
                         * @description Rows that are recorded already, by an earlier import or an earlier row.
                         * @example 900
                         */
                        readonly skipped: number;
                        /**
                         * @description Rows that are not booked, each for a reason.
                         * @example 100
                         */
                        readonly rejected: number;
                        /**
                         * @description Rejected rows that can be fetched from `/v1/imports/{id}/rejects`: no more than the server keeps of one import, and none when they have been dropped after their time.
                         * @example 100
                         */
                        readonly rejects_kept: number;
                        /**
                         * @description How fast it lately went; null before it runs.
                         * @example 40000
                         */
                        readonly rows_per_second: number | null;
                        /**
                         * @description How long the rest will take at this rate; null unless it is `running`.
                         * @example 19
                         */
                        readonly seconds_left: number | null;
                        /**
                         * @description The name of the key that sent it; its records name it too.
                         * @example lena
                         */
                        readonly created_by: string;
                        /**
                         * @description When its file began to come in.
                         * @example 2026-11-22T10:15:00.000Z
                         */
                        readonly created_at: string;
                        /** @description When its file was whole and safe on disk; null before. */
                        readonly received_at: string | null;
                        /** @description When the first of its rows was decided; null before. */
                        readonly started_at: string | null;
                        /** @description When it ended; null before. */
                        readonly ended_at: string | null;
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description There is no such import (`/problems/import-not-found`). */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ImportNotFoundProblem"];
                };
            };
            /** @description The import has ended (`/problems/import-ended`). */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ImportEndedProblem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BodyTooLargeProblem"];
                };
            };
            /** @description The body is of another media type (`/problems/unsupported-media-type`). */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly watchImport: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description As browsers send it when they come back; after the last event they are answered 204. */
                readonly "last-event-id"?: string;
            };
            readonly path: {
                /**
                 * @description The import's id.
                 * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The events. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": string;
                };
            };
            /** @description The client has had the last event. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description There is no such import (`/problems/import-not-found`). */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ImportNotFoundProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The server sends as many streams of events as it may (`/problems/too-many-streams`). The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyStreamsProblem"] | components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly getImportRejects: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The import's id.
                 * @example 019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a
                 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The rejected rows; a first line names the columns. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/csv": string;
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description There is no such import (`/problems/import-not-found`). */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ImportNotFoundProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly listKeys: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description At most so many in one answer.
                 * @example 50
                 */
                readonly limit?: number;
                /** @description The `next` of the page before. */
                readonly after?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly data: readonly {
                            /**
                             * @description Under which the ledger's records name the key.
                             * @example branch-7
                             */
                            readonly name: string;
                            /**
                             * @description Viewers read; officers also issue, record and reverse; admins also keep keys, imports and settings.
                             * @example officer
                             */
                            readonly role: "viewer" | "officer" | "admin";
                            readonly status: "active" | "expired" | "revoked";
                            /**
                             * @description When it was made.
                             * @example 2026-11-22T10:15:00.000Z
                             */
                            readonly created_at: string;
                            /** @description The name of the key that made it. */
                            readonly created_by: string;
                            /** @description From then on it opens nothing; null: never. */
                            readonly expires_at: string | null;
                            /** @description When it was revoked. */
                            readonly revoked_at: string | null;
                            /** @description The name of the key that revoked it. */
                            readonly revoked_by: string | null;
                            /** @description When it was last used, to the minute; null: never. */
                            readonly last_used_at: string | null;
                            /**
                             * @description Requests that read a second, at most; null: as many as the server's settings say.
                             * @example 100
                             */
                            readonly reads_per_second: number | null;
                            /**
                             * @description Requests that write a second, at most; null: as many as the server's settings say.
                             * @example 100
                             */
                            readonly writes_per_second: number | null;
                        }[];
                        /** @description Where the next page begins: send it as `after`. Null on the last page. */
                        readonly next: string | null;
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly createKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: key-name
                     * @example branch-7
                     */
                    readonly name: string;
                    /**
                     * @description Viewers read; officers also issue, record and reverse; admins also keep keys, imports and settings.
                     * @example officer
                     */
                    readonly role: "viewer" | "officer" | "admin";
                    /**
                     * @description An instant with an offset.
                     * @example 2027-12-31T00:00:00Z
                     */
                    readonly expires_at?: string | null;
                    /**
                     * @description Requests that read a second, at most; null: as many as the server's settings say.
                     * @example 100
                     */
                    readonly reads_per_second?: number | null;
                    /**
                     * @description Requests that write a second, at most; null: as many as the server's settings say.
                     * @example 100
                     */
                    readonly writes_per_second?: number | null;
                };
            };
        };
        readonly responses: {
            /** @description The key, with its secret. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description Under which the ledger's records name the key.
                         * @example branch-7
                         */
                        readonly name: string;
                        /**
                         * @description Viewers read; officers also issue, record and reverse; admins also keep keys, imports and settings.
                         * @example officer
                         */
                        readonly role: "viewer" | "officer" | "admin";
                        readonly status: "active" | "expired" | "revoked";
                        /**
                         * @description When it was made.
                         * @example 2026-11-22T10:15:00.000Z
                         */
                        readonly created_at: string;
                        /** @description The name of the key that made it. */
                        readonly created_by: string;
                        /** @description From then on it opens nothing; null: never. */
                        readonly expires_at: string | null;
                        /** @description When it was revoked. */
                        readonly revoked_at: string | null;
                        /** @description The name of the key that revoked it. */
                        readonly revoked_by: string | null;
                        /** @description When it was last used, to the minute; null: never. */
                        readonly last_used_at: string | null;
                        /**
                         * @description Requests that read a second, at most; null: as many as the server's settings say.
                         * @example 100
                         */
                        readonly reads_per_second: number | null;
                        /**
                         * @description Requests that write a second, at most; null: as many as the server's settings say.
                         * @example 100
                         */
                        readonly writes_per_second: number | null;
                        /** @description The key itself. It is shown this once and kept nowhere. */
                        readonly key: string;
                        /** @description Its token for the James surface: the SHA-256 of the key. */
                        readonly token: string;
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description Another key has this name (`/problems/key-name-taken`). */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["KeyNameTakenProblem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BodyTooLargeProblem"];
                };
            };
            /** @description The body is of another media type (`/problems/unsupported-media-type`). */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly getKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The key's name. */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A key, without its secret. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description Under which the ledger's records name the key.
                         * @example branch-7
                         */
                        readonly name: string;
                        /**
                         * @description Viewers read; officers also issue, record and reverse; admins also keep keys, imports and settings.
                         * @example officer
                         */
                        readonly role: "viewer" | "officer" | "admin";
                        readonly status: "active" | "expired" | "revoked";
                        /**
                         * @description When it was made.
                         * @example 2026-11-22T10:15:00.000Z
                         */
                        readonly created_at: string;
                        /** @description The name of the key that made it. */
                        readonly created_by: string;
                        /** @description From then on it opens nothing; null: never. */
                        readonly expires_at: string | null;
                        /** @description When it was revoked. */
                        readonly revoked_at: string | null;
                        /** @description The name of the key that revoked it. */
                        readonly revoked_by: string | null;
                        /** @description When it was last used, to the minute; null: never. */
                        readonly last_used_at: string | null;
                        /**
                         * @description Requests that read a second, at most; null: as many as the server's settings say.
                         * @example 100
                         */
                        readonly reads_per_second: number | null;
                        /**
                         * @description Requests that write a second, at most; null: as many as the server's settings say.
                         * @example 100
                         */
                        readonly writes_per_second: number | null;
                    };
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description There is no such key (`/problems/key-not-found`). */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["KeyNotFoundProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly rotateKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The key's name. */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * @description For so long the old secret still opens.
                     * @default 0
                     * @example 3600
                     */
                    readonly overlap_seconds?: number;
                };
            };
        };
        readonly responses: {
            /** @description The key, with its new secret. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description Under which the ledger's records name the key.
                         * @example branch-7
                         */
                        readonly name: string;
                        /**
                         * @description Viewers read; officers also issue, record and reverse; admins also keep keys, imports and settings.
                         * @example officer
                         */
                        readonly role: "viewer" | "officer" | "admin";
                        readonly status: "active" | "expired" | "revoked";
                        /**
                         * @description When it was made.
                         * @example 2026-11-22T10:15:00.000Z
                         */
                        readonly created_at: string;
                        /** @description The name of the key that made it. */
                        readonly created_by: string;
                        /** @description From then on it opens nothing; null: never. */
                        readonly expires_at: string | null;
                        /** @description When it was revoked. */
                        readonly revoked_at: string | null;
                        /** @description The name of the key that revoked it. */
                        readonly revoked_by: string | null;
                        /** @description When it was last used, to the minute; null: never. */
                        readonly last_used_at: string | null;
                        /**
                         * @description Requests that read a second, at most; null: as many as the server's settings say.
                         * @example 100
                         */
                        readonly reads_per_second: number | null;
                        /**
                         * @description Requests that write a second, at most; null: as many as the server's settings say.
                         * @example 100
                         */
                        readonly writes_per_second: number | null;
                        /** @description The key itself. It is shown this once and kept nowhere. */
                        readonly key: string;
                        /** @description Its token for the James surface: the SHA-256 of the key. */
                        readonly token: string;
                        /**
                         * @description When the old secret ends.
                         * @example 2026-11-22T10:15:00.000Z
                         */
                        readonly old_secret_ends_at: string;
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description There is no such key (`/problems/key-not-found`). */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["KeyNotFoundProblem"];
                };
            };
            /** @description The key is revoked (`/problems/key-revoked`). */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["KeyRevokedProblem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BodyTooLargeProblem"];
                };
            };
            /** @description The body is of another media type (`/problems/unsupported-media-type`). */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly revokeKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The key's name. */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A key, without its secret. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description Under which the ledger's records name the key.
                         * @example branch-7
                         */
                        readonly name: string;
                        /**
                         * @description Viewers read; officers also issue, record and reverse; admins also keep keys, imports and settings.
                         * @example officer
                         */
                        readonly role: "viewer" | "officer" | "admin";
                        readonly status: "active" | "expired" | "revoked";
                        /**
                         * @description When it was made.
                         * @example 2026-11-22T10:15:00.000Z
                         */
                        readonly created_at: string;
                        /** @description The name of the key that made it. */
                        readonly created_by: string;
                        /** @description From then on it opens nothing; null: never. */
                        readonly expires_at: string | null;
                        /** @description When it was revoked. */
                        readonly revoked_at: string | null;
                        /** @description The name of the key that revoked it. */
                        readonly revoked_by: string | null;
                        /** @description When it was last used, to the minute; null: never. */
                        readonly last_used_at: string | null;
                        /**
                         * @description Requests that read a second, at most; null: as many as the server's settings say.
                         * @example 100
                         */
                        readonly reads_per_second: number | null;
                        /**
                         * @description Requests that write a second, at most; null: as many as the server's settings say.
                         * @example 100
                         */
                        readonly writes_per_second: number | null;
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description There is no such key (`/problems/key-not-found`). */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["KeyNotFoundProblem"];
                };
            };
            /** @description The key is revoked (`/problems/key-revoked`). */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["KeyRevokedProblem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BodyTooLargeProblem"];
                };
            };
            /** @description The body is of another media type (`/problems/unsupported-media-type`). */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly getSession: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The session. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The name of the key that signed in.
                         * @example branch-7
                         */
                        readonly name: string;
                        readonly role: "viewer" | "officer" | "admin";
                        /** @description To be sent as X-CSRF-Token with everything but GET. */
                        readonly csrf_token: string;
                        /**
                         * @description When the session ends at the latest; it ends before if it is not used.
                         * @example 2026-11-22T22:15:00.000Z
                         */
                        readonly expires_at: string;
                    };
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly signIn: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The session. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * @description The name of the key that signed in.
                         * @example branch-7
                         */
                        readonly name: string;
                        readonly role: "viewer" | "officer" | "admin";
                        /** @description To be sent as X-CSRF-Token with everything but GET. */
                        readonly csrf_token: string;
                        /**
                         * @description When the session ends at the latest; it ends before if it is not used.
                         * @example 2026-11-22T22:15:00.000Z
                         */
                        readonly expires_at: string;
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BodyTooLargeProblem"];
                };
            };
            /** @description The body is of another media type (`/problems/unsupported-media-type`). */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly signOut: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is over. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BodyTooLargeProblem"];
                };
            };
            /** @description The body is of another media type (`/problems/unsupported-media-type`). */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly signOutEverywhere: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is over. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BodyTooLargeProblem"];
                };
            };
            /** @description The body is of another media type (`/problems/unsupported-media-type`). */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly getDemo: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Whether a demo can be run, and how far it is. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @description Whether POST /v1/demo would begin a run now. */
                        readonly can_start: boolean;
                        /** @description Why not. */
                        readonly reason: "not-allowed" | "running" | "book-not-empty" | null;
                        /** @description How many loans unless asked otherwise. */
                        readonly loans_default: number;
                        /** @description How many at most. */
                        readonly loans_max: number;
                        /** @description The run under way, or the last one since the server started. */
                        readonly run: {
                            /** @description A failed one has left a book that is sound, and whole up to `day`. */
                            readonly state: "running" | "done" | "failed";
                            /** @description How many loans the bank issues in all. */
                            readonly loans: number;
                            /** @description How long the bank has been there. */
                            readonly years: number;
                            /** @description From which it is made up. */
                            readonly seed: number;
                            /**
                             * @description The bank's first day.
                             * @example 2016-11-26
                             */
                            readonly from: string;
                            /**
                             * @description The last day that is lived through.
                             * @example 2026-11-25
                             */
                            readonly until: string;
                            /**
                             * @description Up to this day it is recorded; null: nothing yet.
                             * @example 2019-04-01
                             */
                            readonly day: string | null;
                            /**
                             * @description How much is recorded, 0 to 1.
                             * @example 0.4251
                             */
                            readonly part: number;
                            /** @description Loans, payments and reversals recorded so far. */
                            readonly records: number;
                            /** @description How many there will be; null: not yet counted. */
                            readonly records_in_all: number | null;
                            /** @description So far. */
                            readonly records_per_second: number;
                            /** @description About so long; null: not yet known, or over. */
                            readonly seconds_left: number | null;
                            /**
                             * @description From this day on everything counts as learned when the demo ran, since somebody had asked what was known later, or recorded something meanwhile; null: all of it was learned day by day.
                             * @example 2021-03-01
                             */
                            readonly overtaken_on: string | null;
                            /**
                             * @description When it began.
                             * @example 2026-11-25T10:15:00.000Z
                             */
                            readonly started_at: string;
                            /** @description When it ended; null: under way. */
                            readonly ended_at: string | null;
                            /** @description Why it failed. */
                            readonly fault: string | null;
                        } | null;
                    };
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly startDemo: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * @description How many loans the bank issues in these years.
                     * @default 20000
                     * @example 20000
                     */
                    readonly loans?: number;
                    /**
                     * @description How long the bank has been there.
                     * @default 10
                     * @example 10
                     */
                    readonly years?: number;
                    /**
                     * @description The same seed makes the same bank, on the same day.
                     * @default 1
                     * @example 1
                     */
                    readonly seed?: number;
                };
            };
        };
        readonly responses: {
            /** @description Whether a demo can be run, and how far it is. */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @description Whether POST /v1/demo would begin a run now. */
                        readonly can_start: boolean;
                        /** @description Why not. */
                        readonly reason: "not-allowed" | "running" | "book-not-empty" | null;
                        /** @description How many loans unless asked otherwise. */
                        readonly loans_default: number;
                        /** @description How many at most. */
                        readonly loans_max: number;
                        /** @description The run under way, or the last one since the server started. */
                        readonly run: {
                            /** @description A failed one has left a book that is sound, and whole up to `day`. */
                            readonly state: "running" | "done" | "failed";
                            /** @description How many loans the bank issues in all. */
                            readonly loans: number;
                            /** @description How long the bank has been there. */
                            readonly years: number;
                            /** @description From which it is made up. */
                            readonly seed: number;
                            /**
                             * @description The bank's first day.
                             * @example 2016-11-26
                             */
                            readonly from: string;
                            /**
                             * @description The last day that is lived through.
                             * @example 2026-11-25
                             */
                            readonly until: string;
                            /**
                             * @description Up to this day it is recorded; null: nothing yet.
                             * @example 2019-04-01
                             */
                            readonly day: string | null;
                            /**
                             * @description How much is recorded, 0 to 1.
                             * @example 0.4251
                             */
                            readonly part: number;
                            /** @description Loans, payments and reversals recorded so far. */
                            readonly records: number;
                            /** @description How many there will be; null: not yet counted. */
                            readonly records_in_all: number | null;
                            /** @description So far. */
                            readonly records_per_second: number;
                            /** @description About so long; null: not yet known, or over. */
                            readonly seconds_left: number | null;
                            /**
                             * @description From this day on everything counts as learned when the demo ran, since somebody had asked what was known later, or recorded something meanwhile; null: all of it was learned day by day.
                             * @example 2021-03-01
                             */
                            readonly overtaken_on: string | null;
                            /**
                             * @description When it began.
                             * @example 2026-11-25T10:15:00.000Z
                             */
                            readonly started_at: string;
                            /** @description When it ended; null: under way. */
                            readonly ended_at: string | null;
                            /** @description Why it failed. */
                            readonly fault: string | null;
                        } | null;
                    };
                };
            };
            /** @description The request is not valid (`/problems/invalid-request`). */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InvalidRequestProblem"];
                };
            };
            /** @description No valid API key (`/problems/unauthorized`). */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnauthorizedProblem"];
                };
            };
            /** @description The key may not do this (`/problems/forbidden`). */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ForbiddenProblem"];
                };
            };
            /** @description No demo can be run here now (`/problems/demo-refused`). */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["DemoRefusedProblem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["BodyTooLargeProblem"];
                };
            };
            /** @description The body is of another media type (`/problems/unsupported-media-type`). */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["TooManyRequestsProblem"];
                };
            };
            /** @description Something went wrong in James (`/problems/internal-error`). */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["InternalErrorProblem"];
                };
            };
            /** @description The database cannot serve now (`/problems/unavailable`). The server is at its limit (`/problems/overloaded`). */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"] | components["schemas"]["OverloadedProblem"];
                };
            };
        };
    };
    readonly getHealth: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @enum {string} */
                        readonly status: "ok";
                    };
                };
            };
        };
    };
    readonly getReadiness: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It can. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @enum {string} */
                        readonly status: "ok";
                    };
                };
            };
            /** @description It cannot; `detail` says why. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["UnavailableProblem"];
                };
            };
        };
    };
}

/** Operations that take an Idempotency-Key: method and path. */
export const KEYED_OPERATIONS = [
    "post /v1/loans",
    "post /v1/loans/{id}/payments",
    "post /v1/payments/{id}/reversal",
    "post /v1/loans/{id}/reversal",
    "post /v1/imports",
] as const;

/** The types of problems that James knows. */
export const PROBLEM_TYPES = [
    "/problems/invalid-request",
    "/problems/unauthorized",
    "/problems/forbidden",
    "/problems/too-many-requests",
    "/problems/key-not-found",
    "/problems/key-name-taken",
    "/problems/key-revoked",
    "/problems/not-found",
    "/problems/payment-not-found",
    "/problems/loan-not-found",
    "/problems/body-too-large",
    "/problems/not-acceptable",
    "/problems/unsupported-media-type",
    "/problems/body-too-slow",
    "/problems/import-not-found",
    "/problems/import-ended",
    "/problems/import-refused",
    "/problems/import-cancelled",
    "/problems/too-many-imports",
    "/problems/too-many-streams",
    "/problems/terms-refused",
    "/problems/reference-taken",
    "/problems/before-loan",
    "/problems/wrong-amount",
    "/problems/duplicate-payment",
    "/problems/paid-off",
    "/problems/loan-reversed",
    "/problems/already-reversed",
    "/problems/loan-has-payments",
    "/problems/known-at-in-future",
    "/problems/idempotency-key-used",
    "/problems/demo-refused",
    "/problems/idempotency-key-in-use",
    "/problems/unavailable",
    "/problems/overloaded",
    "/problems/exports-busy",
    "/problems/internal-error",
] as const;
