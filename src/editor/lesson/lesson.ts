import * as vscode from 'vscode';
import type { EmbeddingState } from '../../engine/session/embeddingState';
import type { TokenQuestions } from '../answers/tokenQuestions';
import { COMMANDS } from '../commandIds';
import type { HoverQuestions } from '../hover/hoverQuestions';
import { parsePointedWord, pointAtWord } from '../hover/pointAtWord';
import type { InspectorPanels } from '../panel/inspectorPanels';
import type { Settings } from '../settings';
import { registerCommand } from '../workbench/registerCommand';
import { showBeside } from '../workbench/showBeside';
import { AskedFigures } from './askedFigures';
import { askForFigures, NAME, splitWords } from './lessonFigures';
import { LESSON_URI, LessonFile } from './lessonFile';
import { LessonLinks } from './lessonLinks';
import { lessonPage, type LessonFigures, type LessonPage } from './lessonText';

export interface LessonServices {
  readonly questions: Pick<TokenQuestions, 'tokenize' | 'neighbors' | 'compare' | 'model'>;
  readonly session: {
    readonly state: EmbeddingState;
    onDidChangeState(listener: () => void): vscode.Disposable;
  };
  readonly tokenizers: { readonly onDidChange: vscode.Event<void> };
  readonly panels: Pick<InspectorPanels, 'show' | 'current'>;
  readonly settings: Pick<Settings, 'form'>;
  readonly hovers: HoverQuestions;
  readonly log: Pick<vscode.LogOutputChannel, 'error'>;
}

/**
 * Open the Lesson: six steps as a text, with what each offers to do and the figures of the model that is loaded. It loads none by itself, and
 * asks nothing while it is not open.
 */
export class Lesson implements vscode.Disposable {
  private readonly file = new LessonFile(() => this.text());
  private readonly links = new LessonLinks(() => this.page);
  private readonly listeners: vscode.Disposable;
  private page: LessonPage | undefined;
  private readonly figures: AskedFigures;
  /** Counts updates: only the newest one is shown. */
  private updates = 0;

  constructor(private readonly services: LessonServices) {
    const { session, tokenizers, hovers, questions, settings, log } = services;
    this.figures = new AskedFigures(() => askForFigures(questions, settings.form));
    const follow = (): void => {
      this.follow().catch((error: unknown) => log.error(error instanceof Error ? error : String(error)));
    };
    this.listeners = vscode.Disposable.from(
      session.onDidChangeState(follow),
      tokenizers.onDidChange(follow),
      vscode.workspace.onDidOpenTextDocument(follow),
      registerCommand(COMMANDS.openLesson, async (argument?: unknown) => {
        await pointAtWord(await this.open(), parsePointedWord(argument), hovers);
      }),
    );
  }

  /** Shows the product at work: the lesson, and beside it the neighbors of its name. */
  async showAtWork(): Promise<void> {
    const { panels, settings } = this.services;
    await this.open();
    if (!panels.current) {
      panels.show({ text: NAME, form: settings.form, vector: 'mean' }, false);
    }
  }

  dispose(): void {
    this.listeners.dispose();
    this.links.dispose();
    this.file.dispose();
  }

  private async open(): Promise<vscode.TextEditor> {
    return showBeside(await vscode.workspace.openTextDocument(LESSON_URI));
  }

  private async text(): Promise<string> {
    this.page ??= await this.newPage();
    return this.page.text;
  }

  /** Brings the lesson up to date where it is open. */
  private async follow(): Promise<void> {
    const isOpen = vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === LESSON_URI.toString());
    if (!isOpen) {
      this.page = undefined;
      return;
    }
    const update = ++this.updates;
    await this.show(update);
    const { model } = this.services.questions;
    if (model) {
      await this.figures.whenAnswered(model);
      await this.show(update);
    }
  }

  private async show(update: number): Promise<void> {
    const page = await this.newPage();
    if (update === this.updates && page.text !== this.page?.text) {
      this.page = page;
      this.file.touch();
      this.links.refresh();
    }
  }

  private async newPage(): Promise<LessonPage> {
    const { questions, session } = this.services;
    const words = await splitWords(questions);
    const { model } = questions;
    return lessonPage(words, (model && this.figures.of(model)) ?? missingFigures(session.state));
  }
}

/** Why there are no figures. */
function missingFigures({ state }: EmbeddingState): LessonFigures {
  switch (state) {
    case 'none':
      return { missing: 'Nothing is loaded yet.' };
    case 'undecided':
      return { missing: 'No model is on this machine yet: choose one, such as the sample vectors.' };
    case 'failed':
      return { missing: 'The model could not be loaded.' };
    case 'locating':
    case 'downloading':
    case 'converting':
    case 'building':
      return { missing: 'The model is being loaded …' };
    case 'ready':
      return { missing: 'The model is being asked …' };
  }
}
