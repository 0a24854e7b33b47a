import assert from 'node:assert/strict';
import { namedRegions, type NamedRegion } from '../../../../src/core/query/mapLabels/namedRegions';
import { regionLabels } from '../../../../src/core/query/mapLabels/regionLabels';
import { TOKEN_KINDS } from '../../../../src/core/query/mapLabels/tokenKinds';
import { finish } from '../../../../src/core/work/steps';

const region = (x: number, size: number, name: string, rest: Partial<NamedRegion> = {}): NamedRegion => ({
  x,
  y: 0,
  size,
  words: [name, `${name}b`, `${name}c`],
  ...rest,
});

/** Names at each level with any, of a map a thousand pixels wide, each 50 wide. */
function namesOf(...regions: NamedRegion[][]) {
  const { byLevel } = finish(regionLabels({ regions, wholeScale: 1, widthOf: () => 50 }));
  return byLevel.map((labels) =>
    labels.map(({ name, style, detail }) =>
      [name, style, ...(detail === undefined ? [] : [detail])].join(' '),
    ),
  );
}

describe('regionLabels', () => {
  it('name wide regions far out, then ever finer ones; the larger first', () => {
    const names = namesOf(
      [region(0, 400, 'wide'), region(500, 600, 'other')],
      [region(100, 2, 'town')],
      [region(200, 2, 'street')],
    );
    const far = ['other main otherb · otherc', 'wide main wideb · widec'];
    assert.deepEqual(names, [
      far,
      far,
      ...Array<string[]>(3).fill(['town main', 'street minor']),
      ...Array<string[]>(2).fill(['street main']),
    ]);
  });

  it('name finer ones in the gaps where they are large enough', () => {
    const wide = [region(0, 3_000, 'wide')];
    const [first] = namesOf(wide, [
      region(30, 100, 'covered'),
      region(200, 9, 'small'),
      region(300, 10, 'town'),
      region(400, 50, 'city'),
      region(500, 500, 'seas', { kind: 'numbers' }),
    ]);
    assert.deepEqual(first, ['wide main wideb · widec', 'city minor', 'town minor']);
  });

  it('use no word twice at a level, in whatever case', () => {
    const [first] = namesOf([
      region(0, 900, 'River', { words: ['River', 'Lake', 'Sea'] }),
      region(300, 800, 'lake', { words: ['lake', 'pond'] }),
      region(600, 700, 'numbers', { kind: 'numbers' }),
      region(900, 600, 'again', { kind: 'numbers' }),
    ]);
    assert.deepEqual(first, ['River main Lake · Sea', 'numbers kind']);
  });

  it('keep a name that was in a gap when its own level comes', () => {
    // Both cover each other; the smaller one had a gap first, as the larger is of a kind.
    const finer = [
      region(300, 40, 'small', { words: ['small'] }),
      region(310, 90, 'large', { kind: 'signs' }),
    ];
    const names = namesOf([region(0, 1_000, 'wide')], finer);
    assert.deepEqual(names[1], ['wide main wideb · widec', 'small minor']);
    assert.deepEqual(names[2], ['small main']);
  });

  it('leave out regions without a name or a place', () => {
    const names = namesOf([region(NaN, 9, 'nowhere'), region(0, 9, '', { words: [] }), region(1, 9, 'here')]);
    assert.deepEqual(names[0], ['here main hereb · herec']);
  });

  it('have room of their own around their place', () => {
    const { byLevel } = finish(
      regionLabels({
        regions: [[region(3, 9, 'here')]],
        wholeScale: 1,
        widthOf: (text, style) => text.length * (style === 'detail' ? 5 : 7),
      }),
    );
    const [label] = byLevel[0] ?? [];
    assert.deepEqual(
      [label?.x, label?.y, label?.halfWidth, label?.above, label?.below],
      [3, 0, ('hereb · herec'.length * 5) / 2 + 10, 11, 20],
    );
  });
});

describe('namedRegions', () => {
  it('are called by the texts of their tokens, or by their kind', () => {
    const named = namedRegions(
      [
        { x: 1, y: 2, size: 5, tokens: [1, 3, 0, 7] },
        { x: 3, y: 4, size: 3, tokens: [2], kind: TOKEN_KINDS.indexOf('number') },
        { x: 5, y: 6, size: 2, tokens: [2], kind: TOKEN_KINDS.indexOf('sign') },
      ],
      [' sauce', '␣bread', '19', '  '],
      { number: 'numbers' },
    );
    assert.deepEqual(named, [
      { x: 1, y: 2, size: 5, words: ['bread', 'sauce'] },
      { x: 3, y: 4, size: 3, words: ['19'], kind: 'numbers' },
      { x: 5, y: 6, size: 2, words: ['19'] },
    ]);
  });
});
