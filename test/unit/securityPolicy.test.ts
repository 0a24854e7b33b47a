import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

/** A test, or a folder of them, and what is quoted of the titles in it. */
const NAMED = /`(test\/[^`]+)`(?:: "([^"]+)")?/g;

/** The section "What is promised". */
function promised(): string {
  const [, section = ''] =
    /\n## What is promised\n([\s\S]*?)\n## /.exec(fs.readFileSync('SECURITY.md', 'utf8')) ?? [];
  return section;
}

/** A paragraph or an item of a list, each a promise; what only leads to a list is none. */
function promises(): string[] {
  return promised()
    .split(/\n\n|\n(?=- )/)
    .map((text) => text.trim())
    .filter((text) => text !== '' && !text.endsWith('It may not'));
}

describe('SECURITY.md', () => {
  const [introduction = '', ...each] = promises();

  it('promises something', () => {
    assert.match(introduction, /tests that fail where it is broken/);
    assert.ok(each.length >= 15, String(each.length));
  });

  for (const promise of each) {
    it(`names tests that there are: ${promise.replace(/\s+/g, ' ').slice(0, 60)}`, () => {
      const named = [...promise.matchAll(NAMED)];
      assert.ok(named.length > 0, 'no test is named');
      for (const [, file = '', title] of named) {
        const texts = testsAt(file).map((test) => fs.readFileSync(test, 'utf8'));
        assert.ok(texts.length > 0, file);
        const words = title?.replace(/\s+/g, ' ');
        assert.ok(
          words === undefined || texts.some((text) => text.includes(words)),
          `"${title ?? ''}" in ${file}`,
        );
      }
    });
  }
});

function testsAt(file: string): string[] {
  return fs.statSync(file).isDirectory()
    ? fs
        .readdirSync(file, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => path.join(file, name))
    : [file];
}
