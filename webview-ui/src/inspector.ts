import { Inspector } from './shell/inspector';
import type { VsCodeApi } from './shell/hostConnection';

declare function acquireVsCodeApi(): VsCodeApi;

const root = document.getElementById('inspector');
if (!root) {
  throw new Error('The page has no element for the inspector.');
}
new Inspector(root, acquireVsCodeApi());
