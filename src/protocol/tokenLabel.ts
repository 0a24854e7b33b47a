/**
 * A token's text cut into the kinds that a surface draws differently. A space that belongs to a token is drawn as an open
 * box on a real space, so that it copies as a space; bytes that form no whole character are shown as `\xe4`.
 */
export interface TokenLabel {
  readonly segments: readonly TokenLabelSegment[];
}

export interface TokenLabelSegment {
  /**
   * `text`: as it is; `space`: U+0020; `newline` ↵; `tab` →; `bytes`: shown as an escape such as `\xe4`; `cut`: at the end of a label that
   * is shorter than its token: `… (10,000 bytes)`.
   */
  readonly kind: 'text' | 'space' | 'newline' | 'tab' | 'bytes' | 'cut';
  /** What is drawn: the text itself, one space, `↵`, `→`, or the escape. */
  readonly text: string;
}
