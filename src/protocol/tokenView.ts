import type { TokenLabel } from './tokenLabel';

/** How a token is shown. Tokens may have megabytes: all three texts are cut, and say so. */
export interface TokenView {
  readonly id: number;
  readonly label: TokenLabel;
  /** The token with visible white space on one line (`␣Mike`, `↵`, `\xe4`), for names, tooltips and copying as text. */
  readonly plain: string;
  /** For screen readers, such as `space Mike`. */
  readonly spoken: string;
}
