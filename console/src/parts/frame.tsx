// The frame around every page: who is signed in, where one can go, and the way there by keyboard.

import {
  ActionIcon,
  AppShell,
  Burger,
  Button,
  Group,
  Image,
  Loader,
  Menu,
  NavLink,
  Text,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import {
  IconChartAreaLine,
  IconChecklist,
  IconChevronDown,
  IconFileImport,
  IconFilePlus,
  IconFiles,
  IconLogout,
  IconMoon,
  IconSun,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { signOut } from '../api/actions.ts';
import { beginSession } from '../api/query-client.ts';
import { sessionQuery } from '../api/session-queries.ts';
import logo from '../james.svg';
import { SignInPage } from '../pages/sign-in/sign-in-page.tsx';
import { useMay } from './session.ts';
import { Trouble } from './trouble.tsx';

const PLACES = [
  { to: '/', label: 'Book', icon: IconChartAreaLine, role: 'viewer', key: 'b' },
  { to: '/loans', label: 'Loans', icon: IconFiles, role: 'viewer', key: 'l' },
  { to: '/issue', label: 'Issue a loan', icon: IconFilePlus, role: 'officer', key: 'i' },
  { to: '/record', label: 'Record payments', icon: IconChecklist, role: 'officer', key: 'p' },
  { to: '/import', label: 'Import', icon: IconFileImport, role: 'admin', key: 'm' },
] as const;

async function leave(): Promise<void> {
  try {
    await signOut();
  } finally {
    beginSession(null);
  }
}

function SchemeSwitch() {
  const scheme = useComputedColorScheme('light');
  const { setColorScheme } = useMantineColorScheme();
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <Tooltip label={`Use ${other} colours`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={`Use ${other} colours`}
        onClick={() => setColorScheme(other)}
      >
        {other === 'dark' ? <IconMoon size={20} /> : <IconSun size={20} />}
      </ActionIcon>
    </Tooltip>
  );
}

function Person({ name, role }: { name: string; role: string }) {
  return (
    <Menu position="bottom-end" withArrow>
      <Menu.Target>
        <Button variant="default" size="sm" px="sm" rightSection={<IconChevronDown size={14} />}>
          <span className="unseen">Signed in as </span>
          <Text span size="sm" fw={600} maw={160} truncate>
            {name}
          </Text>
          <span className="unseen">, </span>
          <Text span size="xs" c="dimmed" ml={6} visibleFrom="xs">
            {role}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Places({ onGo }: { onGo: () => void }) {
  const { pathname } = useLocation();
  const may = { viewer: useMay('viewer'), officer: useMay('officer'), admin: useMay('admin') };
  const navigate = useNavigate();
  const open = PLACES.filter(({ role }) => may[role]);
  useHotkeys(open.map(({ key, to }) => [`alt+${key}`, () => void navigate({ to })]));
  return open.map(({ to, label, icon: Icon, key }) => (
    <NavLink
      key={to}
      component={Link}
      to={to}
      label={label}
      leftSection={<Icon size={20} stroke={1.6} />}
      rightSection={
        <Text size="xs" c="dimmed" visibleFrom="sm" aria-hidden>
          Alt {key.toUpperCase()}
        </Text>
      }
      aria-keyshortcuts={`Alt+${key.toUpperCase()}`}
      active={to === '/' ? pathname === '/' : pathname.startsWith(to)}
      aria-current={pathname === to ? 'page' : undefined}
      onClick={onGo}
      variant="light"
      style={{ borderRadius: 'var(--mantine-radius-md)' }}
    />
  ));
}

/** After a move the page's heading is read first, and Tab goes on from the page. */
function useFocusOnMove() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}

export function Frame() {
  const session = useQuery(sessionQuery);
  const [isOpen, menu] = useDisclosure(false);
  const main = useFocusOnMove();
  if (session.isPending) return <Loader m="xl" aria-label="Loading" />;
  if (session.error) return <Trouble error={session.error} retry={() => void session.refetch()} />;
  if (session.data === null) return <SignInPage />;
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 264, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', md: 'xl' }}
    >
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        To the page
      </button>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={isOpen ? 'Close the menu' : 'Open the menu'}
              aria-expanded={isOpen}
            />
            <Image src={logo} alt="" w={28} h={28} />
            <Text fw={700} fz="lg">
              James
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <SchemeSwitch />
            <Person name={session.data.name} role={session.data.role} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Pages">
        <Places onGo={menu.close} />
      </AppShell.Navbar>
      <AppShell.Main id="page" ref={main} tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
