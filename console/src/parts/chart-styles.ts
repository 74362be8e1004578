// What all charts share; loaded with the first of them.

import '@mantine/charts/styles.css';

/** Nothing moves by itself: a figure that is looked at stands still. */
export const STILL = { isAnimationActive: false } as const;

/** From current to long overdue. */
export const BUCKET_COLOURS = ['pine.6', 'yellow.5', 'orange.5', 'red.5', 'red.9', 'grape.8'];
