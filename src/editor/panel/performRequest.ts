import * as vscode from 'vscode';
import type { FromWebview, QueryMemento } from '../../protocol/panelMessages';
import { COMMANDS } from '../commandIds';
import { queryForToken } from '../query/queryLines';
import { isMapRequest } from './map/isMapRequest';
import { performMapRequest, type MapInspector } from './map/performMapRequest';
import type { InspectorServices } from './inspectorServices';

/** What a page can have its inspector do. */
export interface RequestedInspector extends MapInspector {
  readonly services: InspectorServices;
  /** Sends a snapshot of everything. */
  post(): void;
  /** Shows a query in one more inspector. */
  openAnother(query: QueryMemento): void;
  /** @param isPinned false: its query follows the cursor. */
  pin(isPinned: boolean): void;
  /** @throws Whatever the engine fails with. */
  verify(): Promise<void>;
}

/** Does what an inspector's page asks for. @throws Whatever it fails with: the page is told. */
export async function performRequest(inspector: RequestedInspector, request: FromWebview): Promise<void> {
  if (isMapRequest(request)) {
    await performMapRequest(inspector, request);
    return;
  }
  const { inspection } = inspector;
  const { settings, tokenizers } = inspector.services;
  switch (request.type) {
    case 'ready':
      inspector.map.meetPage();
      inspector.post();
      break;
    case 'search':
      void inspector.services.suggestions.note(request.text);
      inspection.show({ text: request.text, form: settings.form, vector: 'mean' });
      break;
    case 'cancelSearch':
      inspection.neighbors.cancel();
      break;
    case 'chooseForm':
      inspection.amend({ form: request.form, vector: 'mean' });
      break;
    case 'chooseVector':
      inspection.amend({ vector: request.vector });
      break;
    case 'walk':
      inspection.show(queryForToken(tokenizers.current, request.id));
      break;
    case 'openInspector':
      inspector.openAnother(queryForToken(tokenizers.current, request.id));
      break;
    case 'openToken':
      inspection.show(queryForToken(tokenizers.current, request.id), { view: 'token' });
      break;
    case 'back':
      inspection.go(-1);
      break;
    case 'forward':
      inspection.go(1);
      break;
    case 'chooseView':
      inspection.chooseView(request.view);
      break;
    case 'chooseCount':
      inspection.change({ k: request.k });
      break;
    case 'chooseMetric':
      inspection.change({ metric: request.metric });
      break;
    case 'filter':
      inspection.change({ filter: request.filter });
      break;
    case 'fold':
      inspection.changeDisplay({ isFolded: request.isFolded });
      break;
    case 'leaveOut':
      inspection.change({ leftOut: request.leftOut });
      break;
    case 'pin':
      inspector.pin(request.isPinned);
      break;
    case 'arrange':
      inspection.changeDisplay({ arrangement: request.arrangement });
      break;
    case 'chooseTokenMetrics':
      inspection.changeDisplay({ tokenMetrics: request.metrics });
      break;
    case 'placeUnderMetrics':
      await inspection.neighbors.placeUnderMetrics(request.id);
      break;
    case 'compare':
      inspection.compare(request.texts, request.mode);
      break;
    case 'comparePair':
      inspection.comparePair(request.pairOf);
      break;
    case 'verify':
      await inspector.verify();
      break;
    case 'closeVerification':
      inspection.closeVerification();
      break;
    case 'complete':
      await complete(inspector, request);
      break;
    case 'openProxySettings':
      await settings.revealProxy();
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
