import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { MapView } from '../../../src/protocol/map/mapView';
import { icon } from '../icon';
import { progressBar } from '../messageParts';
import { formatShare } from '../numbers';
import type { ViewActions } from '../plots/viewActions';
import { ofRows } from '../rowNames';

/** What is being made of the map, above it, with a way to stop it, or a way on where it does not go on by itself. */
export function mapProgress(view: MapView, actions: ViewActions): TemplateResult | typeof nothing {
  switch (view.stage) {
    case 'linear':
      return graphProgress(view.graph, actions);
    case 'unfolding':
      return html`${line(
        'loading',
        `Unfolding the map: ${formatShare(view.fraction)}${timeLeft(view.secondsLeft)}`,
        link('Keep it as it is', 'stopMap', actions),
      )}${progressBar('Unfolding the map', 100 * view.fraction)}`;
    case 'stopped':
      return line(
        'info',
        `Kept as it was at step ${view.epoch} of ${view.epochs}. How far it can be believed is not known, and it has no names.`,
        link('Unfold it whole', 'makeMap', actions),
      );
    case 'refused':
      return line('info', view.reason, nothing);
    case 'failed':
      return line('error', view.message, link('Try again', 'makeMap', actions));
    case 'waiting':
    case 'ready':
      return nothing;
  }
}

const linear = (): string => ofRows('a linear map: the two directions in which tokens differ most');

function graphProgress(
  graph: Extract<MapView, { stage: 'linear' }>['graph'],
  actions: ViewActions,
): TemplateResult {
  switch (graph.state) {
    case 'building':
      return html`${line(
        'loading',
        `Neighbor graph ${formatShare(graph.fraction)}${timeLeft(graph.secondsLeft)}. Until then ${linear()}.`,
        link('Stop', 'stopMap', actions),
      )}${progressBar('Building the neighbor graph', 100 * graph.fraction)}`;
    case 'stopped':
      return line(
        'info',
        `The neighbor graph, which the map is made from, was stopped. This is ${linear()}.`,
        link('Build it', 'makeMap', actions),
      );
    case 'refused':
      return line(
        'info',
        `${graph.reason} This is ${linear()}. Lists, comparisons and colors are exact all the same.`,
        nothing,
      );
  }
}

function line(
  sign: 'loading' | 'info' | 'error',
  text: string,
  way: TemplateResult | typeof nothing,
): TemplateResult {
  return html`<div class="notice map-progress" role=${sign === 'error' ? 'alert' : 'status'}>
    ${icon(sign, sign === 'loading' ? 'turning' : sign === 'error' ? 'failed' : '')}
    <span class="grow">${text}</span>${way}
  </div>`;
}

function link(label: string, type: 'stopMap' | 'makeMap', actions: ViewActions): TemplateResult {
  return html`<button class="link map-control" @click=${() => actions.send({ type })}>${label}</button>`;
}

function timeLeft(seconds: number | undefined): string {
  return seconds === undefined ? '' : `, about ${Math.max(1, Math.round(seconds))}\u00a0s left`;
}
