// Taking back a payment record or the loan itself: asked for once more, with a reason that the history keeps.

import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { reverseLoan, reversePayment } from '../../api/actions.ts';
import { refreshFigures } from '../../api/query-client.ts';
import type { Loan, Payment } from '../../api/shapes.ts';
import { showDate, showMonth } from '../../format/dates.ts';
import { useIntention } from '../../parts/intention.ts';
import { tell } from '../../parts/told.ts';
import { Trouble } from '../../parts/trouble.tsx';

interface DialogProps {
  readonly title: string;
  readonly question: string;
  readonly action: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly reverse: (reason: string, key: string) => Promise<unknown>;
  readonly done: string;
}

const REASON_MAX = 500;

function Dialog({ title, question, action, isOpen, onClose, reverse, done }: DialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {isOpen && <Question {...{ question, action, onClose, reverse, done }} />}
    </Modal>
  );
}

function Question(props: Omit<DialogProps, 'title' | 'isOpen'>) {
  const { question, action, onClose, reverse, done } = props;
  const [reason, setReason] = useState('');
  const intention = useIntention();
  const reversal = useMutation({
    mutationFn: () => reverse(reason.trim(), intention.keyFor(reason.trim())),
    onSuccess: async () => {
      intention.done();
      tell(done);
      onClose();
      await refreshFigures();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!reversal.isPending && reason.trim() !== '') reversal.mutate();
      }}
    >
      <Stack>
        <Text size="sm">{question}</Text>
        <Textarea
          label="Reason"
          description="Kept in the history for good."
          required
          autosize
          minRows={2}
          maxLength={REASON_MAX}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {reversal.error && <Trouble error={reversal.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
          <Button type="submit" color="red.9" loading={reversal.isPending} disabled={reason.trim() === ''}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ReversePaymentProps {
  /** Undefined: the dialog is closed. */
  readonly payment: Payment | undefined;
  readonly onClose: () => void;
}

export function ReversePayment({ payment, onClose }: ReversePaymentProps) {
  const month = payment === undefined ? '' : showMonth(payment.month);
  const date = payment === undefined ? '' : showDate(payment.date);
  return (
    <Dialog
      title="Reverse a payment record"
      question={`The record of ${month} (${payment?.payment}, ${date}) will no longer count, as of any date from ${date} on. It stays in the history.`}
      action="Reverse"
      isOpen={payment !== undefined}
      onClose={onClose}
      reverse={(reason, key) => reversePayment(payment?.id ?? '', reason, key)}
      done={`The record of ${month} is reversed.`}
    />
  );
}

interface ReverseLoanProps {
  readonly loan: Loan;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function ReverseLoan({ loan, isOpen, onClose }: ReverseLoanProps) {
  return (
    <Dialog
      title="Take the loan back"
      question={`${loan.reference ?? 'This loan'} was issued by mistake: it leaves the book as of every date, and takes no payments any more. It stays in the history.`}
      action="Take it back"
      isOpen={isOpen}
      onClose={onClose}
      reverse={(reason, key) => reverseLoan(loan.id, reason, key)}
      done="The loan is taken back."
    />
  );
}
