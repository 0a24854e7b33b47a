import * as vscode from 'vscode';
import type { NeighborRequest } from '../../engine/questions/neighborAnswer';
import type { Metric } from '../../protocol/metric';
import { visibleText } from '../../core/foreignText/visibleText';
import {
  measureRecall,
  measureSampleRecall,
  type QueryRecall,
  type RecallSummary,
} from '../../database/measureRecall';
import type { SearchMethod } from '../../database/vectorDatabase';
import type { Databases } from '../session/databases';
import { withProgressNotice } from '../workbench/progressNotice';
import { showBeside } from '../workbench/showBeside';

/** Queries that stand for all. */
const SAMPLED = 100;

/**
 * Verify Similarity of a table: what its index gives against what all rows give, for the query of the inspector and for a sample of a hundred rows. The
 * report opens as a text of its own.
 *
 * @throws {Error} where there is nothing to search, no index of the metric, and whatever the database fails with.
 */
export async function verifyTable(
  databases: Databases,
  metric: Metric,
  ask: (signal: AbortSignal) => Promise<NeighborRequest | undefined>,
): Promise<void> {
  const { databaseMetric, queryOf } = await databases.client;
  const report = await withProgressNotice('Comparing the index with all rows', async (signal, tell) => {
    try {
      const request = await ask(signal);
      const { table } = databases;
      if (!request || table === undefined) {
        throw new Error('There is no query whose similarities could be verified.');
      }
      const { database, opened } = table;
      const searched = databaseMetric(metric);
      const ids = [...new Set(request.query.terms.map(({ id }) => id))].sort((a, b) => a - b);
      const rows = await database.fetchRows(opened, ids, signal);
      const query = queryOf(request.query.terms, rows, searched, opened.dimension);
      const { excludedIds = [], labelText = '' } = request.tableRows ?? {};
      tell({ message: 'this query' });
      const search = { metric: searched, k: request.k };
      const own = await measureRecall(database, opened, { ...search, query, excludedIds, labelText }, signal);
      const sample = await database.sampleIds(opened, SAMPLED, signal);
      const summary = await measureSampleRecall(database, opened, sample, search, signal, (done) =>
        tell({
          percent: (100 * done) / sample.length,
          message: `${done} of ${sample.length} rows as queries`,
        }),
      );
      return reportText(table.identity.name, metric, request.k, own, summary);
    } catch (error) {
      if (signal.aborted) {
        return undefined;
      }
      throw error;
    }
  });
  if (report !== undefined) {
    await showBeside(await vscode.workspace.openTextDocument({ content: report, language: 'plaintext' }));
  }
}

/** The report as a text. What is foreign in it cannot be seen but as what it is. */
export function reportText(
  name: string,
  metric: Metric,
  k: number,
  own: QueryRecall,
  sample: RecallSummary,
): string {
  const index = own.method.kind === 'index' ? `${own.method.method} ${visibleText(own.method.name)}` : 'none';
  const missed = own.missed.map(
    ({ rank, id, label, score }) =>
      `  ${String(rank).padStart(4)}  ${score.toFixed(6).padStart(12)}  #${id}${label === undefined ? '' : `  ${JSON.stringify(visibleText(label))}`}`,
  );
  return [
    `Index against all rows: ${visibleText(name)}`,
    '',
    `metric  ${metric}`,
    `index   ${index}`,
    `k       ${k}`,
    '',
    'This query',
    `  recall       ${percent(own.recall)} (${own.count - own.missed.length} of ${own.count})`,
    `  all rows     ${milliseconds(own.exactMilliseconds)}`,
    `  by index     ${milliseconds(own.indexMilliseconds)}`,
    own.missed.length === 0 ? '  missed       nothing' : '  missed, by exact rank, with their score:',
    ...missed,
    '',
    `${sample.queries} rows of the table as queries`,
    '  (each left out of its own answers)',
    `  mean recall  ${percent(sample.meanRecall)}`,
    `  worst        ${percent(sample.worstRecall)}`,
    `  no miss      ${sample.perfect} of ${sample.queries}`,
    `  all rows     ${milliseconds(sample.exactMilliseconds)} (median)`,
    `  by index     ${milliseconds(sample.indexMilliseconds)} (median)`,
    ...(sample.meanRecall < 1 || own.recall < 1 ? adviceFor(own.method) : []),
    '',
  ].join('\n');
}

/** What finds more, and takes longer for it: settings of the server, which are taken as they are for the role or the database. */
function adviceFor(method: SearchMethod): readonly string[] {
  if (method.kind === 'exact') {
    return [];
  }
  const wider = { hnsw: 'hnsw.ef_search = 100', ivfflat: 'ivfflat.probes = 10' }[method.method];
  return ['', 'A wider search finds more and takes longer, such as', `  alter role … set ${wider};`];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function milliseconds(value: number): string {
  return `${value.toFixed(1)} ms`;
}
