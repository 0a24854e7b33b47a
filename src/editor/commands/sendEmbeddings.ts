import type * as vscode from 'vscode';
import { plainToken } from '../../core/tokenizer/tokenLabel';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { shownName } from '../../core/foreignText/shownText';
import type { SendReport } from '../../database/client/sendRows';
import { selectionOfSent, type SentTable } from '../../database/sending/sentTable';
import type { DatabaseMetric, VectorType } from '../../database/vectorTable';
import type { EmbeddingSession } from '../../engine/session/embeddingSession';
import type { ModelIdentity, ModelLocation } from '../../model/modelLocation';
import { formatTableSetting } from '../../model/tableSetting';
import { COMMANDS } from '../commandIds';
import type { Databases } from '../session/databases';
import type { ModelChoice } from '../session/modelChoice';
import type { ModelTokenizer } from '../session/modelTokenizer';
import { askForText } from '../workbench/askForText';
import { pickItem, type PickEntry } from '../workbench/pickItems';
import { withProgressNotice, type ProgressStep } from '../workbench/progressNotice';
import { registerCommand } from '../workbench/registerCommand';
import { showNotice } from '../workbench/showNotice';
import { chooseDatabase } from './connectDatabase';

export interface SendServices {
  readonly databases: Databases;
  readonly choice: ModelChoice;
  readonly session: Pick<EmbeddingSession, 'ensureReady'>;
  readonly tokenizers: Pick<ModelTokenizer, 'current'>;
}

interface SendPlan {
  readonly database: string;
  readonly target: SentTable;
  readonly model: string;
  /** Of the index that is built behind it. */
  readonly metric: DatabaseMetric | undefined;
}

/** Send Embeddings to PostgreSQL…: the rows of the model that is loaded, with id, token and the model's name, and an index where it is wanted. */
export function registerSendEmbeddings(services: SendServices): vscode.Disposable {
  return registerCommand(COMMANDS.sendEmbeddings, async () => {
    const model = await services.session.ensureReady();
    if (model.table !== undefined) {
      void showNotice(
        'information',
        'The rows of this model are in a database already. Choose another model to send it.',
      );
      return;
    }
    const plan = await askForPlan(services.databases, model);
    const report = plan && (await send(services, model, plan));
    if (!plan || !report) {
      return;
    }
    const skipped = report.rowsWithoutVector;
    const { schema, table } = plan.target;
    const sentence =
      `${report.rowsSent.toLocaleString('en')} rows were sent to ${shownName(`${schema}.${table}`)}` +
      (report.rowsSent < model.rowCount ? '; the others were there already' : '') +
      (plan.metric === undefined ? '' : '; the index is built') +
      (skipped === 0
        ? '.'
        : `; ${skipped.toLocaleString('en')} of them hold NaN or infinity and have no vector there.`);
    if ((await showNotice('information', sentence, 'Use the Table')) === 'Use the Table') {
      const selection = selectionOfSent(plan.target, plan.model);
      await services.choice.use(formatTableSetting({ database: plan.database, selection }));
    }
  });
}

async function askForPlan(databases: Databases, model: ModelIdentity): Promise<SendPlan | undefined> {
  const title = 'Send Embeddings to PostgreSQL';
  const database = await chooseDatabase(databases, title);
  if (database === undefined) {
    return undefined;
  }
  const name = await askForText({
    title,
    prompt:
      'The table, with its schema. It is made where it is not there; models that are in it already stay, so that many can be asked together.',
    value: `public.embeddings_${model.dimension}`,
    staysOpen: true,
    complaint: (value) => (/^[^.\0]{1,60}\.[^.\0]{1,60}$/u.test(value) ? undefined : 'Expected schema.table'),
  });
  const modelName =
    name &&
    (await askForText({
      title,
      prompt: 'What the model is called in the table. Rows of another model keep their own name.',
      value: model.name,
      staysOpen: true,
      complaint: (value) =>
        value !== '' && value.length <= 300 && !value.includes('\0')
          ? undefined
          : 'From 1 to 300 characters.',
    }));
  const type =
    modelName &&
    (await pickItem(TYPES, { title, placeHolder: 'How the values are stored', staysOpen: true }))?.type;
  const metric =
    type &&
    (await pickItem(INDEXES, {
      title,
      placeHolder: 'An index makes searches fast and approximate',
      staysOpen: true,
    }));
  if (!name || !modelName || !type || !metric) {
    return undefined;
  }
  const [schema = '', table = ''] = name.split('.');
  return {
    database,
    target: { schema, table, type, dimension: model.dimension },
    model: modelName,
    metric: metric.metric,
  };
}

const TYPES: readonly (PickEntry & { readonly type: VectorType })[] = [
  {
    label: 'vector',
    detail: 'Single precision: the rows come back as they were. Indexes take up to 2,000 dimensions.',
    type: 'vector',
  },
  {
    label: 'halfvec',
    detail: 'Half precision: half the room, values rounded to 11 bits. Indexes take up to 4,000 dimensions.',
    type: 'halfvec',
  },
];

const INDEXES: readonly (PickEntry & { readonly metric: DatabaseMetric | undefined })[] = [
  { label: 'No index', detail: 'Every search looks at every row: exact.', metric: undefined },
  {
    label: 'HNSW by cosine',
    detail: 'Built when all rows have arrived. Only searches by cosine use it.',
    metric: 'cosine',
  },
  { label: 'HNSW by dot product', metric: 'dot' },
  { label: 'HNSW by Euclidean distance', metric: 'euclidean' },
];

/** @returns undefined when the user canceled; what had arrived stays, and the next time goes on behind it. */
async function send(
  { databases, tokenizers }: SendServices,
  model: ModelIdentity,
  { database, target, model: name, metric }: SendPlan,
): Promise<SendReport | undefined> {
  const { openEmbeddingSource, sendRows, createIndex, ROWS_TENSOR } = await databases.client;
  const tokenizer = tokenizers.current;
  return withProgressNotice(
    `Sending ${shownName(name)} to ${shownName(database)}`,
    async (signal, report) => {
      // Opened when it is first asked: until then there is nothing to close.
      const connection = await databases.connection(database);
      const source = await openEmbeddingSource(locationOf(model), {
        tensorName: model.vectors === undefined ? model.tensorName : ROWS_TENSOR,
        signal,
      });
      // An index takes about as long as the rows.
      const share = metric === undefined ? 100 : 50;
      try {
        const sent = await sendRows(
          connection,
          {
            name,
            rowCount: model.rowCount,
            dimension: model.dimension,
            readRows: (first, rows) => source.readRows(first, rows, signal),
            tokenOf: (id) => sentToken(tokenizer, id),
          },
          {
            target,
            signal,
            onProgress: (rows) =>
              report({
                percent: (share * rows) / model.rowCount,
                message: `${rows.toLocaleString('en')} of ${model.rowCount.toLocaleString('en')} rows`,
              }),
          },
        );
        if (metric !== undefined) {
          const selection = selectionOfSent(target, name);
          const { type, dimension } = target;
          report({ percent: share, message: 'building the index' });
          await createIndex(connection, { selection, type, dimension, metric }, signal, ({ phase, rows }) =>
            report(indexStep(phase, rows, model.rowCount, share)),
          );
        }
        return sent;
      } catch (error) {
        if (signal.aborted) {
          return undefined;
        }
        throw error;
      } finally {
        await Promise.all([connection.close(), source.close()]);
      }
    },
  );
}

/** @param share Percent that are done when the index is begun. */
function indexStep(phase: string, rows: number | undefined, rowCount: number, share: number): ProgressStep {
  if (rows === undefined) {
    return { message: phase };
  }
  // What others wrote meanwhile is in it, too.
  const done = Math.min(rows, rowCount);
  return {
    percent: share + ((100 - share) * done) / rowCount,
    message: `building the index, ${done.toLocaleString('en')} of ${rowCount.toLocaleString('en')} rows`,
  };
}

function locationOf({ isSample, path, vectors }: ModelIdentity): ModelLocation {
  return isSample ? { kind: 'sample' } : { kind: 'file', path: vectors?.convertedPath ?? path };
}

/** What a row is called in the table: its token's text where the bytes are text that PostgreSQL can hold; else as it is shown, with escapes. */
export function sentToken(tokenizer: Tokenizer, id: number): string {
  if (!tokenizer.hasToken(id)) {
    return '';
  }
  const bytes = tokenizer.tokenBytes(id);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? plainToken(bytes) : text;
  } catch {
    return plainToken(bytes);
  }
}
