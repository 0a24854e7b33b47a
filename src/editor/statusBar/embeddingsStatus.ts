import * as vscode from 'vscode';
import type { EmbeddingSession } from '../../engine/embeddingSession';
import type { EmbeddingState } from '../../engine/embeddingState';
import type { GraphState } from '../../engine/graphBuild';
import { COMMANDS } from '../commands/commandIds';

/** The state of the embeddings in the status bar; hidden until somebody has asked for them. */
export class EmbeddingsStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'tokenscope.embeddings',
    vscode.StatusBarAlignment.Right,
    90,
  );
  private readonly listeners: readonly { dispose(): void }[];

  constructor(private readonly session: EmbeddingSession) {
    this.item.name = 'Tokenscope Embeddings';
    this.listeners = [
      session.onDidChangeState(() => this.show()),
      session.onDidChangeGraph(() => this.show()),
    ];
    this.show();
  }

  private show(): void {
    const { state, graph } = this.session;
    if (state.state === 'none') {
      this.item.hide();
      return;
    }
    const { text, tooltip, command } = withGraph(presentation(state), state, graph);
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.command = command;
    this.item.accessibilityInformation = { label: tooltip };
    this.item.show();
  }

  dispose(): void {
    for (const listener of this.listeners) {
      listener.dispose();
    }
    this.item.dispose();
  }
}

interface Presentation {
  readonly text: string;
  readonly tooltip: string;
  readonly command: string;
}

/** A graph that is built is told beside the model that it is of. */
function withGraph(shown: Presentation, state: EmbeddingState, graph: GraphState): Presentation {
  if (state.state !== 'ready' || graph.state !== 'building') {
    return shown;
  }
  const percent = `${Math.floor(100 * graph.fraction)} %`;
  const left = graph.secondsLeft === undefined ? '' : `, about ${Math.ceil(graph.secondsLeft)} s left`;
  return {
    text: `${shown.text} · graph ${percent}`,
    tooltip: `${shown.tooltip} Building its neighbor graph: ${percent}${left}. To stop, run Stop Building Neighbor Graph.`,
    command: shown.command,
  };
}

function presentation(state: Exclude<EmbeddingState, { state: 'none' }>): Presentation {
  switch (state.state) {
    case 'locating':
      return {
        text: '$(loading~spin) embeddings',
        tooltip: 'Tokenscope looks for an embedding matrix',
        command: COMMANDS.cancelLoading,
      };
    case 'undecided':
      return {
        text: '$(question) embeddings',
        tooltip: `Tokenscope: ${state.offer.name} is not on this machine. Click to choose a model.`,
        command: COMMANDS.chooseModel,
      };
    case 'downloading': {
      const { name, host, bytesDone, bytesTotal, waiting } = state.download;
      const percent = bytesTotal > 0 ? `${Math.floor((100 * bytesDone) / bytesTotal)} %` : '…';
      return {
        text: `$(cloud-download) ${name} ${percent}`,
        tooltip: waiting ?? `Tokenscope downloads ${name} from ${host}: ${percent} Click to cancel.`,
        command: COMMANDS.cancelLoading,
      };
    }
    case 'building': {
      const percent = Math.floor((100 * state.rowsDone) / state.rowCount);
      return {
        text: `$(loading~spin) ${state.model.name} ${percent} %`,
        tooltip: `Tokenscope loads ${state.model.name}: ${percent} %. Click to cancel.`,
        command: COMMANDS.cancelLoading,
      };
    }
    case 'ready':
      return state.model.isSample
        ? {
            text: '$(beaker) sample vectors',
            tooltip: 'Tokenscope shows sample vectors, not GPT-2. Click to choose a model.',
            command: COMMANDS.chooseModel,
          }
        : {
            text: `$(symbol-array) ${state.model.name}`,
            tooltip: `Tokenscope: ${state.model.path}. Click to choose a model.`,
            command: COMMANDS.chooseModel,
          };
    case 'failed':
      return {
        text: '$(warning) embeddings',
        tooltip: `Tokenscope: ${state.reason} Click to choose a model.`,
        command: COMMANDS.chooseModel,
      };
  }
}
