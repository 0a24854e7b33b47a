import { SAMPLE_NOTICE } from '../../protocol/sampleNotice';
import { shownName, shownText } from '../../core/foreignText/shownText';
import type { ModelIdentity } from '../../model/modelLocation';
import { COMMANDS } from '../commandIds';
import { escapeMarkup } from '../markdown/escapeMarkup';
import { SAMPLE_MARK } from '../markdown/sampleMark';
import type { StatusPart } from '../workbench/statusText';
import { formatValue, measureMeaning, measureName, type BandMeasure } from './bandMeasure';
import type { BandFill } from './bandStyle';
import { CharacterScale, type BandScale } from './characterScale';
import { SHARES } from './valueScale';

/** What the legend explains. */
export interface LegendContents {
  readonly measure: BandMeasure;
  /** undefined until it is known. */
  readonly scale: BandScale | undefined;
  /** Whose numbers they are; undefined for values of the tokenizer. */
  readonly model: ModelIdentity | undefined;
}

/** A query may be long; all of it is in the tooltip. */
const MAX_NAME_LENGTH = 32;

/** What the status bar item shows. */
export function legendPart({ measure, scale, model }: LegendContents): StatusPart {
  const name = shownText(measureName(measure), MAX_NAME_LENGTH);
  return scale
    ? {
        icon: model?.isSample === true ? 'beaker' : 'symbol-color',
        text:
          scale instanceof CharacterScale
            ? `${name} 0 – 10+`
            : `${name} ${rangeText(measure, scale.least, scale.greatest)}`,
      }
    : { icon: 'loading~spin', text: name };
}

/** What the tooltip links to. */
export const LEGEND_LINKS = [
  { title: 'Color By…', command: COMMANDS.colorBands },
  { title: 'Hide Bands', command: COMMANDS.toggleBands },
] as const;

/** The legend in plain sentences. */
export function legendLabel({ measure, scale, model }: LegendContents): string {
  const name = measureName(measure);
  if (!scale) {
    return `Token bands are about to be colored by ${name}.`;
  }
  if (scale instanceof CharacterScale) {
    return `Token bands are colored by ${name}: the fewer, the stronger, in seven steps from one to ten or more.`;
  }
  const range = `from ${formatValue(measure, scale.least)} to ${formatValue(measure, scale.greatest)}`;
  const whose =
    model === undefined ? '' : model.isSample ? ` ${SAMPLE_NOTICE}.` : ` Model ${shownName(model.name)}.`;
  return `Token bands are colored by ${name}, ${range}, in seven equal shares of all tokens.${whose}`;
}

/** Markdown with the HTML that VS Code allows; all text of others is escaped. */
export function legendMarkdown({ measure, scale, model }: LegendContents): string {
  const parts = [`**Token bands by ${escapeMarkup(measureName(measure))}**`];
  if (model?.isSample === true) {
    parts.push(SAMPLE_MARK);
  }
  parts.push(measureMeaning(measure));
  if (scale) {
    parts.push(sharesTable(measure, scale));
    if (!(scale instanceof CharacterScale)) {
      parts.push('Each color is one seventh of all tokens of the vocabulary.');
    }
  }
  if (measure.kind === 'similarity' && measure.followsInspector) {
    parts.push('The query is that of the inspector.');
  }
  if (model && !model.isSample) {
    const size = `${model.rowCount.toLocaleString('en-US')} × ${model.dimension.toLocaleString('en-US')}`;
    const verified = model.isVerified ? ' · verified' : '';
    parts.push(
      escapeMarkup(`${shownName(model.name)} · ${shownName(model.tensorName)} · ${size}${verified}`),
    );
  }
  parts.push(
    '---',
    LEGEND_LINKS.map(({ title, command }) => `[${title}](command:${command})`).join('&nbsp;&nbsp;&nbsp; '),
  );
  return parts.join('\n\n');
}

function sharesTable(measure: BandMeasure, scale: BandScale): string {
  const rows = sharesOf(measure, scale).map(({ fill, range, note }) => {
    return `<tr><td>${swatch(fill)}&nbsp;&nbsp;</td><td>${range}&nbsp;&nbsp;</td><td>${note}</td></tr>`;
  });
  return `<table>${rows.join('')}</table>`;
}

interface LegendShare {
  readonly fill: BandFill;
  readonly range: string;
  readonly note: string;
}

function sharesOf(measure: BandMeasure, scale: BandScale): readonly LegendShare[] {
  const noted = (index: number, first: string, last: string): string =>
    index === 0 ? first : index === SHARES - 1 ? last : '';
  if (scale instanceof CharacterScale) {
    return scale.shares.map((share, index) => ({
      ...share,
      note: noted(index, 'costs most', 'costs least'),
    }));
  }
  const edges = [scale.least, ...scale.boundaries, scale.greatest];
  return Array.from({ length: SHARES }, (_, index) => ({
    fill: `value${index + 1}` as BandFill,
    range: rangeText(measure, edges[index] ?? Number.NaN, edges[index + 1] ?? Number.NaN),
    note: noted(index, 'lowest', 'highest'),
  }));
}

function swatch(fill: BandFill): string {
  const style = `background-color:var(--vscode-tokenscope-${fill});border-radius:3px;`;
  return `<span style="${style}">&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;</span>`;
}

function rangeText(measure: BandMeasure, from: number, to: number): string {
  return `${formatValue(measure, from)} – ${formatValue(measure, to)}`;
}
