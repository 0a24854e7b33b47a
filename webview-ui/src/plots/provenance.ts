import { svg, type SVGTemplateResult } from 'lit/html.js';
import type { ModelView } from '../../../src/protocol/embeddingsView';
import { SAMPLE_NOTICE } from '../../../src/protocol/sampleNotice';
import { formatCount } from '../numbers';

/** Where the numbers of a drawing come from, in one line. */
export function provenance(model: ModelView | undefined): string {
  if (!model) {
    return 'Tokenscope';
  }
  const { name, isSample, isVerified, tensorName, dtype, rowCount, dimension } = model;
  return [
    'Tokenscope',
    ...(isSample ? [SAMPLE_NOTICE] : [name, isVerified ? 'verified' : 'not verified']),
    `${tensorName} ${formatCount(rowCount)} × ${formatCount(dimension)} ${dtype}`,
  ].join(' · ');
}

/** The line at the foot of a saved drawing. */
export function provenanceLine(model: ModelView | undefined, x: number, y: number): SVGTemplateResult {
  return svg`<text class="quiet-text" x=${x} y=${y}>${provenance(model)}</text>`;
}
