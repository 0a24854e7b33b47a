import { openSession, startPrograms, type Programs, type Session, type SessionOptions } from './vscodeWindow';

export type { Session } from './vscodeWindow';

/** Programs that suites use one after the other, by where the numbers come from. */
const shared = new Map<SessionOptions['checkpoint'], Promise<Programs>>();

/** The window that was opened last. */
let last: Session | undefined;

/**
 * Opens a window of VS Code with the packaged extension installed, on a fresh copy of the sample workspace.
 *
 * Its server and browser are those of the suites before it, where these ask for the same: only one that has an environment of its own,
 * is in Restricted Mode or downloads a model has programs of its own. The suites that share them have settings, workspace and window each to themselves;
 * what they share is the extension's folder of kept indexes.
 */
export async function startSession(options: SessionOptions): Promise<Session> {
  last = await sessionFor(options);
  return last;
}

async function sessionFor(options: SessionOptions): Promise<Session> {
  if (options.env || options.isRestricted || options.downloads) {
    return ownSession(options);
  }
  const { checkpoint } = options;
  const programs = shared.get(checkpoint) ?? startPrograms({ checkpoint });
  shared.set(checkpoint, programs);
  return openSession(await programs, options);
}

async function ownSession(options: SessionOptions): Promise<Session> {
  const programs = await startPrograms(options);
  try {
    const session = await openSession(programs, options);
    return { ...session, close: () => programs.stop() };
  } catch (error) {
    await programs.stop();
    throw error;
  }
}

/** Does what a suite needs before its tests. What a failure looked like is kept: it ends the suite before any test of it. */
export async function prepare(suite: string, steps: () => Promise<void>): Promise<void> {
  try {
    await steps();
  } catch (error) {
    await last?.workbench.screenshot(`failed-before-${suite}`, 'dark').catch(() => undefined);
    throw error;
  }
}

// Outside of any suite, so after each test of all suites: what a failure looked like tells most about it.
afterEach(async function () {
  const { currentTest } = this;
  if (currentTest?.state === 'failed') {
    const name = currentTest.fullTitle().replace(/[^a-zA-Z0-9]+/g, '-');
    await last?.workbench.screenshot(`failed-${name.slice(0, 120)}`, 'dark').catch(() => undefined);
  }
});

// Outside of any suite, so after the last one.
after(async () => {
  for (const programs of shared.values()) {
    await (await programs).stop();
  }
});
