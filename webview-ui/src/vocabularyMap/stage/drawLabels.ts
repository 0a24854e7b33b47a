import { toScreen, visibleBox } from './camera';
import type { LabelSource, MapLabel } from './labelSource';
import type { TextLook } from './pen';
import type { SceneView } from './sceneView';

const WORD_SIZE = 12;
const STRONG_SIZE = 12;
const SMALL_SIZE = 11;
/** Names whose points lie this far outside may reach into the view, in CSS pixels. */
const MARGIN = 160;

/**
 * Names of words and regions, where there is room.
 *
 * @param zoom 1 where the whole map is seen
 * @param named tokens whose names stand already
 * @returns how many were drawn
 */
export function drawLabels(
  view: SceneView,
  source: LabelSource,
  zoom: number,
  named: ReadonlySet<number>,
): number {
  const { camera, size } = view;
  let count = 0;
  for (const label of source.labelsIn({ box: visibleBox(camera, size, MARGIN), scale: camera.scale, zoom })) {
    const isDrawn =
      label.kind === 'region'
        ? drawRegion(view, label)
        : (label.id === undefined || !named.has(label.id)) && drawWord(view, label);
    count += isDrawn ? 1 : 0;
  }
  return count;
}

function drawWord(view: SceneView, { text, x, y, side, style }: MapLabel): boolean {
  const { pen, colors, room, radius } = view;
  const point = toScreen(view.camera, view.size, x, y);
  const look: TextLook = {
    size: WORD_SIZE,
    family: 'mono',
    weight: style === 'strong' ? 700 : 400,
    color: style === 'quiet' ? colors.quiet : colors.text,
    halo: colors.groundText,
  };
  const width = pen.widthOf(text, look);
  const left = side === 'left' ? point.x - radius - 3 - width : point.x + radius + 3;
  if (!room.claim({ left: left - 2, top: point.y - 8, right: left + width + 2, bottom: point.y + 8 })) {
    return false;
  }
  pen.text(text, left, point.y + 4, look);
  return true;
}

function drawRegion(view: SceneView, { text, second, x, y, style }: MapLabel): boolean {
  const { pen, colors, room } = view;
  const point = toScreen(view.camera, view.size, x, y);
  const isKind = style === 'kind';
  const isStrong = style === 'strong';
  const look: TextLook = {
    size: isStrong || isKind ? STRONG_SIZE : SMALL_SIZE,
    family: 'ui',
    weight: isStrong ? 600 : 400,
    isItalic: isKind,
    color: isKind || style === 'quiet' ? colors.quiet : colors.text,
    halo: colors.groundText,
    isCentered: true,
  };
  const secondLook: TextLook = {
    size: SMALL_SIZE,
    family: 'ui',
    color: colors.quiet,
    halo: colors.groundText,
    isCentered: true,
  };
  const half = Math.max(pen.widthOf(text, look), second ? pen.widthOf(second, secondLook) : 0) / 2 + 2;
  const box = {
    left: point.x - half,
    top: point.y - 9,
    right: point.x + half,
    bottom: point.y + (second ? 20 : 7),
  };
  if (!room.claim(box)) {
    return false;
  }
  pen.text(text, point.x, point.y + 4, look);
  if (second) {
    pen.text(second, point.x, point.y + 17, secondLook);
  }
  return true;
}
