// Signing in with an API key, or in development with one click. The key goes to James and is kept nowhere in the browser;
// what stays is a cookie that no script can read.

import {
  Button,
  Center,
  Divider,
  Group,
  Image,
  Paper,
  PasswordInput,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { signIn } from '../../api/actions.ts';
import { JamesError } from '../../api/james.ts';
import { beginSession } from '../../api/query-client.ts';
import logo from '../../james.svg';
import { Trouble } from '../../parts/trouble.tsx';
import { DEVELOPMENT_KEY } from '../../place.ts';

export function SignInPage() {
  const [key, setKey] = useState('');
  const entry = useMutation({
    mutationFn: signIn,
    onSuccess: beginSession,
  });
  const unknown = entry.error instanceof JamesError && entry.error.status === 401;
  return (
    <Center mih="100dvh" p="md" component="main">
      <Paper withBorder shadow="sm" p="xl" w="100%" maw={400}>
        <Stack>
          <Group gap="sm">
            <Image src={logo} alt="" w={36} h={36} />
            <Title order={1} size="h2">
              Sign in to James
            </Title>
          </Group>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (key.trim() !== '') entry.mutate(key.trim());
            }}
          >
            <Stack>
              {/* Password managers ask under which name they keep it. */}
              <input
                type="text"
                name="username"
                autoComplete="username"
                defaultValue="james"
                hidden
                readOnly
              />
              <PasswordInput
                label="API key"
                description="As the bank’s administrator gave it to you."
                autoComplete="current-password"
                autoFocus
                value={key}
                onChange={(event) => setKey(event.currentTarget.value)}
                error={unknown ? 'James does not know this key.' : undefined}
                visibilityToggleButtonProps={{ 'aria-label': 'Show the key' }}
              />
              {entry.error && !unknown && <Trouble error={entry.error} />}
              <Button type="submit" loading={entry.isPending} disabled={key.trim() === ''}>
                Sign in
              </Button>
            </Stack>
          </form>
          {DEVELOPMENT_KEY !== '' && (
            <>
              <Divider label="in development" />
              <Button
                variant="default"
                loading={entry.isPending}
                onClick={() => entry.mutate(DEVELOPMENT_KEY)}
              >
                Sign in as developer
              </Button>
              <Text size="xs" c="dimmed">
                This James runs in development mode and takes a key that everybody knows.
              </Text>
            </>
          )}
        </Stack>
      </Paper>
    </Center>
  );
}
