import { HUB_ADDRESS } from './serverAddress';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The server to download from: the setting, else `HF_ENDPOINT`, else the Hugging Face hub.
 *
 * @param setting Empty or undefined where it is not set.
 * @throws {RangeError} naming the setting or variable and what is wrong with it.
 */
export function resolveEndpoint(setting: string | undefined, env: Environment): URL {
  const fromSetting = setting?.trim() ?? '';
  if (fromSetting !== '') {
    return parseEndpoint(fromSetting, 'The setting of the server');
  }
  const fromEnvironment = env.HF_ENDPOINT?.trim() ?? '';
  return fromEnvironment === ''
    ? new URL(HUB_ADDRESS)
    : parseEndpoint(fromEnvironment, 'The environment variable HF_ENDPOINT');
}

/**
 * Checks the address of a server: http or https, and nothing but origin and path.
 *
 * @param source What errors call the text; the text itself may hold a password and is not repeated.
 * @throws {RangeError}
 */
export function parseEndpoint(text: string, source: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new RangeError(`${source} is not a web address such as ${HUB_ADDRESS}.`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new RangeError(`${source} does not start with https:// or http://.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new RangeError(
      `${source} holds a user name or password. Give the address alone, and the token apart.`,
    );
  }
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(text)) {
    throw new RangeError(`${source} has a query or fragment ("?" or "#"). Give the address alone.`);
  }
  return url;
}

/**
 * The access token, by precedence: the one that the user stored, else `HF_TOKEN`, else `HUGGING_FACE_HUB_TOKEN`.
 *
 * @returns undefined where there is none, or where it could not stand in a header.
 */
export function resolveToken(secret: string | undefined, env: Environment): string | undefined {
  for (const candidate of [secret, env.HF_TOKEN, env.HUGGING_FACE_HUB_TOKEN]) {
    const token = candidate?.trim() ?? '';
    if (/^[\x21-\x7e]+$/.test(token)) {
      return token;
    }
  }
  return undefined;
}
