// Whether a service answers rightly: a loan of the contract on either surface, a payment, and the questions about them.

import { difference } from '../model/comparison.ts';
import { jamesClient } from '../support/james-client.ts';
import { contractLoan, v1Client } from '../support/v1-client.ts';

const OUTSTANDING = { value: '941.60', payments_made: 1, status: 'active' };

/** What is wrong, or undefined. */
export async function serviceFaults(url: string): Promise<string | undefined> {
  const james = jamesClient(url);
  const v1 = v1Client(url);
  const loan = await james.loan();
  const paid = await james.pay(loan, '2017-09-05');
  const balance = await james.balance(loan, '2017-09-05');
  const issued = await v1.issue(contractLoan);
  const { id } = issued.json as { id: string };
  const recorded = await v1.pay(id, '2017-09-05');
  const asked = await v1.balance(id, '2017-09-05');
  const quarters = [
    ['the installment of a loan', '85.6', loan.installment],
    ['the answer to a payment', { success: 'Payment added.' }, paid.json],
    ['the balance of a loan', { balance: 941.6 }, balance.json],
    ['a loan', { ...contractLoan, installment: '85.60' }, issued.json],
    ['a payment', { loan_id: id, amount: '85.60' }, recorded.json],
    ['a balance', OUTSTANDING, asked.json],
    ['/readyz', { status: 'ok' }, (await v1.get('/readyz')).json],
  ] as const;
  for (const [what, expected, actual] of quarters) {
    const found = difference(expected, actual);
    if (found !== undefined) return `${what} is wrong afterwards: ${found}`;
  }
  return undefined;
}
