// Where a file is dropped, or chosen by keyboard.

import '@mantine/dropzone/styles.css';
import { Group, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconFileSpreadsheet } from '@tabler/icons-react';

interface FileDropProps {
  readonly name: string | undefined;
  readonly isReading: boolean;
  readonly onFile: (file: File) => void;
}

export function FileDrop({ name, isReading, onFile }: FileDropProps) {
  return (
    <Dropzone
      multiple={false}
      loading={isReading}
      onDrop={(files) => {
        const [file] = files;
        if (file !== undefined) onFile(file);
      }}
      aria-label="Choose a file"
      inputProps={{ 'aria-label': 'File to import' }}
    >
      <Group justify="center" gap="md" mih={88} wrap="nowrap">
        <IconFileSpreadsheet size={36} stroke={1.4} aria-hidden />
        <div>
          <Text fw={600}>{name ?? 'Drop a file here, or choose one'}</Text>
          <Text size="sm" c="dimmed">
            CSV with a line of column names, or a JSON object a line; plain or gzip, of any size.
          </Text>
        </div>
      </Group>
    </Dropzone>
  );
}
