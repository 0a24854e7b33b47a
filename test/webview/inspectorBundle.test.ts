import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { INSPECTOR_SCRIPT, useInspector } from './inspectorPage';
import { pageBundle } from './pageServer';

describe('the bundle of the inspector', () => {
  const open = useInspector();

  it('is one script and one style sheet, small enough to open at once', async () => {
    const files = await pageBundle(INSPECTOR_SCRIPT);
    assert.deepEqual([...files.keys()].sort(), ['inspector.css', 'inspector.js']);
    assert.ok((files.get('inspector.js')?.length ?? Infinity) < 600_000);
    assert.ok(gzipSync(files.get('inspector.js') ?? '').length < 120_000);
  });

  it('names nothing outside its own folder', async () => {
    const files = await pageBundle(INSPECTOR_SCRIPT);
    for (const text of files.values()) {
      const addresses = (text.match(/https?:\/\/[^\s"'`)]+/g) ?? []).filter(
        (address) => !address.startsWith('http://www.w3.org/'),
      );
      assert.deepEqual(addresses, []);
      assert.doesNotMatch(text, /\beval\(|new Function\(/);
    }
  });

  it('is loaded under a policy that would catch a style attribute', async () => {
    const inspector = await open();
    const violations = await inspector.page.evaluate(async () => {
      document.body.setAttribute('style', 'color: red');
      await new Promise((resolve) => setTimeout(resolve, 50));
      return window.violations.splice(0);
    });
    assert.equal(violations.length, 1);
    assert.match(violations[0] ?? '', /style-src/);
    inspector.forgetConsole();
  });
});
