import { createInterface } from 'node:readline';

/**
 * A conversation by lines: one of JSON comes in on standard input, one goes out on standard output. Ends the process when it is told to end,
 * or its input does: native modules may keep threads alive.
 *
 * @param {(message: any) => Promise<object>} answer What it fails with goes out as `error`, its first line.
 */
export async function serveLines(answer) {
  for await (const line of createInterface({ input: process.stdin })) {
    const message = JSON.parse(line);
    if (message.exit) {
      break;
    }
    const answered = await answer(message).catch((error) => ({ error: error.message.split('\n')[0] }));
    process.stdout.write(`${JSON.stringify(answered)}\n`);
  }
  process.exit(0);
}
