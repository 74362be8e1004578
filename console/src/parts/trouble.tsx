// What James, or the way to it, said in place of an answer: what happened, what to do, and the id for whoever reads the log.

import { Alert, Button, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { JamesError } from '../api/james.ts';

/** An error in a sentence. */
export function wordsOf(error: Error): string {
  return error instanceof JamesError ? error.error.detail : error.message;
}

interface TroubleProps {
  readonly error: Error;
  /** Tries again. */
  readonly retry?: () => void;
  /** Pointers of errors that are shown at their fields already. */
  readonly shown?: readonly string[];
}

export function Trouble({ error, retry, shown = [] }: TroubleProps) {
  const said = error instanceof JamesError ? error.error : undefined;
  const others = (said?.errors ?? []).filter(({ pointer }) => !shown.includes(pointer));
  return (
    <Alert
      role="alert"
      color="red"
      icon={<IconAlertTriangle />}
      title={said?.title ?? 'Something went wrong'}
      variant="outline"
    >
      <Text size="sm">{wordsOf(error)}</Text>
      {others.length > 0 && (
        <List size="sm" mt="xs">
          {others.map(({ pointer, detail }) => (
            <List.Item key={pointer}>
              {pointer} {detail}
            </List.Item>
          ))}
        </List>
      )}
      {(retry !== undefined || said?.request_id) && (
        <Group mt="sm" justify="space-between">
          {retry !== undefined && (
            <Button size="xs" variant="default" onClick={retry}>
              Try again
            </Button>
          )}
          {said?.request_id && (
            <Text size="xs" c="dimmed">
              Request {said.request_id}
            </Text>
          )}
        </Group>
      )}
    </Alert>
  );
}
