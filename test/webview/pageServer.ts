import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import * as esbuild from 'esbuild';

export const projectFolder = path.resolve(__dirname, '../..');

/** Themes by the name of their file, with the classes that VS Code gives to the body. */
export const themes = {
  darkModern: 'vscode-dark',
  lightModern: 'vscode-light',
  highContrast: 'vscode-high-contrast',
} as const;

export type Theme = keyof typeof themes;

const NONCE = 'bm9uY2Utb2YtdGhlLXRlc3Q';

/** The policy that the extension gives to the panel; `'self'` stands for the place of its own files. */
const CONTENT_SECURITY_POLICY = [
  `default-src 'none'`,
  `img-src 'self' data: blob:`,
  `style-src 'self'`,
  `font-src 'self'`,
  `script-src 'nonce-${NONCE}'`,
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ');

/** A page's script and style by the names of their files. */
export type PageBundle = ReadonlyMap<string, string>;

const bundles = new Map<string, Promise<PageBundle>>();

/**
 * A script with the panel's style, built once with the options of the real build, but not from dist/.
 *
 * @param script path of its source in the project; it becomes `inspector.js`
 */
export function pageBundle(script: string): Promise<PageBundle> {
  const bundle = bundles.get(script) ?? buildPage(script);
  bundles.set(script, bundle);
  return bundle;
}

async function buildPage(script: string): Promise<PageBundle> {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: projectFolder,
    entryPoints: [
      { in: script, out: 'inspector' },
      { in: 'webview-ui/src/inspector.css', out: 'inspector' },
    ],
    outdir: 'out/webview',
    write: false,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'chrome128',
    loader: { '.svg': 'text' },
    logLevel: 'warning',
  });
  return new Map(outputFiles.map((file) => [path.basename(file.path), file.text]));
}

const servers = new Map<string, Promise<http.Server>>();

/**
 * Serves a page for each theme at `/<theme>.html`, under the panel's policy. All suites of a script have one server, so that the browser
 * compiles it once, not for each page. It does not keep the process running.
 */
export function pageServer(script: string): Promise<http.Server> {
  const server = servers.get(script) ?? startPageServer(script);
  servers.set(script, server);
  return server;
}

async function startPageServer(script: string): Promise<http.Server> {
  const files = await pageBundle(script);
  const server = http.createServer((request, response) => {
    const name = path.basename(request.url ?? '');
    const theme = Object.entries(themes).find(([key]) => name === `${key}.html`);
    if (theme) {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.setHeader('Content-Security-Policy', CONTENT_SECURITY_POLICY);
      response.end(pageOf(...theme));
      return;
    }
    const themeFile = path.join(__dirname, 'themes', name);
    const text =
      files.get(name) ?? (fs.existsSync(themeFile) ? fs.readFileSync(themeFile, 'utf8') : undefined);
    response.setHeader('Content-Type', name.endsWith('.css') ? 'text/css' : 'text/javascript; charset=utf-8');
    // Nothing changes while tests run; a script that is kept is kept compiled.
    response.setHeader('Cache-Control', 'max-age=86400, immutable');
    // A browser asks for an icon by itself.
    response.statusCode = text !== undefined ? 200 : name === 'favicon.ico' ? 204 : 404;
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.unref();
}

function pageOf(theme: string, bodyClass: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<link rel="stylesheet" href="${theme}.css">
<link rel="stylesheet" href="inspector.css">
<title>Tokenscope</title>
</head>
<body class="${bodyClass}">
<main id="inspector"></main>
<script nonce="${NONCE}" src="inspector.js"></script>
</body>
</html>`;
}
