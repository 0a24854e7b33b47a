import * as vscode from 'vscode';
import type { FromWebview, QueryMemento } from '../../protocol/panelMessages';
import { COMMANDS } from '../commandIds';
import { queryForToken } from '../query/queryLines';
import type { PanelExports } from './exports/panelExports';
import { isMapRequest } from './map/isMapRequest';
import type { VocabularyMap } from './map/vocabularyMap';
import type { InspectorServices } from './inspectorServices';
import type { NeighborSearch } from './neighborSearch';
import type { PanelChoices } from './panelChoices';
import type { PanelConnection } from './panelConnection';

/** What a page can have its inspector do. */
export interface RequestedInspector {
  readonly services: InspectorServices;
  readonly neighbors: Pick<NeighborSearch, 'placeUnderMetrics'>;
  readonly exports: PanelExports;
  readonly map: Pick<VocabularyMap, 'perform'>;
  readonly connection: PanelConnection;
  /** Sends a snapshot of everything. */
  post(): void;
  show(query: QueryMemento, choices?: Partial<PanelChoices>): void;
  /** Shows a query in one more inspector. */
  openAnother(query: QueryMemento): void;
  amend(change: Partial<QueryMemento>): void;
  go(step: -1 | 1): void;
  chooseView(view: PanelChoices['view']): void;
  change(choices: Partial<Pick<PanelChoices, 'k' | 'metric' | 'filter' | 'leftOut'>>): void;
  changeDisplay(
    choices: Partial<Pick<PanelChoices, 'isFolded' | 'isPinned' | 'arrangement' | 'tokenMetrics'>>,
  ): void;
  compare(texts: readonly string[], mode: 'pair' | 'matrix'): void;
  comparePair(pairOf: readonly [number, number]): void;
  /** @throws Whatever the engine fails with. */
  verify(): Promise<void>;
  closeVerification(): void;
}

/** Does what an inspector's page asks for. @throws Whatever it fails with: the page is told. */
export async function performRequest(inspector: RequestedInspector, request: FromWebview): Promise<void> {
  if (isMapRequest(request)) {
    await inspector.map.perform(request);
    return;
  }
  const { settings, tokenizers } = inspector.services;
  switch (request.type) {
    case 'ready':
      inspector.post();
      break;
    case 'search':
      void inspector.services.suggestions.note(request.text);
      inspector.show({ text: request.text, form: settings.form, vector: 'mean' });
      break;
    case 'chooseForm':
      inspector.amend({ form: request.form, vector: 'mean' });
      break;
    case 'chooseVector':
      inspector.amend({ vector: request.vector });
      break;
    case 'walk':
      inspector.show(queryForToken(tokenizers.current, request.id));
      break;
    case 'openInspector':
      inspector.openAnother(queryForToken(tokenizers.current, request.id));
      break;
    case 'openToken':
      inspector.show(queryForToken(tokenizers.current, request.id), { view: 'token' });
      break;
    case 'back':
      inspector.go(-1);
      break;
    case 'forward':
      inspector.go(1);
      break;
    case 'chooseView':
      inspector.chooseView(request.view);
      break;
    case 'chooseCount':
      inspector.change({ k: request.k });
      break;
    case 'chooseMetric':
      inspector.change({ metric: request.metric });
      break;
    case 'filter':
      inspector.change({ filter: request.filter });
      break;
    case 'fold':
      inspector.changeDisplay({ isFolded: request.isFolded });
      break;
    case 'leaveOut':
      inspector.change({ leftOut: request.leftOut });
      break;
    case 'pin':
      inspector.changeDisplay({ isPinned: request.isPinned });
      break;
    case 'arrange':
      inspector.changeDisplay({ arrangement: request.arrangement });
      break;
    case 'chooseTokenMetrics':
      inspector.changeDisplay({ tokenMetrics: request.metrics });
      break;
    case 'placeUnderMetrics':
      await inspector.neighbors.placeUnderMetrics(request.id);
      break;
    case 'compare':
      inspector.compare(request.texts, request.mode);
      break;
    case 'comparePair':
      inspector.comparePair(request.pairOf);
      break;
    case 'verify':
      await inspector.verify();
      break;
    case 'closeVerification':
      inspector.closeVerification();
      break;
    case 'complete':
      await complete(inspector, request);
      break;
    case 'openSetting':
      await settings.reveal(request.setting);
      break;
    case 'exportList':
      await inspector.exports.exportList(request);
      break;
    case 'exportEmbeddings':
      await inspector.exports.exportEmbeddings();
      break;
    case 'exportPair':
      await inspector.exports.exportPair(request);
      break;
    case 'exportMatrix':
      await inspector.exports.exportMatrix(request);
      break;
    case 'exportPlot':
      await inspector.exports.exportPlot(request);
      break;
    case 'copy':
      await vscode.env.clipboard.writeText(request.text);
      break;
    default:
      await performModelRequest(inspector, request.type);
  }
}

/** What is about the model and not about this inspector. */
async function performModelRequest(
  inspector: RequestedInspector,
  type:
    | 'cancelLoading'
    | 'retryLoading'
    | 'chooseModel'
    | 'chooseFile'
    | 'useSample'
    | 'download'
    | 'downloadWhole'
    | 'showLog',
): Promise<void> {
  const { session, choice, log } = inspector.services;
  switch (type) {
    case 'cancelLoading':
      session.cancel();
      break;
    case 'retryLoading':
      choice.tryAgain();
      break;
    case 'chooseModel':
      await vscode.commands.executeCommand(COMMANDS.chooseModel);
      break;
    case 'chooseFile':
      await vscode.commands.executeCommand(COMMANDS.chooseFile);
      break;
    case 'useSample':
      await vscode.commands.executeCommand(COMMANDS.useSample);
      break;
    case 'download':
      await choice.agreeToOffer({ wholeFile: false });
      break;
    case 'downloadWhole':
      await choice.agreeToOffer({ wholeFile: true });
      break;
    case 'showLog':
      log.show(true);
      break;
  }
}

async function complete(
  { services, connection }: RequestedInspector,
  { request, text, cursor }: Extract<FromWebview, { type: 'complete' }>,
): Promise<void> {
  const { completions, tokenizers, settings } = services;
  const found = await completions.of(tokenizers.current, text, cursor, settings.form);
  connection.send({ type: 'completions', to: request, completions: found });
}
