// james completion: a script for the shell, which then completes commands and options by asking james for them.

import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

/** What the script takes from the bash-completion package, for shells without it: the words as bash itself cuts them. */
const BASH_WORDS = `if ! declare -F _get_comp_words_by_ref >/dev/null; then
  _get_comp_words_by_ref() {
    cword=$COMP_CWORD
    words=("\${COMP_WORDS[@]}")
    cur=\${COMP_WORDS[COMP_CWORD]}
    prev=\${COMP_WORDS[COMP_CWORD-1]}
  }
fi
`;

export function completionCommand(program: Command): void {
  tab(program, { completionCommandName: 'completion' });
  program.commands
    .find((command) => command.name() === 'completion')
    ?.hook('preAction', (_program, { args: [shell] }) => {
      if (shell === 'bash') console.log(BASH_WORDS);
    })
    .description('print a script that teaches a shell to complete james (bash, zsh, fish, powershell)')
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
