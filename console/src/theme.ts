// How the console looks: one calm colour, figures of equal width, and contrasts that WCAG AA asks for in light and dark.

import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const pine: MantineColorsTuple = [
  '#e9f7f3',
  '#d3ebe4',
  '#a5d6c8',
  '#74c0aa',
  '#4dae91',
  '#349d7f',
  '#249072',
  '#17785f',
  '#0b654f',
  '#004f3c',
];

export const theme = createTheme({
  colors: { pine },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: '"Inter", system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#545d66',
    '--mantine-color-placeholder': '#69727b',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-anchor': '#0b654f',
    '--mantine-color-red-outline': '#b02525',
    '--mantine-color-orange-outline': '#a63f00',
    '--mantine-color-gray-outline': '#545d66',
    '--james-ground': '#f6f8f7',
    '--james-good': '#0b654f',
    '--james-bad': '#b02525',
  },
  dark: {
    '--mantine-color-dimmed': '#a9aeb4',
    '--mantine-color-placeholder': '#8d949b',
    '--mantine-color-error': '#ff9b9b',
    '--mantine-color-anchor': '#74c0aa',
    '--james-ground': '#17191b',
    '--james-good': '#74c0aa',
    '--james-bad': '#ff9b9b',
  },
});
