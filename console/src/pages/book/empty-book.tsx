// An empty book says how to begin.

import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { firstLoanQuery } from '../../api/loan-queries.ts';
import { AnchorLink } from '../../parts/anchor-link.tsx';
import { useMay } from '../../parts/session.ts';
import { DemoOffer } from './demo-bank.tsx';

export function EmptyBook() {
  const { data: first } = useQuery(firstLoanQuery);
  const mayIssue = useMay('officer');
  const mayImport = useMay('admin');
  if (first !== null) return null;
  return (
    <Alert title="The book is empty" variant="outline">
      {mayIssue ? (
        <>
          <AnchorLink to="/issue">Issue the first loan</AnchorLink>
          {mayImport && (
            <>
              , or <AnchorLink to="/import">import loans from a file</AnchorLink>
            </>
          )}
          .
        </>
      ) : (
        'Once a loan is issued, its debt shows here.'
      )}
      <DemoOffer />
    </Alert>
  );
}
