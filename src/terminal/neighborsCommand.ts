import { parseArgs } from 'node:util';
import { isMetric, METRICS, type Metric } from '../core/embedding/metric';
import { visibleJson } from '../core/foreignText/visibleText';
import { meanTerms, type QueryTerm } from '../core/query/meanTerms';
import { notFoundText } from '../core/labels/notFoundText';
import type { Tokenizer } from '../core/tokenizer/tokenizer';
import type { NeighborAnswer } from '../engine/questions/neighborAnswer';
import { InProcessEngine } from '../engine/loaded/inProcessEngine';
import { findCachedGpt2 } from '../model/findCachedGpt2';
import type { ModelIdentity } from '../model/modelLocation';
import { answerJsonLines } from './jsonLines';
import { locateModel, VECTORS_FOLDER } from './locateModel';
import { parseNeighborsRequest, type NeighborsRequest } from './neighborsRequest';
import { openModel } from './openModel';
import { writeLine, writeNote } from './output';
import { tokenInQuotes, tokenList, tokenText } from './tokenText';
import { UsageError } from './usageError';

export const NEIGHBORS_USAGE = `npm run -s neighbors -- [--model FILE|FOLDER|sample] [--tensor NAME] [--k N] [--json] WORD|#ID…
npm run -s neighbors -- --model FILE [--labels FILE] [--cache FOLDER] …  for a file of vectors
npm run -s neighbors -- [--metric cosine|centered|dot|euclidean] …
npm run -s neighbors -- --stdin  one JSON value a line: "word", or an object with one of "query": "word", "ids": [id, …] and
                                 "terms": [[weight, id], …], and with "metric" and "k" if need be`;

const DEFAULT_COUNT = 20;

const SAMPLE = { kind: 'sample' } as const;

/** `neighbors`: the tokens nearest to each word. */
export async function neighborsCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      model: { type: 'string' },
      tensor: { type: 'string' },
      labels: { type: 'string' },
      cache: { type: 'string', default: VECTORS_FOLDER },
      k: { type: 'string', short: 'k' },
      metric: { type: 'string', default: 'cosine' },
      json: { type: 'boolean', default: false },
      stdin: { type: 'boolean', default: false },
    },
  });
  if (!values.stdin && positionals.length === 0) {
    throw new UsageError('Give at least one word.');
  }
  const k = parseCount(values.k);
  const { metric } = values;
  if (!isMetric(metric)) {
    throw new UsageError(`--metric is one of ${METRICS.join(', ')}, not ${visibleJson(metric)}.`);
  }
  const engine = new InProcessEngine();
  const { tensor: tensorName, labels: labelFile, cache: folder } = values;
  const located =
    values.model === undefined
      ? { location: (await findCachedGpt2({ onPassedOver: writeNote })) ?? SAMPLE, tensorName }
      : await locateModel(values.model, { tensorName, labelFile, folder, isSearched: true });
  const { model, tokenizer } = await openModel(engine, located);
  const search = new NeighborSearch(engine, tokenizer, model);
  if (values.stdin) {
    await answerJsonLines(process.stdin, writeLine, (value) => search.json(parseNeighborsRequest(value, k)));
  } else if (values.json) {
    for (const query of positionals) {
      await writeLine(visibleJson(await search.json({ query, k, metric })));
    }
  } else {
    await search.print(positionals, k, metric);
  }
}

function parseCount(text: string | undefined): number {
  if (text === undefined) {
    return DEFAULT_COUNT;
  }
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) {
    throw new UsageError(`--k takes a whole number from 1 on, not ${visibleJson(text)}.`);
  }
  return count;
}

/** Searches and words the answers. */
class NeighborSearch {
  constructor(
    private readonly engine: InProcessEngine,
    private readonly tokenizer: Tokenizer,
    private readonly model: ModelIdentity,
  ) {}

  async json(request: NeighborsRequest): Promise<unknown> {
    const terms = this.termsOf(request);
    const answer = await this.find(terms, request);
    return {
      ...('query' in request && { query: request.query }),
      ...('terms' in request
        ? { terms: terms.map(({ weight, id }) => [weight, id]) }
        : { ids: terms.map(({ id }) => id) }),
      metric: answer.metric,
      // Whether the rows of the query were added up as the checkpoint holds them, or at unit length.
      rows: answer.combination,
      model: this.identity(),
      neighbors: answer.neighbors.map(({ id, score }) => ({
        id,
        token: tokenText(this.tokenizer, id),
        score,
      })),
    };
  }

  /** The lines of a ranked list, one list a query. */
  async print(queries: readonly string[], k: number, metric: Metric): Promise<void> {
    if (this.model.isSample) {
      await writeLine('sample vectors, not GPT-2');
    }
    for (const query of queries) {
      const terms = this.termsOf({ query, k, metric });
      if (queries.length > 1) {
        await writeLine(`${visibleJson(query)}:`);
      }
      const answer = await this.find(terms, { k, metric });
      if (terms.length > 1) {
        const ids = terms.map(({ id }) => id);
        const rows = answer.combination === 'unit' ? 'unit vectors' : 'rows';
        const pieces = this.tokenizer.notFound === undefined ? 'tokens' : 'labels';
        writeNote(
          `${visibleJson(query)} is ${ids.length} ${pieces} ${tokenList(this.tokenizer, ids)}: searched by the mean of their ${rows}.`,
        );
      }
      const name = metric === 'cosine' ? 'sim' : metric;
      for (const { id, score } of answer.neighbors) {
        await writeLine(`${tokenInQuotes(this.tokenizer, id)} | ${name}: ${score.toFixed(3)}`);
      }
    }
  }

  private find(
    terms: readonly QueryTerm[],
    { k, metric }: Pick<NeighborsRequest, 'k' | 'metric'>,
  ): Promise<NeighborAnswer> {
    return this.engine.ask('neighbors', { query: { terms }, metric, k });
  }

  private termsOf(request: NeighborsRequest): readonly QueryTerm[] {
    return 'terms' in request ? request.terms : meanTerms(this.idsOf(request));
  }

  private idsOf(
    request: { readonly ids: readonly number[] } | { readonly query: string },
  ): readonly number[] {
    if ('ids' in request) {
      return request.ids;
    }
    const id = /^#(\d{1,9})$/.exec(request.query)?.[1];
    const missing = id === undefined ? notFoundText(this.tokenizer, request.query) : undefined;
    if (missing !== undefined) {
      throw new RangeError(missing);
    }
    const ids = id === undefined ? this.tokenizer.encode(request.query) : [Number(id)];
    if (ids.length === 0) {
      throw new RangeError(this.tokenizer.missing ?? 'An empty text has no token to search.');
    }
    return ids;
  }

  private identity(): unknown {
    const { name, isSample, path, tensorName, dtype, rowCount, dimension } = this.model;
    return {
      name: isSample ? 'sample vectors, not GPT-2' : name,
      sample: isSample,
      path,
      tensor: tensorName,
      dtype,
      shape: [rowCount, dimension],
    };
  }
}
