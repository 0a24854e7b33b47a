import type * as vscode from 'vscode';
import { shownName } from '../../core/foreignText/shownText';
import {
  parseConnectionAddress,
  serverOf,
  type ParsedAddress,
} from '../../database/connection/connectionAddress';
import { COMMANDS } from '../commandIds';
import type { Databases } from '../session/databases';
import type { ModelChoice } from '../session/modelChoice';
import { askForText } from '../workbench/askForText';
import { pickItem, type PickEntry } from '../workbench/pickItems';
import { withProgressNotice } from '../workbench/progressNotice';
import { registerCommand } from '../workbench/registerCommand';
import { chooseTable } from './chooseTable';

interface DatabaseEntry extends PickEntry {
  readonly name?: string;
}

/** Connect to PostgreSQL…: one of the databases that the settings name, or an address; then one of its tables. */
export function registerConnectDatabase(databases: Databases, choice: ModelChoice): vscode.Disposable {
  return registerCommand(COMMANDS.connectDatabase, async () => {
    const name = await chooseDatabase(databases, 'Connect to PostgreSQL');
    if (name !== undefined) {
      await chooseTable(databases, choice, name);
    }
  });
}

/** @returns The name of a database that the settings have; undefined where the user chose none. */
export async function chooseDatabase(databases: Databases, title: string): Promise<string | undefined> {
  const named = [...databases.named];
  if (named.length === 0) {
    return addDatabase(databases);
  }
  const entries: DatabaseEntry[] = [
    ...named.map(([name, address]) => ({
      icon: 'database',
      label: shownName(name),
      description: shownAddress(address),
      name,
    })),
    { icon: 'add', label: 'Another address…', detail: 'Or another password for one of these.' },
  ];
  const picked = await pickItem(entries, { title, placeHolder: 'A database with pgvector' });
  return picked === undefined ? undefined : (picked.name ?? addDatabase(databases));
}

/** Asks for an address and a password, tries them, and keeps them where they were right. */
export async function addDatabase(databases: Databases): Promise<string | undefined> {
  const text = await askForText({
    title: 'Connect to PostgreSQL',
    prompt:
      'postgresql://user@host:5432/database?sslmode=verify-full — sslmode says how the connection is secured, sslrootcert by whose certificates. The password is asked for, and kept apart from the settings.',
    staysOpen: true,
    complaint: (value) => (value === '' ? undefined : complaintOf(() => parseConnectionAddress(value))),
  });
  if (text === undefined || text === '') {
    return undefined;
  }
  const parsed = parseConnectionAddress(text);
  const password = await passwordFor(parsed);
  if (password === undefined) {
    return undefined;
  }
  const { address } = parsed;
  const server = serverOf(address);
  const kept = password === '' ? undefined : password;
  const isOpen = await withProgressNotice(`Connecting to ${shownName(server)}`, async (signal) => {
    const database = await databases.openOver(
      await databases.connectionTo(address, () => Promise.resolve(kept)),
    );
    try {
      await database.describe(signal);
      return true;
    } catch (error) {
      if (signal.aborted) {
        return false;
      }
      throw error;
    } finally {
      await database.close();
    }
  });
  const name = isOpen
    ? await askForText({
        title: 'Name of This Database',
        prompt: 'By which the settings and Choose Model call it. The password goes to the secret storage.',
        value: nameFor(databases, address.database),
        staysOpen: true,
        complaint: (value) =>
          /^[\w .-]{1,60}$/u.test(value)
            ? undefined
            : 'Letters, digits, spaces, dots and hyphens; at most 60.',
      })
    : undefined;
  if (name !== undefined) {
    await databases.keep(name, address, kept);
  }
  return name;
}

async function passwordFor({ address, password }: ParsedAddress): Promise<string | undefined> {
  return (
    password ??
    (await askForText({
      title: `Password of ${shownName(address.user)}`,
      prompt: `At ${shownName(serverOf(address))}. Empty where none is asked for.`,
      isSecret: true,
      staysOpen: true,
      complaint: () => undefined,
    }))
  );
}

/** Such as the database's own name; with a number where that is taken. */
function nameFor(databases: Databases, database: string): string {
  const base = database.replace(/[^\w .-]/gu, '-').slice(0, 50) || 'database';
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base} ${number}`;
    if (!databases.named.has(name)) {
      return name;
    }
  }
}

/** Without the password that somebody may have written into the setting. */
function shownAddress(text: string): string {
  try {
    return shownName(serverOf(parseConnectionAddress(text).address));
  } catch {
    return 'its address cannot be read';
  }
}

function complaintOf(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
