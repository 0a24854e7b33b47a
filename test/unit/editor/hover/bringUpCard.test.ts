import assert from 'node:assert/strict';
import { bringUpCard, type Asked, type CardStage } from '../../../../src/editor/hover/bringUpCard';

/** An editor as VS Code has it: who has the keyboard, and whether the card is up. Things happen to it before it is asked. */
class PlayedStage implements CardStage {
  isLeft = false;
  isUp = false;
  hasFocus = true;
  isKeyboardTaken = false;
  /** What was done, in its order. */
  readonly log: string[] = [];

  /** @param incidents What happens before the card is asked for, from 0; it may give what comes of asking. */
  constructor(private readonly incidents: (number: number, stage: PlayedStage) => Asked | undefined) {}

  ask(): Promise<Asked> {
    const asked = this.log.filter((entry) => entry === 'ask').length;
    this.log.push('ask');
    const outcome = this.incidents(asked, this);
    if (outcome) {
      return Promise.resolve(outcome);
    }
    if (!this.hasFocus || this.isUp) {
      return Promise.resolve('unheard');
    }
    this.isUp = true;
    return Promise.resolve('answered');
  }

  focus(): Promise<void> {
    this.log.push('focus');
    this.hasFocus = true;
    this.isKeyboardTaken = false;
    return Promise.resolve();
  }
}

const lose = (stage: PlayedStage): undefined => void (stage.hasFocus = false);
const hide = (stage: PlayedStage): undefined => void (stage.isUp = false);

describe('bringing up a card', () => {
  it('asks once more, to see that the card is there', async () => {
    const stage = new PlayedStage(() => undefined);
    assert.equal(await bringUpCard(stage), true);
    assert.deepEqual(stage.log, ['ask', 'ask']);
  });

  it('takes the keyboard back that was taken away before the card was asked for', async () => {
    const stage = new PlayedStage((asked, played) => (asked === 0 ? lose(played) : undefined));
    assert.equal(await bringUpCard(stage), true);
    assert.ok(stage.isUp);
    assert.deepEqual(stage.log, ['ask', 'focus', 'ask', 'ask']);
  });

  it('leaves the keyboard where it went after the card came up', async () => {
    const stage = new PlayedStage((asked, played) => (asked === 1 ? lose(played) : undefined));
    assert.equal(await bringUpCard(stage), true);
    assert.ok(!stage.log.includes('focus'));
  });

  for (const isGone of [true, false]) {
    it(`takes the keyboard back that VS Code took by itself, since the card may be gone: ${String(isGone)}`, async () => {
      const stage = new PlayedStage((asked, played) => {
        if (asked === 1) {
          lose(played);
          played.isKeyboardTaken = true;
          played.isUp = !isGone;
        }
        return undefined;
      });
      assert.equal(await bringUpCard(stage), true);
      assert.ok(stage.isUp);
      assert.deepEqual(stage.log, ['ask', 'ask', 'focus', 'ask', ...(isGone ? ['ask'] : [])]);
    });
  }

  it('does not fight for the keyboard', async () => {
    const stage = new PlayedStage((_, played) => lose(played));
    assert.equal(await bringUpCard(stage), false);
    assert.equal(stage.log.filter((entry) => entry === 'focus').length, 2);
    assert.ok(stage.log.length < 20);
  });

  it('asks again where a mouse or a scroll made VS Code withdraw the question', async () => {
    const stage = new PlayedStage((asked) => (asked < 3 ? 'withdrawn' : undefined));
    assert.equal(await bringUpCard(stage), true);
    assert.ok(stage.isUp);
    assert.ok(!stage.log.includes('focus'));
  });

  it('asks again where the card went before it was looked at', async () => {
    const stage = new PlayedStage((asked, played) => (asked === 1 ? hide(played) : undefined));
    assert.equal(await bringUpCard(stage), true);
    assert.ok(stage.isUp);
    assert.equal(stage.log.length, 3);
  });

  it('gives up where each question is withdrawn', async () => {
    const stage = new PlayedStage(() => 'withdrawn');
    assert.equal(await bringUpCard(stage), false);
    assert.ok(stage.log.length < 20);
  });

  it('ends where there is nothing to show', async () => {
    const stage = new PlayedStage(() => 'nothing');
    assert.equal(await bringUpCard(stage), false);
    assert.deepEqual(stage.log, ['ask']);
  });

  for (const outcome of ['withdrawn', 'unheard'] as const) {
    it(`ends at once when the user goes on to something else, and the question was ${outcome}`, async () => {
      const stage = new PlayedStage((_, played) => {
        played.isLeft = true;
        return outcome;
      });
      assert.equal(await bringUpCard(stage), false);
      assert.deepEqual(stage.log, ['ask']);
    });
  }
});
