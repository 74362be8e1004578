// The console starts here: providers around the router, and nothing else.

import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './james.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { STYLE_NONCE } from './place.ts';
import { router } from './router.tsx';
import { cssVariables, theme } from './theme.ts';

// Where react-remove-scroll, under dialogs, takes the nonce of its styles from.
(globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = STYLE_NONCE;

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => STYLE_NONCE}
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
