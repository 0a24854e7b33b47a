import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { openSectionFile, readSectionFileHeader } from '../../../../../src/engine/loaded/cache/sectionFile';
import {
  writeSectionFile,
  type SectionFileContents,
} from '../../../../../src/engine/loaded/cache/writeSectionFile';
import { SeededRandom } from '../../../../fixtures/checkpoints/seededRandom';
import { useTemporaryFolder } from '../../../../fixtures/checkpoints/temporaryFolder';
import { forgeSectionFile, type Forgery } from './forgeSectionFile';
import { naiveChecksum } from './naiveChecksum';
import { emptyTargets, sampleContents, SOURCE } from './sampleSections';

const EXPECTED = { kind: 'embedding-index', contentVersion: 3, source: SOURCE } as const;

/**
 * Reads all of a file.
 *
 * @returns Why it is of no use, or `right` when all sections are what was written. Anything else fails.
 */
async function outcome(file: string, { sections }: SectionFileContents): Promise<string> {
  const result = await openSectionFile(file, EXPECTED);
  if (result.kind === 'unusable') {
    assert.ok(result.reason.startsWith(`${file}: `) && result.reason.endsWith('.'), result.reason);
    return result.cause;
  }
  const lengths = Object.fromEntries(Array.from(sections, ([name, { length }]) => [name, length]));
  const targets = emptyTargets(lengths);
  const failure =
    (await result.file.readSections(targets)) ?? (await result.file.verifySections([...sections.keys()]));
  await result.file.close();
  if (failure === undefined) {
    sections.forEach((bytes, name) => assert.ok(Buffer.from(targets.get(name)!).equals(bytes)));
  }
  return failure?.cause ?? 'right';
}

describe('A section file that is not as it was written', () => {
  const inFolder = useTemporaryFolder();

  it('is of no use, whichever byte is changed, unless that lies between the sections', async () => {
    const file = inFolder('a.index');
    const contents = sampleContents(1, { codes: 200, scales: 64, empty: 0, center: 7 });
    await writeSectionFile(file, contents);
    const bytes = await fs.readFile(file);
    // codes, 56 bytes that nobody reads, scales, center.
    const unread = bytes.length - 7 - 64 - 56;
    const handle = await fs.open(file, 'r+');
    const random = new SeededRandom(2);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Uint8Array.of(bytes[at]! ^ (1 + (random.uint32() % 255)));
      await handle.write(changed, 0, 1, at);
      const isUnread = at >= unread && at < unread + 56;
      const expected = isUnread ? /^right$/ : at >= 8 && at < 12 ? /^other-version$/ : /^damaged$/;
      assert.match(await outcome(file, contents), expected, `byte ${at}`);
      await handle.write(bytes, at, 1, at);
    }
    await handle.close();
    assert.equal(await outcome(file, contents), 'right');
  });

  it('is of no use when it is cut at any length or goes on behind its end', async () => {
    const file = inFolder('a.index');
    const contents = sampleContents(3, { codes: 200, scales: 64, center: 7 });
    await writeSectionFile(file, contents);
    const bytes = await fs.readFile(file);
    for (let length = 0; length < bytes.length; length++) {
      await fs.writeFile(file, bytes.subarray(0, length));
      assert.equal(await outcome(file, contents), 'damaged', `${length} bytes`);
    }
    for (const more of [1, 57, 64, 10_000]) {
      await fs.writeFile(file, Buffer.concat([bytes, Buffer.alloc(more)]));
      assert.equal(await outcome(file, contents), 'damaged', `${more} more`);
    }
    await fs.writeFile(file, Buffer.alloc(bytes.length));
    assert.equal(await outcome(file, contents), 'damaged');
  });

  it('never gives wrong bytes, whatever of a large file is flipped, zeroed or cut (400 seeded attempts)', async () => {
    const file = inFolder('a.index');
    const contents = sampleContents(4, { codes: 2 * 1024 * 1024 + 1_000, scales: 200_000, norms: 300_001 });
    await writeSectionFile(file, contents);
    const bytes = await fs.readFile(file);
    const random = new SeededRandom(5);
    const handle = await fs.open(file, 'r+');
    let rights = 0;
    for (let attempt = 0; attempt < 400; attempt++) {
      const at = random.uint32() % bytes.length;
      const length = Math.min(bytes.length - at, attempt % 2 === 0 ? 1 : 512);
      const changed = Buffer.from(bytes.subarray(at, at + length));
      if (attempt % 4 === 3) {
        await handle.truncate(at);
      } else if (length === 1) {
        changed[0]! ^= 1 << (random.uint32() % 8);
        await handle.write(changed, 0, length, at);
      } else {
        await handle.write(Buffer.alloc(length), 0, length, at);
      }
      const result = await outcome(file, contents);
      rights += result === 'right' ? 1 : 0;
      assert.ok(['right', 'damaged', 'other-version'].includes(result), result);
      await handle.write(bytes, at, bytes.length - at, at);
    }
    await handle.close();
    // Only between the sections, where 100 of 2,600,000 bytes lie.
    assert.ok(rights <= 2, String(rights));
    assert.equal(await outcome(file, contents), 'right');
  });

  it('is of no use when its header says something that cannot be, even with the right checksum', async () => {
    const file = inFolder('a.index');
    const contents = sampleContents(6, { codes: 64, scales: 10 });
    const body = Buffer.concat([...contents.sections.values()]);
    const sections = Array.from(contents.sections, ([name, bytes], index) => ({
      name,
      byteOffset: 64 * index,
      byteLength: bytes.length,
      checksum: naiveChecksum(bytes),
    }));
    const header = { ...EXPECTED, scalars: { mean: 0.5 }, sections };
    const [codes, scales] = sections;
    const outcomeOf = async (forged: unknown, forgery: Forgery = {}): Promise<string> => {
      await fs.writeFile(file, forgeSectionFile(forged, { sections: body, ...forgery }));
      return outcome(file, contents);
    };
    assert.equal(await outcomeOf(header), 'right');
    assert.equal(await outcomeOf({ ...header, kind: 'neighbor-graph' }), 'other-kind');
    assert.equal(await outcomeOf(header, { version: 2 }), 'other-version');
    const bad: readonly unknown[] = [
      'null',
      '[]',
      '"header"',
      '',
      '{',
      '['.repeat(100_000),
      '{"kind":'.repeat(50_000),
      JSON.stringify(header).replace('0.5', '1e999'),
      JSON.stringify(header).replace('0.5', 'NaN'),
      JSON.stringify(header).replace('"mean":', '"__proto__":'),
      { ...header, kind: 'toString' },
      { ...header, contentVersion: '3' },
      { ...header, contentVersion: null },
      { ...header, scalars: [1] },
      { ...header, scalars: { mean: null } },
      { ...header, scalars: { mean: '1' } },
      { ...header, scalars: undefined },
      { ...header, source: undefined },
      { ...header, source: { ...SOURCE, size: -1 } },
      { ...header, source: { ...SOURCE, mtimeMs: '0' } },
      { ...header, source: { ...SOURCE, path: '../model.safetensors' } },
      { ...header, source: { ...SOURCE, path: '/'.repeat(40_000) } },
      { ...header, source: { ...SOURCE, shape: [1] } },
      { ...header, source: { ...SOURCE, shape: [1, 2, 3] } },
      { ...header, source: { ...SOURCE, shape: [1, null] } },
      { ...header, source: { ...SOURCE, dtype: 'F64' } },
      { ...header, source: { ...SOURCE, tensorOffset: 1.5 } },
      { ...header, sections: undefined },
      { ...header, sections: {} },
      { ...header, sections: [codes] },
      { ...header, sections: [codes, null] },
      { ...header, sections: [scales, codes] },
      { ...header, sections: [codes, { ...scales, name: 'codes' }] },
      { ...header, sections: [codes, { ...scales, name: '' }] },
      { ...header, sections: [codes, { ...scales, name: 1 }] },
      ...[0, 1, 63, 128, -64, 64.5, 2 ** 60, '64', null].map((byteOffset) => ({
        ...header,
        sections: [codes, { ...scales, byteOffset }],
      })),
      ...[0, 9, 11, -10, 2 ** 53, 1e300, '10', null].map((byteLength) => ({
        ...header,
        sections: [codes, { ...scales, byteLength }],
      })),
      { ...header, sections: [{ ...codes, byteLength: 2 ** 53 - 1 }] },
      { ...header, sections: [{ ...codes, byteLength: 4 * 1024 ** 3 }, scales] },
      { ...header, sections: [codes, { ...scales, checksum: '0' }] },
      // Overlapping, with a hole, and the same twice: each in a file of the right length.
      { ...header, sections: [codes, { ...codes, name: 'scales', byteLength: 74 }] },
      { ...header, sections: [{ ...scales, byteOffset: 64 }] },
      {
        ...header,
        sections: [
          { ...codes, byteLength: 74 },
          { ...codes, byteLength: 74 },
        ],
      },
      { ...header, sections: Array.from({ length: 10_000 }, (_, i) => ({ ...codes, name: `s${i}` })) },
    ];
    for (const forged of bad) {
      assert.equal(await outcomeOf(forged), 'damaged', JSON.stringify(forged).slice(0, 200));
      // The header says enough: no section had to be read.
      assert.equal((await readSectionFileHeader(file)).kind, 'unusable');
    }
    const exchanged = { ...scales, checksum: codes!.checksum };
    assert.equal(await outcomeOf({ ...header, sections: [codes, exchanged] }), 'damaged');
  });

  it('is of no use when its start is not that of a section file, or its header would be endless', async () => {
    const file = inFolder('a.index');
    const contents = sampleContents(7, {});
    const header = { ...EXPECTED, scalars: {}, sections: [] };
    const outcomeOf = async (forgery: Forgery): Promise<string> => {
      await fs.writeFile(file, forgeSectionFile(header, forgery));
      return outcome(file, contents);
    };
    assert.equal(await outcomeOf({}), 'right');
    assert.equal(await outcomeOf({ magic: '\x89TkSect\r' }), 'damaged');
    for (const headerLength of [0, 1, 10, 1_000, 1024 * 1024, 1024 * 1024 + 1, 2 ** 31, 2 ** 32 - 1]) {
      assert.equal(await outcomeOf({ headerLength }), 'damaged');
    }
    // Longer than allowed, and all there.
    await fs.writeFile(file, forgeSectionFile(`${JSON.stringify(header)}${' '.repeat(1024 * 1024)}`));
    assert.equal(await outcome(file, contents), 'damaged');
    const invalid = forgeSectionFile(JSON.stringify(header).replace('wte', 'w\u00ffe'));
    invalid[invalid.indexOf(0xc3)] = 0x20;
    assert.equal(await fs.writeFile(file, invalid).then(() => outcome(file, contents)), 'damaged');
  });
});
