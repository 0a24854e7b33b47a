/**
 * Modes of what only its owner may read and write: a model may be one that its owner alone has access to. Windows knows none of them;
 * there the folder of the user's profile is what keeps others out.
 */

export const PRIVATE_FOLDER = 0o700;

export const PRIVATE_FILE = 0o600;
