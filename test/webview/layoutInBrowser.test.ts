import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as esbuild from 'esbuild';
import { SMALL_LAYOUT_FINGERPRINT } from '../unit/embedding/layout/pinnedLayout';
import { projectFolder } from './pageServer';
import { sharedBrowser } from './sharedBrowser';

/** Serves one script in a page that may share memory, as the kernel wants it. */
async function startServer(script: string): Promise<http.Server> {
  const server = http.createServer((request, response) => {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    const isScript = request.url === '/layout.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
    response.end(
      isScript ? script : '<!DOCTYPE html><title></title><script src="/layout.js" defer></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('the layout of the map', () => {
  it('has the same bytes in a browser', async () => {
    const { outputFiles } = await esbuild.build({
      absWorkingDir: projectFolder,
      entryPoints: ['test/webview/layoutPage.ts'],
      write: false,
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'chrome128',
      logLevel: 'warning',
    });
    const server = await startServer(outputFiles[0]?.text ?? '');
    const page = await (await sharedBrowser()).newPage();
    try {
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction(() => document.title !== '');
      assert.equal(await page.title(), SMALL_LAYOUT_FINGERPRINT);
    } finally {
      await page.close();
      server.close();
    }
  });
});
