import assert from 'node:assert/strict';
import type { RegionLevel } from '../../../../src/core/embedding/layout/regionLevel';
import { regionNames } from '../../../../src/core/query/mapLabels/regionNames';
import { TOKEN_KINDS, type TokenKind } from '../../../../src/core/query/mapLabels/tokenKinds';

const NONE = 2 ** 32 - 1;

interface Member {
  readonly text: string;
  readonly kind: TokenKind;
  /** Of those that are noted as typical. */
  readonly typical?: number;
}

/** Regions of these members, whose ids count them in their order. */
function namesOf(regions: readonly (readonly Member[])[]) {
  const members = regions.flat();
  const typicalRows = new Uint32Array(24 * regions.length).fill(NONE);
  const typicality = new Float32Array(24 * regions.length);
  regions.forEach((region, at) => {
    const noted = region.filter(({ typical }) => typical !== undefined);
    noted.sort((a, b) => (b.typical ?? 0) - (a.typical ?? 0));
    noted.forEach((member, place) => {
      typicalRows[24 * at + place] = members.indexOf(member);
      typicality[24 * at + place] = member.typical ?? 0;
    });
  });
  const level: RegionLevel = {
    resolution: 1,
    regionOf: Uint32Array.from(regions.flatMap((region, at) => region.map(() => at))),
    regionCount: regions.length,
    typicalRows,
    typicality,
    places: new Float32Array(2 * regions.length),
  };
  const kinds = Uint8Array.from(members, ({ kind }) => TOKEN_KINDS.indexOf(kind));
  return regionNames(level, kinds, (id) => members[id]?.text ?? `#${id}`).map(({ tokens, ...rest }) => ({
    ...rest,
    tokens: tokens.map((id) => members[id]?.text),
  }));
}

const spaced = (text: string, typical: number): Member => ({ text: ` ${text}`, kind: 'spaced', typical });

describe('regionNames', () => {
  it('are the three most typical words that begin unlike each other', () => {
    const [name] = namesOf([
      [
        spaced('fruit', 0.9),
        spaced('fruits', 0.85),
        { text: 'Fruit', kind: 'word', typical: 0.84 },
        spaced('apple', 0.8),
        spaced('banana', 0.7),
        spaced('cherry', 0.6),
      ],
    ]);
    assert.deepEqual(name, { size: 6, tokens: [' fruit', ' apple', ' banana'] });
  });

  it('prefer words to pieces, spaced ones to others, and longer to very short ones', () => {
    const [name] = namesOf([
      [
        { text: 'anas', kind: 'piece', typical: 0.8 },
        spaced('of', 0.79),
        { text: 'Pear', kind: 'word', typical: 0.72 },
        spaced('plum', 0.7),
        spaced('apple', 0.69),
      ],
    ]);
    assert.deepEqual(name?.tokens, [' plum', 'Pear', ' apple']);
  });

  it('tell the kind of most tokens where not even half are words', () => {
    const filler = (kind: TokenKind, count: number): Member[] =>
      Array.from({ length: count }, (_, at) => ({ text: `${kind}${at}`, kind }));
    const names = namesOf([
      [
        { text: '19', kind: 'number', typical: 0.9 },
        ...filler('number', 2),
        ...filler('sign', 1),
        ...filler('spaced', 3),
      ],
      [...filler('piece', 3), ...filler('word', 2), ...filler('spaced', 2)],
      [...filler('other', 2)],
    ]);
    assert.deepEqual(names, [
      { size: 7, tokens: ['19'], kind: 'number' },
      { size: 7, tokens: [] },
      { size: 2, tokens: [], kind: 'other' },
    ]);
  });

  it('take a row that is no token for something else, and leave white space unnamed', () => {
    const level: RegionLevel = {
      resolution: 1,
      regionOf: Uint32Array.of(0, 0, NONE, 0),
      regionCount: 1,
      typicalRows: new Uint32Array(24).fill(NONE).fill(3, 0, 1).fill(0, 1, 2),
      typicality: new Float32Array(24),
      places: new Float32Array(2),
    };
    const kinds = Uint8Array.of(TOKEN_KINDS.indexOf('sign'));
    const names = regionNames(level, kinds, (id) => (id === 0 ? '  ' : `#${id}`));
    assert.deepEqual(names, [{ size: 3, tokens: [3], kind: 'other' }]);
  });
});
