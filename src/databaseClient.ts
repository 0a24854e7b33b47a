// Entry of a bundle of its own: PostgreSQL's client and what asks it, loaded when somebody connects.
export { createIndex } from './database/client/createIndex';
export { PostgresDatabase } from './database/client/postgresDatabase';
export { sendRows } from './database/client/sendRows';
export { ServerConnection } from './database/client/serverConnection';
export { DatabaseEngine, databaseMetric, queryOf } from './database/engine/databaseEngine';
export { ROWS_TENSOR } from './model/vectorFiles/convertedFile';
export { openEmbeddingSource } from './model/embeddingSource';
