import type { CharacterSet } from '../sets/characterSet';

/** What a pattern says, before case is folded. */
export type SyntaxNode =
  | TextNode
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly items: readonly SyntaxNode[] }
  | { readonly kind: 'alternation'; readonly branches: readonly SyntaxNode[] }
  | RepeatNode
  /** Once it has matched it is not tried in another way: `(?>…)`, `x*+`. */
  | { readonly kind: 'atomic'; readonly body: SyntaxNode }
  /** A group that captures, with or without a name, or sets options. Texts do not join across its border. */
  | { readonly kind: 'group'; readonly role: 'named' | 'unnamed' | 'options'; readonly body: SyntaxNode }
  | LookAroundNode
  | { readonly kind: 'anchor'; readonly anchor: Anchor };

export interface TextNode {
  readonly kind: 'text';
  readonly codePoints: readonly number[];
  readonly ignoresCase: boolean;
}

export interface RepeatNode {
  readonly kind: 'repeat';
  readonly body: SyntaxNode;
  readonly min: number;
  /** May be Infinity. */
  readonly max: number;
  readonly isGreedy: boolean;
}

export interface LookAroundNode {
  readonly kind: 'lookAround';
  readonly isBehind: boolean;
  readonly isNegated: boolean;
  readonly body: SyntaxNode;
}

export type Anchor =
  | 'textStart'
  | 'textEnd'
  /** The end, or before a line feed at the end. */
  | 'lastLineEnd'
  /** After a line feed that is not the last character, or the text's start. */
  | 'lineStart'
  | 'lineEnd'
  | 'wordBoundary'
  | 'noWordBoundary';

export const EMPTY_TEXT: TextNode = { kind: 'text', codePoints: [], ignoresCase: false };
