// The one door to James: the generated client, in a session. Pages ask through queries.ts and actions.ts and nowhere else.

import { createJames } from '../../../client/src/index.ts';
import { JAMES_URL } from '../place.ts';

export { JamesError, unwrap } from '../../../client/src/index.ts';

/** Somebody waits in front of the page: a few tries, then they are told. */
const RETRY = { attempts: 3 };

export const james = createJames({ url: JAMES_URL, session: true, retry: RETRY });
