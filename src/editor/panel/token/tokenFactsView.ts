import type { MergeNode, MergeTree } from '../../../core/tokenFacts/mergeTree';
import { tokenFacts } from '../../../core/tokenFacts/tokenFacts';
import { unnamedId } from '../../../core/tokenizer/idLabel';
import type { Tokenizer } from '../../../core/tokenizer/tokenizer';
import {
  MOST_ENCODED,
  MOST_PAGE_BYTES,
  type MergeNodeView,
  type MergeTreeView,
  type TokenPageView,
} from '../../../protocol/tokenPageView';
import { tokenView, tokenViews } from '../../tokens/tokenView';
import { variantView } from '../compare/variantTable';

/** A token's page as far as it is known without a matrix. Rows that no token has have a page too, of a token without bytes. */
export function tokenFactsView(tokenizer: Tokenizer, id: number): TokenPageView {
  const token = tokenView(tokenizer, id, MOST_PAGE_BYTES);
  if (unnamedId(tokenizer, id) !== undefined) {
    return {
      token,
      bytes: [],
      byteLength: 0,
      characters: 0,
      isByteFragment: false,
      isSpecial: false,
      roundTrip: { encodesTo: [], encodedCount: 0, isSame: false },
      variants: [],
    };
  }
  const { bytes, text, isByteFragment, isSpecial, mergeTree, variants, roundTrip } = tokenFacts(
    id,
    tokenizer,
  );
  return {
    token,
    bytes: Array.from(bytes.subarray(0, MOST_PAGE_BYTES)),
    byteLength: bytes.length,
    characters: isByteFragment ? 0 : text.length,
    isByteFragment,
    isSpecial,
    ...(mergeTree && { merges: mergeTreeView(tokenizer, mergeTree) }),
    roundTrip: {
      encodesTo: tokenViews(tokenizer, roundTrip.ids.slice(0, MOST_ENCODED)),
      encodedCount: roundTrip.ids.length,
      isSame: roundTrip.isSame,
    },
    variants: variants.map((variant) => variantView(tokenizer, variant, text)),
  };
}

function mergeTreeView(tokenizer: Tokenizer, { root, steps }: MergeTree): MergeTreeView {
  const levels = new Map<MergeNode, number>();
  const bytes: MergeNode[] = [];
  const visit = (node: MergeNode): number => {
    if (!node.joined) {
      bytes.push(node);
      levels.set(node, 0);
      return 0;
    }
    const level = 1 + Math.max(visit(node.joined.left), visit(node.joined.right));
    levels.set(node, level);
    return level;
  };
  visit(root);
  const nodeView = (node: MergeNode): MergeNodeView => ({
    token: tokenView(tokenizer, node.id),
    start: node.start,
    end: node.end,
    level: levels.get(node) ?? 0,
  });
  return {
    steps: steps.map(({ id, joined }) => ({
      left: tokenView(tokenizer, joined.left.id),
      right: tokenView(tokenizer, joined.right.id),
      result: tokenView(tokenizer, id),
      rule: joined.rank + 1,
    })),
    nodes: [...bytes, ...steps].map(nodeView),
  };
}
