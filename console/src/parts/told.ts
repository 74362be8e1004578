// Short news of what has just been done.

import { notifications } from '@mantine/notifications';

export function tell(message: string): void {
  notifications.show({ message, color: 'pine', autoClose: 5_000, withBorder: true });
}
