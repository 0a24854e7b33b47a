import { html, nothing, type TemplateResult } from 'lit/html.js';
import { classMap } from 'lit/directives/class-map.js';
import type { PairView } from '../../../src/protocol/compareView';
import { formatSimilarity } from '../numbers';
import { place } from '../place';
import type { ViewActions } from '../plots/viewActions';
import { shareOfRange, type CompareState } from './compareState';
import { toggleValueTable } from './toggleValueTable';

/** A pair as it is drawn. */
export interface PlottedPair {
  readonly pair: PairView;
  /** Names of the two in the drawing. */
  readonly names: readonly [string, string];
  /** Names of the two for a screen reader. */
  readonly spoken: readonly [string, string];
  readonly state: CompareState;
  readonly actions: ViewActions;
}

/** What a probe is put upon. */
export interface Probe extends PlottedPair {
  readonly on: 'line' | 'scatter';
  readonly label: string;
  /** The dimension at a place in CSS pixels within the drawing. */
  dimensionAt(x: number, y: number): number | undefined;
}

/** Dimensions that Page Up and Page Down go at once. */
const PAGE = 32;

/**
 * Lies over a drawing and lets pointer and arrow keys go through the dimensions: to a screen reader it is a slider, whose
 * value text has the two values. Dragging over the line plot, or Shift with arrows, brushes a range.
 */
export function dimensionProbe(probe: Probe): TemplateResult {
  const { state, pair } = probe;
  const { dimension } = state;
  return html`<div
    class="probe"
    role="slider"
    tabindex="0"
    aria-label=${probe.label}
    aria-valuemin="0"
    aria-valuemax=${Math.max(0, pair.a.length - 1)}
    aria-valuenow=${dimension}
    aria-valuetext=${valueText(probe, dimension)}
    @pointerdown=${(event: PointerEvent) => pressPointer(event, probe)}
    @pointermove=${(event: PointerEvent) => movePointer(event, probe)}
    @pointerup=${(event: PointerEvent) => releasePointer(event, probe)}
    @pointercancel=${() => point(probe, undefined)}
    @pointerleave=${(event: PointerEvent) => leave(event, probe)}
    @focus=${() => point(probe, probe.state.dimension)}
    @blur=${() => point(probe, undefined)}
    @keydown=${(event: KeyboardEvent) => pressKey(event, probe)}
  ></div>`;
}

function valueText({ pair, spoken }: Probe, dimension: number): string {
  const [a, b] = [pair.a[dimension] ?? 0, pair.b[dimension] ?? 0];
  return `dimension ${dimension}: ${spoken[0]} ${formatSimilarity(a)}, ${spoken[1]} ${formatSimilarity(b)}`;
}

function pressPointer(event: PointerEvent, probe: Probe): void {
  const dimension = dimensionOf(event, probe);
  if (event.button !== 0 || dimension === undefined || probe.on !== 'line') {
    return;
  }
  if (event.currentTarget instanceof Element) {
    event.currentTarget.setPointerCapture(event.pointerId);
  }
  const { state } = probe;
  state.brush = { anchor: dimension, head: dimension };
  state.isBrushing = true;
  point(probe, dimension);
}

function movePointer(event: PointerEvent, probe: Probe): void {
  const dimension = dimensionOf(event, probe);
  const { state } = probe;
  if (state.isBrushing && state.brush && dimension !== undefined && probe.on === 'line') {
    state.brush = { ...state.brush, head: dimension };
  }
  point(probe, dimension);
}

/** A click without a drag takes the brush away. */
function releasePointer(event: PointerEvent, probe: Probe): void {
  const { state } = probe;
  if (!state.isBrushing) {
    return;
  }
  state.isBrushing = false;
  if (state.brush?.anchor === state.brush?.head) {
    state.brush = undefined;
  }
  announceBrush(probe);
  point(probe, dimensionOf(event, probe));
}

function leave({ currentTarget }: PointerEvent, probe: Probe): void {
  const hasFocus = currentTarget === document.activeElement;
  if (!probe.state.isBrushing) {
    point(probe, hasFocus ? probe.state.dimension : undefined);
  }
}

function point({ state, actions, on }: Probe, dimension: number | undefined): void {
  if (dimension === undefined) {
    state.pointed = undefined;
  } else {
    state.dimension = dimension;
    state.pointed = { dimension, on };
  }
  actions.redraw();
}

function pressKey(event: KeyboardEvent, probe: Probe): void {
  const { state, actions } = probe;
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const dimension = dimensionForKey(event.key, state.dimension, probe.pair.a.length - 1);
  if (dimension !== undefined) {
    if (event.shiftKey) {
      state.brush = { anchor: state.brush?.anchor ?? state.dimension, head: dimension };
      announceBrush(probe);
    }
    point(probe, dimension);
  } else if (event.key === 'Escape' && state.brush) {
    state.brush = undefined;
    announceBrush(probe);
    actions.redraw();
  } else if (event.key.toLowerCase() === 't' && event.currentTarget instanceof Element) {
    toggleValueTable(state, actions, event.currentTarget);
  } else {
    return;
  }
  event.preventDefault();
  // The window would hand the key on to the workbench.
  event.stopPropagation();
}

function dimensionForKey(key: string, dimension: number, last: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -PAGE,
    PageUp: PAGE,
    Home: -Infinity,
    End: Infinity,
  };
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return step === undefined ? undefined : Math.min(last, Math.max(0, dimension + step));
}

function announceBrush({ state, pair, actions }: Probe): void {
  const { range } = state;
  actions.announce(
    range
      ? `Dimensions ${range.from} to ${range.to} add ${formatSimilarity(shareOfRange(pair, range))} to the cosine`
      : 'No dimensions selected',
  );
}

function dimensionOf(event: PointerEvent, probe: Probe): number | undefined {
  const { currentTarget } = event;
  if (!(currentTarget instanceof Element)) {
    return undefined;
  }
  const box = currentTarget.getBoundingClientRect();
  return probe.dimensionAt(event.clientX - box.left, event.clientY - box.top);
}

/** Both values of the dimension that is pointed at, beside it. */
export function dimensionTooltip(
  pair: PairView,
  names: readonly [string, string],
  dimension: number,
  at: { readonly x: number; readonly y: number },
  size: { readonly width: number; readonly height: number },
): TemplateResult | typeof nothing {
  const values = [pair.a[dimension], pair.b[dimension]];
  return values.some((value) => value === undefined)
    ? nothing
    : html`<div
        class=${classMap({
          tooltip: true,
          'dimension-tooltip': true,
          right: at.x > size.width / 2,
          low: at.y > size.height / 2,
        })}
        ${place({ left: `${at.x}px`, top: `${at.y}px` })}
      >
        <span>dimension ${dimension}</span>
        ${names.map(
          (name, index) =>
            html`<span class="value-of-${index === 0 ? 'a' : 'b'}"
              ><span class="tok">${name}</span> ${formatSimilarity(values[index] ?? 0)}</span
            >`,
        )}
      </div>`;
}
