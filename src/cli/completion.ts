// james completion: a script for the shell, which then completes commands and options by asking james for them.

import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

export function completionCommand(program: Command): void {
  tab(program, { completionCommandName: 'completion' });
  program.commands
    .find((command) => command.name() === 'completion')
    ?.description('print a script that teaches a shell to complete james (bash, zsh, fish, powershell)')
    .addHelpText(
      'after',
      `
The shell must find james on its PATH: npm install -g . in James's folder sees to that.

Examples:
  npx james completion bash > ~/.local/share/bash-completion/completions/james
  npx james completion zsh > ~/.zfunc/_james
  npx james completion fish > ~/.config/fish/completions/james.fish`,
    );
}
