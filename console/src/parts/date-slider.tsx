// A date to be dragged along a span, a day a step. While it moves, whoever listens hears of it a few times a second.

import { Slider } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { type DateText, dateOf, dayOf, showDate } from '../format/dates.ts';

const PAUSE_MS = 120;

interface DateSliderProps {
  readonly label: string;
  readonly value: DateText;
  readonly from: DateText;
  readonly to: DateText;
  readonly onDate: (date: DateText) => void;
}

export function DateSlider({ label, value, from, to, onDate }: DateSliderProps) {
  const [day, setDay] = useState(dayOf(value));
  useEffect(() => setDay(dayOf(value)), [value]);
  const tell = useDebouncedCallback((moved: number) => onDate(dateOf(moved)), PAUSE_MS);
  return (
    <Slider
      min={dayOf(from)}
      max={Math.max(dayOf(to), dayOf(from) + 1)}
      step={1}
      value={day}
      onChange={(moved) => {
        setDay(moved);
        tell(moved);
      }}
      label={(moved) => showDate(dateOf(moved))}
      thumbLabel={label}
      thumbValueText={(moved) => showDate(dateOf(moved))}
    />
  );
}
