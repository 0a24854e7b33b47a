import type * as vscode from 'vscode';
import {
  formatConnectionAddress,
  parseConnectionAddress,
  type ConnectionAddress,
} from '../../database/connection/connectionAddress';
import { DatabaseError } from '../../database/databaseError';
import type { VectorDatabase } from '../../database/vectorDatabase';
import type { EmbeddingEngine } from '../../engine/questions/embeddingEngine';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type * as DatabaseClient from '../../databaseClient';
import type { Settings } from '../settings';

type Client = typeof DatabaseClient;
type Engine = InstanceType<Client['DatabaseEngine']>;
type Connection = InstanceType<Client['ServerConnection']>;

const SECRET_PREFIX = 'tokenscope.database.';

export interface DatabasesServices {
  readonly settings: Pick<Settings, 'databases' | 'setDatabase' | 'databaseSearch' | 'databaseTimeLimit'>;
  readonly secrets: vscode.SecretStorage;
  /** Loads the client, which is in a bundle of its own. */
  readonly client: () => Promise<Client>;
}

/** The databases that the user has named, their passwords, and connections to them. Nothing is loaded before the first connection. */
export class Databases {
  private loadedEngine: Engine | undefined;

  constructor(private readonly services: DatabasesServices) {}

  /** Names, and addresses without passwords, as they are shown. */
  get named(): ReadonlyMap<string, string> {
    return this.services.settings.databases;
  }

  /** The engine that asks the table in use, made when there is one. */
  async engine(): Promise<EmbeddingEngine> {
    const { DatabaseEngine } = await this.services.client();
    this.loadedEngine ??= new DatabaseEngine({
      connect: (name) => this.open(name),
      searchBy: () => this.services.settings.databaseSearch,
    });
    return this.loadedEngine;
  }

  /** What is open in the engine; undefined while no table is. */
  get table(): Engine['table'] {
    return this.loadedEngine?.table;
  }

  /** The labels of the table in use. */
  get labels(): Tokenizer | undefined {
    return this.table?.dictionary;
  }

  get client(): Promise<Client> {
    return this.services.client();
  }

  /** @throws {DatabaseError} `address` for a name that the settings do not have, or have with an address that cannot be read. */
  addressOf(name: string): ConnectionAddress {
    const text = this.named.get(name);
    if (text === undefined) {
      throw new DatabaseError(
        'address',
        '',
        `The setting tokenscope.databases names no database ${name}. Connect to PostgreSQL… adds one.`,
      );
    }
    return parseConnectionAddress(text).address;
  }

  /** A connection that opens with its first question. @throws {DatabaseError} As {@link addressOf}. */
  async connection(name: string): Promise<Connection> {
    const address = this.addressOf(name);
    return this.connectionTo(address, async () => this.passwordOf(address, name));
  }

  async connectionTo(
    address: ConnectionAddress,
    password: () => Promise<string | undefined>,
  ): Promise<Connection> {
    const { ServerConnection } = await this.services.client();
    return new ServerConnection(address, password);
  }

  /** @throws {DatabaseError} As {@link addressOf}. */
  async open(name: string): Promise<VectorDatabase> {
    return this.openOver(await this.connection(name));
  }

  async openOver(connection: Connection): Promise<VectorDatabase> {
    const { PostgresDatabase } = await this.services.client();
    return new PostgresDatabase(connection, () => this.services.settings.databaseTimeLimit * 1000);
  }

  /** Keeps an address under a name, and the password apart from it. @param password undefined where there is none. */
  async keep(name: string, address: ConnectionAddress, password: string | undefined): Promise<void> {
    const key = secretKey(address);
    if (password === undefined) {
      await this.services.secrets.delete(key);
    } else {
      await this.services.secrets.store(key, password);
    }
    await this.services.settings.setDatabase(name, formatConnectionAddress(address));
  }

  /** The password belongs to an address, not to a name: who changes the setting sends it nowhere else. */
  private async passwordOf(address: ConnectionAddress, name: string): Promise<string | undefined> {
    const kept = await this.services.secrets.get(secretKey(address));
    if (kept !== undefined) {
      return kept;
    }
    // Somebody may have written it into the setting by hand.
    return parseConnectionAddress(this.named.get(name) ?? '').password;
  }
}

/** Everything that says who gets the password, and how safely. */
function secretKey(address: ConnectionAddress): string {
  return SECRET_PREFIX + formatConnectionAddress(address);
}
