// What James, or the way to it, said in place of an answer: what happened, what to do, and the id for whoever reads the log.

import { Alert, Button, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { JamesError } from '../api/james.ts';

interface TroubleProps {
  readonly error: Error;
  /** Tries again. */
  readonly retry?: () => void;
  /** Pointers of errors that are shown at their fields already. */
  readonly shown?: readonly string[];
}

export function Trouble({ error, retry, shown = [] }: TroubleProps) {
  const james = error instanceof JamesError ? error : undefined;
  const others = (james?.errors ?? []).filter(({ pointer }) => !shown.includes(pointer));
  return (
    <Alert
      role="alert"
      color="red"
      icon={<IconAlertTriangle />}
      title={james?.title ?? 'Something went wrong'}
      variant="outline"
    >
      <Text size="sm">{error.message}</Text>
      {others.length > 0 && (
        <List size="sm" mt="xs">
          {others.map(({ pointer, detail }) => (
            <List.Item key={pointer}>
              {pointer} {detail}
            </List.Item>
          ))}
        </List>
      )}
      {(retry !== undefined || james?.requestId) && (
        <Group mt="sm" justify="space-between">
          {retry !== undefined && (
            <Button size="xs" variant="default" onClick={retry}>
              Try again
            </Button>
          )}
          {james?.requestId && (
            <Text size="xs" c="dimmed">
              Request {james.requestId}
            </Text>
          )}
        </Group>
      )}
    </Alert>
  );
}
