// A calendar date, by the browser's own field: it knows the reader's order of day and month, and no time zone. What is half
// typed is kept and not yet asked for.

import { TextInput, type TextInputProps } from '@mantine/core';
import { useEffect, useState } from 'react';
import { type DateText, isDate } from '../format/dates.ts';

/** While a year is typed the field passes through the years 2, 20 and 201. */
const TYPED_THROUGH = '1800-01-01';

interface DateFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> {
  readonly value: DateText | undefined;
  readonly onDate: (date: DateText | undefined) => void;
  readonly clears?: boolean;
}

export function DateField({ value, onDate, clears = false, ...props }: DateFieldProps) {
  const [draft, setDraft] = useState(value ?? '');
  useEffect(() => setDraft(value ?? ''), [value]);
  const settle = (text: string) => {
    if (text === (value ?? '')) return;
    if (isDate(text)) onDate(text);
    else if (text === '' && clears) onDate(undefined);
  };
  return (
    <TextInput
      {...props}
      type="date"
      value={draft}
      onChange={({ currentTarget }) => {
        setDraft(currentTarget.value);
        if (isDate(currentTarget.value) && currentTarget.value >= TYPED_THROUGH) settle(currentTarget.value);
      }}
      onBlur={({ currentTarget }) => {
        settle(currentTarget.value);
        if (currentTarget.value === '' && !clears) setDraft(value ?? '');
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle(event.currentTarget.value);
      }}
    />
  );
}
