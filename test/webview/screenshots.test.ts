import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { projectFolder, themes, useInspector, type Theme } from './inspectorPage';
import { mikePanel, panelStates } from './inspectorSnapshots';

const folder = path.join(projectFolder, 'out/screenshots/webview');
const names: Readonly<Record<Theme, string>> = {
  darkModern: 'dark',
  lightModern: 'light',
  highContrast: 'hc',
};

/** Pictures to look at; what can be asserted stands in the other suites. */
describe('screenshots of the inspector', function () {
  this.timeout(30_000);
  const open = useInspector();
  before(() => fs.mkdirSync(folder, { recursive: true }));

  for (const theme of Object.keys(themes) as Theme[]) {
    for (const width of [320, 520, 900]) {
      it(`shows neighbors ${width} px wide in ${theme}`, async () => {
        const inspector = await open({ theme, width, height: 820 });
        await inspector.show(mikePanel());
        await inspector.row('4: Chris').hover();
        await inspector.list.press('ArrowDown');
        await inspector.list.press('ArrowDown');
        await inspector.settle();
        const file = path.join(folder, `neighbors-${width}-${names[theme]}.png`);
        await inspector.page.screenshot({ path: file });
        assert.ok(fs.statSync(file).size > 5_000);
      });
    }

    it(`shows every state in ${theme}`, async () => {
      const inspector = await open({ theme, width: 420, height: 420 });
      for (const [name, snapshot] of Object.entries(panelStates)) {
        await inspector.show(snapshot);
        await inspector.settle();
        const file = path.join(folder, `states-${name.replaceAll(' ', '-')}-${names[theme]}.png`);
        await inspector.page.screenshot({ path: file });
        assert.ok(fs.statSync(file).size > 2_000);
      }
    });
  }
});
