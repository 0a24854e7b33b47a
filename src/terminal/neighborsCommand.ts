import { parseArgs } from 'node:util';
import { isMetric, METRICS, type Metric } from '../core/embedding/metric';
import { visibleJson } from '../core/foreignText/visibleText';
import { meanTerms, type QueryTerm } from '../core/query/meanTerms';
import type { Tokenizer } from '../core/tokenizer/tokenizer';
import type { NeighborAnswer } from '../engine/questions/neighborAnswer';
import { InProcessEngine } from '../engine/loaded/inProcessEngine';
import { findCachedGpt2 } from '../model/findCachedGpt2';
import type { ModelIdentity } from '../model/modelLocation';
import { parseModelLocation } from '../model/parseModelLocation';
import { answerJsonLines } from './jsonLines';
import { parseNeighborsRequest, type NeighborsRequest } from './neighborsRequest';
import { openModel } from './openModel';
import { writeLine, writeNote } from './output';
import { tokenInQuotes, tokenList, tokenText } from './tokenText';
import { UsageError } from './usageError';

export const NEIGHBORS_USAGE = `npm run -s neighbors -- [--model FILE|FOLDER|sample] [--tensor NAME] [--k N] [--json] WORD|#ID…
npm run -s neighbors -- [--metric cosine|centered|dot|euclidean] …
npm run -s neighbors -- --stdin  one JSON value a line: "word", or an object with one of "query": "word", "ids": [id, …] and
                                 "terms": [[weight, id], …], and with "metric" and "k" if need be`;

const DEFAULT_COUNT = 20;

/** `neighbors`: the tokens nearest to each word. */
export async function neighborsCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      model: { type: 'string' },
      tensor: { type: 'string' },
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
  const location =
    values.model === undefined
      ? ((await findCachedGpt2({ onPassedOver: writeNote })) ?? ({ kind: 'sample' } as const))
      : await parseModelLocation(values.model);
  const { model, tokenizer } = await openModel(engine, location, { tensorName: values.tensor });
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
        writeNote(
          `${visibleJson(query)} is ${ids.length} tokens ${tokenList(this.tokenizer, ids)}: searched by the mean of their ${rows}.`,
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
