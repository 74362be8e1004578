// A link of the router that looks like Mantine's.

import { Anchor, type AnchorProps } from '@mantine/core';
import { createLink, type LinkComponent } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

interface RawProps extends AnchorProps, Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps> {
  readonly ref?: Ref<HTMLAnchorElement>;
}

function Raw(props: RawProps) {
  return <Anchor {...props} />;
}

const Created = createLink(Raw);

export const AnchorLink: LinkComponent<typeof Raw> = (props) => <Created {...props} />;
