import { CheckpointError } from '../core/safetensors/checkpointError';
import { CHECKPOINT_USAGE, checkpointCommand } from './checkpointCommand';
import { MAP_USAGE, mapCommand } from './mapCommand';
import { NEIGHBORS_USAGE, neighborsCommand } from './neighborsCommand';
import { writeNote } from './output';
import { TOKENS_USAGE, tokensCommand } from './tokensCommand';
import { InterruptedError } from './untilInterrupted';
import { UsageError } from './usageError';

/** What shells expect of a program that Ctrl+C has ended: 128 and the number of the signal. */
const INTERRUPTED_CODE = 130;

interface Command {
  readonly run: (args: readonly string[]) => Promise<void>;
  readonly usage: string;
}

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['tokens', { run: tokensCommand, usage: TOKENS_USAGE }],
  ['neighbors', { run: neighborsCommand, usage: NEIGHBORS_USAGE }],
  ['map', { run: mapCommand, usage: MAP_USAGE }],
  ['checkpoint', { run: checkpointCommand, usage: CHECKPOINT_USAGE }],
]);

/** Failures that are the user's or the file's are told in one line; anything else keeps its stack, to be mended. */
async function main(): Promise<void> {
  const [name = '', ...args] = process.argv.slice(2);
  const command = COMMANDS.get(name);
  if (!command) {
    for (const { usage } of COMMANDS.values()) {
      writeUsage(usage);
    }
    process.exitCode = 2;
    return;
  }
  try {
    await command.run(args);
  } catch (error) {
    if (error instanceof InterruptedError) {
      process.exitCode = INTERRUPTED_CODE;
    } else if (error instanceof UsageError || isParseArgsError(error)) {
      writeNote(`${name}: ${error.message}`);
      writeUsage(command.usage);
      process.exitCode = 2;
    } else if (CheckpointError.is(error) || error instanceof RangeError) {
      writeNote(`${name}: ${error.message}`);
      process.exitCode = 1;
    } else {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      for (const line of stack.split('\n')) {
        writeNote(line);
      }
      // Threads may still run; what is written goes out first.
      process.stderr.write('', () => process.exit(1));
    }
  }
}

function writeUsage(usage: string): void {
  for (const line of usage.split('\n')) {
    writeNote(line);
  }
}

/** `parseArgs` marks its errors by a code that begins so. */
function isParseArgsError(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS_')
  );
}

// A reader that has seen enough (`… | head`) ends the program; it is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') {
    process.exit(0);
  }
  throw error;
});

void main();
