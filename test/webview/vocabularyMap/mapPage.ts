import type { Locator } from 'playwright-core';
import type { MapAnswer } from '../../../src/protocol/map/mapMessages';
import type { MapColoring } from '../../../src/protocol/map/mapArrangement';
import type { MapView } from '../../../src/protocol/map/mapView';
import type { FromWebview, PanelMemento } from '../../../src/protocol/panelMessages';
import { NO_FILTER, type PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import type { InspectorPage } from '../inspectorPage';
import { memento, panel, token } from '../inspectorSnapshots';
import { sampleModel } from '../modelSnapshots';
import type { SampleMap } from './sampleMap';

/** Messages whose memory a browser's protocol carries as text. */
const BUFFERS = ['kinds', 'positions', 'near', 'ids', 'counts', 'values', 'bits'];

/** The view of the map in a real browser, with the sample's map in place of a host. */
export class MapPage {
  constructor(
    readonly inspector: InspectorPage,
    readonly sample: SampleMap,
  ) {}

  get stage(): Locator {
    return this.inspector.page.getByRole('application', { name: /^Map of/ });
  }

  get strip(): Locator {
    return this.inspector.page.locator('.map-strip');
  }

  get list(): Locator {
    return this.inspector.page.locator('.map-list');
  }

  get rows(): Locator {
    return this.inspector.page.locator('.map-rows > .map-row');
  }

  /** Token id by its text. */
  id(text: string): number {
    const [id, ...others] = this.sample.tokenizer.encode(text);
    if (id === undefined || others.length > 0) {
      throw new Error(`${JSON.stringify(text)} is not one token.`);
    }
    return id;
  }

  /** Shows a snapshot of the map. */
  async show(
    map: MapView,
    changes: Partial<PanelSnapshot> = {},
    kept: Partial<PanelMemento> = {},
  ): Promise<void> {
    const { rowCount, dimension } = { rowCount: this.sample.figures.tokenCount, dimension: 128 };
    await this.inspector.show(
      panel({
        view: 'map',
        filter: NO_FILTER,
        embeddings: { state: 'ready', model: { ...sampleModel, rowCount, dimension } },
        map,
        ...changes,
      }),
      { ...memento(), view: 'map', ...kept },
    );
  }

  /** Shows the finished map, as after opening a kept layout. */
  async open(changes: Partial<PanelSnapshot> = {}, kept: Partial<PanelMemento> = {}): Promise<void> {
    const { tokens, positions, layout, figures } = this.sample;
    await this.show({ stage: 'ready', figures }, changes, kept);
    await this.post(tokens);
    await this.post(positions);
    await this.post(layout);
    await this.answer();
    await this.atRest();
  }

  /** Chooses what the colors tell, and answers what that needs. */
  async color(name: MapColoring): Promise<void> {
    await this.inspector.page.getByRole('combobox', { name: 'Color' }).selectOption(name);
    await this.answer();
  }

  /** Lets the host show another query, of one token, and waits for the flight there. */
  async ask(text: string): Promise<void> {
    this.queryId = this.id(text);
    await this.show({ stage: 'ready', figures: this.sample.figures }, this.query(text));
    await this.answer();
    await this.atRest();
  }

  /** The tokens of a text as those of the document that is looked at. */
  async postDocument(name: string, text: string): Promise<void> {
    const counts = new Map<number, number>();
    for (const id of this.sample.tokenizer.encode(text)) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    const ids = [...counts.keys()].sort((a, b) => a - b);
    await this.post({
      type: 'mapDocument',
      name,
      ids: Uint32Array.from(ids).buffer,
      counts: Uint32Array.from(ids, (id) => counts.get(id) ?? 0).buffer,
    });
  }

  private async middle(): Promise<{ x: number; y: number }> {
    const box = await this.stage.boundingBox();
    if (!box) {
      throw new Error('There is no stage.');
    }
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  /** Points at the middle of the stage. */
  async pointAtMiddle(): Promise<void> {
    const { x, y } = await this.middle();
    await this.inspector.page.mouse.move(x, y);
    await this.answer();
  }

  /** Draws a circle around the middle. @param share its radius as a share of the stage's lesser side */
  async drawAround(share: number): Promise<void> {
    const { mouse } = this.inspector.page;
    const { x, y } = await this.middle();
    const box = await this.stage.boundingBox();
    const radius = share * Math.min(box?.width ?? 0, box?.height ?? 0);
    await this.inspector.button('Draw around tokens').click();
    await mouse.move(x + radius, y);
    await mouse.down();
    for (let step = 1; step <= 40; step++) {
      const angle = (step / 40) * 2 * Math.PI;
      await mouse.move(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }
    await mouse.up();
    await this.answer();
  }

  /** A snapshot whose query is one token. */
  query(text: string): Partial<PanelSnapshot> {
    const pieces = [token(text, this.id(text))];
    return {
      query: { text, pieces, forms: [], vectors: [{ choice: 'mean', selected: true, pieces }] },
    };
  }

  /** Posts a message that may hold memory. */
  async post(message: object): Promise<void> {
    const encoded = Object.fromEntries(
      Object.entries(message).map(([name, value]: [string, unknown]) => [
        name,
        value instanceof ArrayBuffer ? { base64: Buffer.from(value).toString('base64') } : value,
      ]),
    );
    await this.inspector.page.evaluate(
      ([data, names]) =>
        new Promise<void>((resolve) => {
          const bufferOf = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0)).buffer;
          const decode = (value: Record<string, unknown>) => {
            for (const name of names) {
              const held = value[name];
              if (typeof held === 'object' && held !== null && 'base64' in held) {
                value[name] = bufferOf(String(held.base64));
              }
            }
          };
          const whole = data as Record<string, unknown>;
          decode(whole);
          if (typeof whole.answer === 'object' && whole.answer !== null) {
            decode(whole.answer as Record<string, unknown>);
          }
          window.addEventListener('message', () => setTimeout(resolve), { once: true });
          window.postMessage(whole, '*');
        }),
      [encoded, BUFFERS] as const,
    );
    await this.inspector.settle();
  }

  /** Answers what the page has asked about the map until it asks nothing more. @returns the other requests meanwhile */
  async answer(): Promise<FromWebview[]> {
    const others: FromWebview[] = [];
    for (;;) {
      await this.inspector.settle();
      const sent = await this.inspector.page.evaluate(() => window.fakeHost.sent.splice(0));
      let answered = 0;
      for (const request of sent) {
        const answer = await this.answerTo(request);
        if (answer) {
          answered++;
          const encoded =
            'values' in answer
              ? { ...answer, values: encode(answer.values) }
              : 'bits' in answer
                ? { ...answer, bits: encode(answer.bits) }
                : answer;
          await this.post({ type: 'mapAnswer', to: request.request, answer: encoded });
        } else {
          others.push(request);
        }
      }
      if (answered === 0) {
        return others;
      }
    }
  }

  /** Waits until nothing moves, and all names are laid. */
  async atRest(): Promise<void> {
    await this.inspector.page.waitForSelector('.map-stage:not([aria-busy=true])');
    // While it flies it draws frames. They are counted, not compared: to read a picture takes as long as several frames.
    await this.inspector.page.evaluate(async () => {
      const FRAMES = 12;
      const context = document.querySelector<HTMLCanvasElement>('.map-stage .map-over')!.getContext('2d')!;
      let drawn = 0;
      // The first call of each frame that the stage draws.
      context.clearRect = function (...box) {
        drawn++;
        CanvasRenderingContext2D.prototype.clearRect.apply(this, box);
      };
      try {
        for (let still = 0, before = 0; still < FRAMES; before = drawn) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
          still = drawn === before ? still + 1 : 0;
        }
      } finally {
        Reflect.deleteProperty(context, 'clearRect');
      }
    });
  }

  /** Role of what has the focus. */
  focused(): Promise<string | null | undefined> {
    return this.inspector.page.evaluate(() => document.activeElement?.getAttribute('role'));
  }

  /** What is drawn now, as text that another picture differs from. */
  picture(): Promise<string> {
    return this.inspector.page.evaluate(() =>
      [...document.querySelectorAll<HTMLCanvasElement>('.map-stage canvas')]
        .map((canvas) => canvas.toDataURL())
        .join(),
    );
  }

  /** The points as they are drawn now, without what is over them. */
  pointsPicture(): Promise<string> {
    return this.inspector.page.evaluate(() =>
      document.querySelector<HTMLCanvasElement>('.map-stage .map-points')!.toDataURL(),
    );
  }

  /** How many pixels of the points are clearly of some colors. */
  async colorsOnMap(): Promise<ReadonlyMap<'green' | 'blue' | 'orange', number>> {
    const counts = await this.inspector.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.map-stage .map-points')!;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const found = { green: 0, blue: 0, orange: 0 };
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
        found.green += green > red + 20 && green > blue + 20 ? 1 : 0;
        found.blue += blue > red + 40 ? 1 : 0;
        found.orange += red > blue + 60 ? 1 : 0;
      }
      return found;
    });
    return new Map(Object.entries(counts) as ['green' | 'blue' | 'orange', number][]);
  }

  /** Pixels over the points that are drawn on: names, where nothing is selected. */
  inkOfNames(): Promise<number> {
    return this.inspector.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.map-stage .map-over')!;
      // Of a copy: a browser warns where the canvas itself is read often.
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', {
        willReadFrequently: true,
      })!;
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      return data.reduce((sum, value, at) => sum + (at % 4 === 3 && value > 128 ? 1 : 0), 0);
    });
  }

  /** Ranks of the true neighbors of a token on the map, worked out here by sorting all distances. */
  async trueRanks(id: number): Promise<number[]> {
    const positions = new Float32Array(this.sample.positions.positions);
    const distance = (other: number) =>
      ((positions[2 * other] ?? NaN) - (positions[2 * id] ?? NaN)) ** 2 +
      ((positions[2 * other + 1] ?? NaN) - (positions[2 * id + 1] ?? NaN)) ** 2;
    const others = Array.from({ length: positions.length / 2 }, (_, other) => other).filter(
      (other) => other !== id,
    );
    const sorted = Float64Array.from(others, distance).sort();
    const neighbors = await this.sample.neighborsOf(id);
    return neighbors.map((neighbor) => 1 + sorted.indexOf(distance(neighbor.id)));
  }

  /** Mean cosine similarity of a token to all of them. */
  async averageOf(id: number): Promise<number> {
    const values = new Float32Array(await this.sample.valuesOf('similarity', id));
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  }

  private async answerTo(request: FromWebview): Promise<MapAnswer | undefined> {
    switch (request.type) {
      case 'mapNeighbors':
        return {
          kind: 'neighbors',
          neighbors: await this.sample.neighborsOf(request.id),
          average: await this.averageOf(request.id),
        };
      case 'mapPath':
        return { kind: 'path', ids: await this.sample.pathBetween(request.from, request.to) };
      case 'mapValues':
        return { kind: 'values', values: await this.sample.valuesOf(request.values, this.queryId) };
      case 'mapAllowed': {
        const bits = new Uint8Array(Math.ceil(this.sample.figures.tokenCount / 8));
        for (const id of this.allowedIds) {
          bits[id >> 3]! |= 1 << (id & 7);
        }
        return { kind: 'allowed', bits: bits.buffer };
      }
      default:
        return undefined;
    }
  }

  /** What the panel's filters let through. */
  allowedIds: Iterable<number> = [];

  /** The token that similarities are to. */
  queryId = 0;
}

function encode(buffer: ArrayBuffer): never {
  return { base64: Buffer.from(buffer).toString('base64') } as never;
}
