import * as vscode from 'vscode';

/** The panel's page. Scripts run by nonce only; nothing is loaded from anywhere but the extension's own folder. */
export function inspectorHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const resource = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name)).toString();
  const nonce = makeNonce();
  const policy = [
    `default-src 'none'`,
    // Exporting a plot as PNG draws it from a picture that the page has made itself.
    `img-src ${webview.cspSource} data: blob:`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    // Neither of these falls back to default-src.
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${resource('inspector.css')}">
<title>Tokenscope</title>
</head>
<body>
<main id="inspector"></main>
<script nonce="${nonce}" src="${resource('inspector.js')}"></script>
</body>
</html>`;
}

/** 128 random bits: a nonce that can be guessed protects nothing. */
function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
