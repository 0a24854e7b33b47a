import * as vscode from 'vscode';
import { MAX_RANKED } from '../../../engine/questions/rankAnswer';
import { comparedToken, type CompareItemView, type CompareView } from '../../../protocol/compareView';
import type { ExportedPlot, PanelRequest, QueryMemento } from '../../../protocol/panelMessages';
import type { MapArrangement } from '../../../protocol/map/mapArrangement';
import type { AnswerView } from '../../../protocol/answerView';
import type { ModelView } from '../../../protocol/embeddingsView';
import type { LeftOutWords } from '../../../protocol/leftOutWords';
import type { FilterView } from '../../../protocol/panelSnapshot';
import { plural } from '../../documents/tokenCounts';
import { tokenView } from '../../tokens/tokenView';
import { tellInStatusBar } from '../../workbench/tellInStatusBar';
import type { MapContents } from '../map/mapContents';
import type { PanelContext } from '../panelContext';
import type { ResolvedQuery } from '../../query/resolveQuery';
import { matrixCsv, pairCsv, type ComparisonExport } from './comparisonExport';
import { csvExport } from './csvExport';
import { METADATA_FILE, projectorMetadata, VECTORS_FILE } from './embeddingsExport';
import type { ExportDialogs } from './exportDialogs';
import { fileNameFor, type ExportSubject } from './fileNames';
import { jsonExport } from './jsonExport';
import { mapCsv, mapProvenance } from './mapExport';
import { markdownExport } from './markdownExport';
import { modelIdentity } from '../../session/modelIdentity';
import { formOf, neighborExport, type NeighborExport } from './neighborExport';
import { describePng, describeSvg } from './plotProvenance';

/** What an inspector shows just now. */
export interface Shown {
  readonly query: QueryMemento | undefined;
  readonly resolved: ResolvedQuery | undefined;
  readonly answer: AnswerView | undefined;
  readonly k: number;
  readonly filter: FilterView;
  readonly leftOut: LeftOutWords;
  readonly compare: CompareView | undefined;
  readonly metric: string;
  readonly model: ModelView | undefined;
  /** undefined until the map was opened. */
  readonly map: MapContents | undefined;
  /** How it is arranged. */
  readonly mapArrangement: MapArrangement | undefined;
}

type ExportRequest<Type> = Extract<PanelRequest, { readonly type: Type }>;

/** Saves and copies what an inspector shows, with all that it takes to reproduce it. */
export class PanelExports {
  constructor(
    private readonly context: PanelContext,
    private readonly dialogs: ExportDialogs,
    /** Of Tokenscope. */
    private readonly version: string,
    private readonly shown: () => Shown,
  ) {}

  /** @throws {Error} where there is no list. */
  async exportList({ format, to }: ExportRequest<'exportList'>): Promise<void> {
    const exported = this.list();
    const { write, ending, name } = LIST_FORMATS[format];
    const content = write(exported);
    if (to === 'clipboard') {
      await copy(content, `${exported.answer.neighbors.length} neighbors`);
    } else {
      const fileName = fileNameFor('neighbors', this.subjects('neighbors'), ending);
      await this.dialogs.saveFile(fileName, { [name]: [ending] }, content);
    }
  }

  /** @throws {Error} where no pair is shown. */
  async exportPair({ to }: ExportRequest<'exportPair'>): Promise<void> {
    const exported = this.comparison();
    const { pair } = exported.compare;
    if (!pair) {
      throw new Error('There is no pair to export yet.');
    }
    await this.exportTable('comparison', to, pairCsv(exported, pair), `${pair.a.length} dimensions`);
  }

  /** @throws {Error} where no matrix is shown, or another one than the page has drawn. */
  async exportMatrix({ to, order }: ExportRequest<'exportMatrix'>): Promise<void> {
    const exported = this.comparison();
    const { matrix } = exported.compare;
    if (!matrix) {
      throw new Error('There is no matrix to export yet.');
    }
    await this.exportTable('matrix', to, matrixCsv(exported, matrix, order), `${order.length} texts`);
  }

  /** @throws {Error} where there is no list. */
  async exportEmbeddings(): Promise<void> {
    const exported = this.list();
    const ids = exported.answer.neighbors.map(({ token }) => token.id).slice(0, MAX_RANKED);
    if (ids.length === 0) {
      throw new Error('The list is empty.');
    }
    const vectors = await this.context.embeddings.ask('embeddingsTsv', ids);
    await this.dialogs.saveInto(
      new Map([
        [VECTORS_FILE, vectors],
        [METADATA_FILE, projectorMetadata(exported)],
      ]),
    );
  }

  /** @throws {Error} where there is no map. */
  async exportMap(): Promise<void> {
    const { rowCount } = this.mapContents().model;
    await this.dialogs.saveFile('map.csv', CSV_FILES, await this.mapTable(numbersBelow(rowCount)));
  }

  /** @throws {Error} where there is no map. */
  async exportMapList({ to, ids }: ExportRequest<'exportMapList'>): Promise<void> {
    const content = await this.mapTable(ids);
    if (to === 'clipboard') {
      await copy(content, plural(ids.length, 'token'));
    } else {
      const tokenizer = this.context.tokenizer();
      const subjects = ids.map((id) => ({ text: `#${id}`, token: tokenView(tokenizer, id) }));
      await this.dialogs.saveFile(fileNameFor('map-tokens', subjects, 'csv'), CSV_FILES, content);
    }
  }

  /** @throws {RangeError} when the content is none of the format. */
  async exportPlot({ plot, format, content }: ExportRequest<'exportPlot'>): Promise<void> {
    const description = JSON.stringify(this.provenance(plot));
    const bytes =
      format === 'svg' ? describeSvg(content, description) : describePng(bytesOfBase64(content), description);
    const filters = format === 'svg' ? { SVG: ['svg'] } : { PNG: ['png'] };
    await this.dialogs.saveFile(fileNameFor(plot, this.subjects(plot), format), filters, bytes);
  }

  private async exportTable(
    what: 'comparison' | 'matrix',
    to: 'file' | 'clipboard',
    content: string,
    copied: string,
  ): Promise<void> {
    if (to === 'clipboard') {
      await copy(content, copied);
    } else {
      await this.dialogs.saveFile(fileNameFor(what, this.subjects(what), 'csv'), CSV_FILES, content);
    }
  }

  /** What a file is about, for its name. */
  private subjects(what: ExportedPlot | 'neighbors'): ExportSubject[] {
    const { query, resolved, compare } = this.shown();
    switch (what) {
      case 'comparison':
        return (compare?.pairOf ?? []).flatMap((index) => compare?.items[index] ?? []).map(comparedSubject);
      case 'matrix':
        return (compare?.items ?? []).map(comparedSubject);
      default: {
        const token = resolved?.tokenId === undefined ? undefined : resolved.view.pieces[0];
        return query ? [{ text: query.text, token }] : [];
      }
    }
  }

  private mapTable(ids: Iterable<number>): Promise<string> {
    const contents = this.mapContents();
    const texts = contents.tokens.texts.split('\n');
    return mapCsv({ ...contents, texts, version: this.version }, ids);
  }

  private mapContents(): MapContents & Required<Pick<MapContents, 'tokens' | 'positions'>> {
    const { map } = this.shown();
    if (!map?.tokens || !map.positions) {
      throw new Error('There is no map to export yet.');
    }
    const { tokens, positions } = map;
    return { ...map, tokens, positions };
  }

  private comparison(): ComparisonExport {
    const { compare } = this.shown();
    if (!compare?.model) {
      throw new Error('There is no comparison to export yet.');
    }
    return { compare, model: compare.model, version: this.version };
  }

  private list(): NeighborExport {
    const { query, resolved, answer, k, filter, leftOut } = this.shown();
    if (!query || !resolved || !answer) {
      throw new Error('There is no list of neighbors to export yet.');
    }
    return neighborExport(this.context.tokenizer(), query, resolved, answer, {
      k,
      filter,
      leftOut,
      version: this.version,
    });
  }

  private provenance(plot: ExportedPlot): object {
    const { query, resolved, metric, k, filter, leftOut, compare, model, map, mapArrangement } = this.shown();
    const isComparison = plot === 'comparison' || plot === 'matrix';
    return {
      tokenscope: this.version,
      ...(isComparison
        ? { compared: compare?.items.map(({ text }) => text) }
        : {
            query: query?.text,
            form: query && resolved && formOf(query, resolved),
            terms: resolved?.terms,
            k,
            filter,
            leftOut,
          }),
      metric,
      ...(plot === 'vocabulary-map' && { map: { ...mapProvenance(map), ...mapArrangement } }),
      ...(model && { model: modelIdentity(model) }),
    };
  }
}

const CSV_FILES = { CSV: ['csv'] };

const LIST_FORMATS = {
  csv: { write: csvExport, ending: 'csv', name: 'CSV' },
  json: { write: jsonExport, ending: 'json', name: 'JSON' },
  markdown: { write: markdownExport, ending: 'md', name: 'Markdown' },
} as const;

function comparedSubject(item: CompareItemView): ExportSubject {
  return { text: item.text, token: comparedToken(item) };
}

function* numbersBelow(count: number): Iterable<number> {
  for (let number = 0; number < count; number++) {
    yield number;
  }
}

/** @param what Was copied, for people. */
async function copy(content: string, what: string): Promise<void> {
  await vscode.env.clipboard.writeText(content);
  tellInStatusBar(`Copied ${what}.`, 3_000);
}

function bytesOfBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
