// Where a page can't be shown: what happened, and the way on.

import { Button, Stack, Text, Title } from '@mantine/core';
import { AnchorLink } from './anchor-link.tsx';

export function NotFound() {
  return (
    <Stack align="flex-start">
      <Title order={1}>There is no such page</Title>
      <Text>The address leads nowhere in the console.</Text>
      <AnchorLink to="/">To the book</AnchorLink>
    </Stack>
  );
}

export function PageFailed({ error }: { error: Error }) {
  return (
    <Stack align="flex-start" role="alert">
      <Title order={1}>This page broke</Title>
      <Text>{error.message}</Text>
      <Button onClick={() => location.reload()}>Load it again</Button>
    </Stack>
  );
}
