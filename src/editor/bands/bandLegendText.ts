import { SAMPLE_NOTICE } from '../../protocol/sampleNotice';
import { shownName, shownText } from '../../core/foreignText/shownText';
import type { ModelIdentity } from '../../model/modelLocation';
import { COMMANDS } from '../commandIds';
import { escapeMarkup } from '../markdown/escapeMarkup';
import type { StatusPart } from '../workbench/statusText';
import { formatValue, measureMeaning, measureName, type BandMeasure } from './bandMeasure';
import { SHARES, type ValueScale } from './valueScale';

/** What the legend explains. */
export interface LegendContents {
  readonly measure: BandMeasure;
  /** undefined until it is known. */
  readonly scale: ValueScale | undefined;
  /** Whose numbers they are; undefined for token ids. */
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
        text: `${name} ${rangeText(measure, scale.least, scale.greatest)}`,
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
  const range = `from ${formatValue(measure, scale.least)} to ${formatValue(measure, scale.greatest)}`;
  const whose =
    model === undefined ? '' : model.isSample ? ` ${SAMPLE_NOTICE}.` : ` Model ${shownName(model.name)}.`;
  return `Token bands are colored by ${name}, ${range}, in seven equal shares of all tokens.${whose}`;
}

/** Markdown with the HTML that VS Code allows; all text of others is escaped. */
export function legendMarkdown({ measure, scale, model }: LegendContents): string {
  const parts = [`**Token bands by ${escapeMarkup(measureName(measure))}**`];
  if (model?.isSample === true) {
    parts.push(`$(beaker) **${SAMPLE_NOTICE}**`);
  }
  parts.push(measureMeaning(measure));
  if (scale) {
    parts.push(sharesTable(measure, scale), 'Each color is one seventh of all tokens of the vocabulary.');
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

function sharesTable(measure: BandMeasure, scale: ValueScale): string {
  const edges = [scale.least, ...scale.boundaries, scale.greatest];
  const rows = Array.from({ length: SHARES }, (_, index) => {
    const range = rangeText(measure, edges[index] ?? Number.NaN, edges[index + 1] ?? Number.NaN);
    const note = index === 0 ? 'lowest' : index === SHARES - 1 ? 'highest' : '';
    return `<tr><td>${swatch(index + 1)}&nbsp;&nbsp;</td><td>${range}&nbsp;&nbsp;</td><td>${note}</td></tr>`;
  });
  return `<table>${rows.join('')}</table>`;
}

function swatch(share: number): string {
  const style = `background-color:var(--vscode-tokenscope-value${share});border-radius:3px;`;
  return `<span style="${style}">&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;</span>`;
}

function rangeText(measure: BandMeasure, from: number, to: number): string {
  return `${formatValue(measure, from)} – ${formatValue(measure, to)}`;
}
