// An empty book says how to begin.

import { Alert, Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { firstLoanQuery } from '../../api/queries.ts';
import { useMay } from '../../parts/session.ts';

export function EmptyBook() {
  const { data: first } = useQuery(firstLoanQuery);
  const mayIssue = useMay('officer');
  const mayImport = useMay('admin');
  if (first !== null) return null;
  return (
    <Alert title="The book is empty" variant="outline">
      {mayIssue ? (
        <>
          <Anchor component={Link} to="/issue">
            Issue the first loan
          </Anchor>
          {mayImport && (
            <>
              , or{' '}
              <Anchor component={Link} to="/import">
                import loans from a file
              </Anchor>
            </>
          )}
          .
        </>
      ) : (
        'Once a loan is issued, its debt shows here.'
      )}
    </Alert>
  );
}
