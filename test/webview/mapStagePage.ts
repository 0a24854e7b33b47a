// Entry of a page that is nothing but the stage of the map, with as many points as GPT-2 has tokens; what it tells is written down.
import type { KeptCamera } from '../../webview-ui/src/vocabularyMap/stage/cameraControl';
import type { LabelSource } from '../../webview-ui/src/vocabularyMap/stage/labelSource';
import { MapStage } from '../../webview-ui/src/vocabularyMap/stage/mapStage';
import { pointsLikeMap } from './pointsLikeMap';

export interface StageRecord {
  readonly hovers: (number | undefined)[];
  readonly selections: (number | undefined)[];
  readonly walks: number[];
  readonly lassos: { readonly ids: number[]; readonly area: readonly number[] }[];
  readonly cameras: KeptCamera[];
  readonly spoken: string[];
  readonly sizes: [number, number][];
}

declare global {
  interface Window {
    stage: MapStage;
    stageRecord: StageRecord;
    stagePositions: Float32Array;
  }
}

const record: StageRecord = {
  hovers: [],
  selections: [],
  walks: [],
  lassos: [],
  cameras: [],
  spoken: [],
  sizes: [],
};

const KINDS = ['spaced', 'word', 'piece', 'number', 'sign', 'other'];

const { positions, kinds } = pointsLikeMap(50_257);

/** A name for each thousandth token. */
const labels: LabelSource = {
  *labelsIn({ box }) {
    for (let id = 0; id < 50_257; id += 500) {
      const x = positions[2 * id] ?? NaN;
      const y = positions[2 * id + 1] ?? NaN;
      if (x > box.left && x < box.right && y > box.top && y < box.bottom) {
        yield id % 5_000 === 0
          ? { kind: 'region', text: `region ${id}`, second: 'two · words', style: 'strong', x, y }
          : { kind: 'word', text: `word${id}`, x, y, id };
      }
    }
  },
};

const stage = new MapStage({
  label: 'Map of 50,257 tokens',
  nameOf: (id) => `␣t${id}`,
  events: {
    hover: (id) => record.hovers.push(id),
    select: (id) => record.selections.push(id),
    go: (id) => record.walks.push(id),
    lasso: (ids, area) => record.lassos.push({ ids: [...ids], area }),
    cameraChanged: (camera) => record.cameras.push(camera),
    announce: (text) => record.spoken.push(text),
    resized: (width, height) => record.sizes.push([width, height]),
  },
});
stage.setPoints(positions);
stage.setColors(
  kinds,
  KINDS.map((kind) => ({ color: `var(--map-${kind})` })),
);
stage.setLabels(labels);
document.getElementById('inspector')?.append(stage.element);
window.stage = stage;
window.stageRecord = record;
window.stagePositions = positions;
