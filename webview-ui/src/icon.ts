import add from '@vscode/codicons/src/icons/add.svg';
import arrowLeft from '@vscode/codicons/src/icons/arrow-left.svg';
import arrowRight from '@vscode/codicons/src/icons/arrow-right.svg';
import arrowSwap from '@vscode/codicons/src/icons/arrow-swap.svg';
import beaker from '@vscode/codicons/src/icons/beaker.svg';
import check from '@vscode/codicons/src/icons/check.svg';
import chevronDown from '@vscode/codicons/src/icons/chevron-down.svg';
import chevronRight from '@vscode/codicons/src/icons/chevron-right.svg';
import circleSlash from '@vscode/codicons/src/icons/circle-slash.svg';
import close from '@vscode/codicons/src/icons/close.svg';
import cloudDownload from '@vscode/codicons/src/icons/cloud-download.svg';
import copy from '@vscode/codicons/src/icons/copy.svg';
import database from '@vscode/codicons/src/icons/database.svg';
import ellipsis from '@vscode/codicons/src/icons/ellipsis.svg';
import error from '@vscode/codicons/src/icons/error.svg';
import exportArrow from '@vscode/codicons/src/icons/export.svg';
import filter from '@vscode/codicons/src/icons/filter.svg';
import fold from '@vscode/codicons/src/icons/fold.svg';
import graphLine from '@vscode/codicons/src/icons/graph-line.svg';
import info from '@vscode/codicons/src/icons/info.svg';
import listUnordered from '@vscode/codicons/src/icons/list-unordered.svg';
import loading from '@vscode/codicons/src/icons/loading.svg';
import milestone from '@vscode/codicons/src/icons/milestone.svg';
import pin from '@vscode/codicons/src/icons/pin.svg';
import pinned from '@vscode/codicons/src/icons/pinned.svg';
import remove from '@vscode/codicons/src/icons/remove.svg';
import screenFull from '@vscode/codicons/src/icons/screen-full.svg';
import search from '@vscode/codicons/src/icons/search.svg';
import symbolKey from '@vscode/codicons/src/icons/symbol-key.svg';
import table from '@vscode/codicons/src/icons/table.svg';
import verified from '@vscode/codicons/src/icons/verified.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';
import { html, type TemplateResult } from 'lit/html.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import lasso from './vocabularyMap/lasso.svg';

const icons = {
  add,
  arrowLeft,
  arrowRight,
  arrowSwap,
  beaker,
  check,
  chevronDown,
  chevronRight,
  circleSlash,
  close,
  cloudDownload,
  copy,
  database,
  ellipsis,
  error,
  exportArrow,
  filter,
  fold,
  graphLine,
  info,
  lasso,
  listUnordered,
  loading,
  milestone,
  pin,
  pinned,
  remove,
  screenFull,
  search,
  symbolKey,
  table,
  verified,
  warning,
};

/** A codicon in the color of its text. It never carries a meaning alone, so screen readers skip it. */
export function icon(name: keyof typeof icons, kind = ''): TemplateResult {
  // The text is a file of the codicons package, or of this folder, put into the bundle at build time: nothing from outside gets here.
  return html`<span class="icon ${kind}" aria-hidden="true">${unsafeHTML(icons[name])}</span>`;
}
