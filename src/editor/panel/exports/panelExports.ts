import * as vscode from 'vscode';
import { MAX_RANKED } from '../../../engine/questions/rankAnswer';
import type { PanelRequest, QueryMemento } from '../../../protocol/panelMessages';
import type { AnswerView } from '../../../protocol/answerView';
import type { ModelView } from '../../../protocol/embeddingsView';
import type { LeftOutWords } from '../../../protocol/leftOutWords';
import type { FilterView } from '../../../protocol/panelSnapshot';
import { tellInStatusBar } from '../../workbench/tellInStatusBar';
import type { PanelContext } from '../panelContext';
import type { ResolvedQuery } from '../../query/resolveQuery';
import { csvExport } from './csvExport';
import { METADATA_FILE, projectorMetadata, VECTORS_FILE } from './embeddingsExport';
import type { ExportDialogs } from './exportDialogs';
import { fileNameFor } from './fileNames';
import { jsonExport } from './jsonExport';
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
  /** Of the comparison, where that is what is looked at. */
  readonly comparedTexts: readonly string[] | undefined;
  readonly metric: string;
  readonly model: ModelView | undefined;
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
      await vscode.env.clipboard.writeText(content);
      tellInStatusBar(`Copied ${exported.answer.neighbors.length} neighbors.`, 3_000);
    } else {
      const fileName = fileNameFor(`Neighbors of ${exported.query.text}`, ending);
      await this.dialogs.saveFile(fileName, { [name]: [ending] }, content);
    }
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

  /** @throws {RangeError} when the content is none of the format. */
  async exportPlot({ name, format, content }: ExportRequest<'exportPlot'>): Promise<void> {
    const description = JSON.stringify(this.provenance());
    const bytes =
      format === 'svg' ? describeSvg(content, description) : describePng(bytesOfBase64(content), description);
    const filters = format === 'svg' ? { SVG: ['svg'] } : { PNG: ['png'] };
    await this.dialogs.saveFile(fileNameFor(name, format), filters, bytes);
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

  private provenance(): object {
    const { query, resolved, metric, k, filter, leftOut, comparedTexts, model } = this.shown();
    return {
      tokenscope: this.version,
      ...(comparedTexts
        ? { compared: comparedTexts }
        : {
            query: query?.text,
            form: query && resolved && formOf(query, resolved),
            terms: resolved?.terms,
            k,
            filter,
            leftOut,
          }),
      metric,
      ...(model && { model: modelIdentity(model) }),
    };
  }
}

const LIST_FORMATS = {
  csv: { write: csvExport, ending: 'csv', name: 'CSV' },
  json: { write: jsonExport, ending: 'json', name: 'JSON' },
  markdown: { write: markdownExport, ending: 'md', name: 'Markdown' },
} as const;

function bytesOfBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
