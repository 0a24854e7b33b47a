import assert from 'node:assert/strict';
import { rowAsText } from '../../webview-ui/src/neighbors/rowAsText';
import { answer, token } from './inspectorSnapshots';

describe('a copied row', () => {
  const rowOf = (text: string): string =>
    rowAsText(
      { rank: 1, token: token(text, 7), score: -0.25, norm: 1, isQuery: false, foldKey: '' },
      answer(),
    );

  it('is what a spreadsheet takes for text, number and number', () => {
    assert.equal(rowOf('Mike'), 'Mike\t7\t-0.250');
    assert.equal(rowOf('=SUM(A1)'), "'=SUM(A1)\t7\t-0.250");
    assert.equal(rowOf('a;@b'), "a;'@b\t7\t-0.250");
  });
});
