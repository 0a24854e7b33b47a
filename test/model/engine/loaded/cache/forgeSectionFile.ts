import { naiveChecksum } from './naiveChecksum';

export interface Forgery {
  readonly magic?: string;
  readonly version?: number;
  /** What the file says about the length of its header. */
  readonly headerLength?: number;
  /** Bytes behind the header. */
  readonly sections?: Uint8Array;
}

/**
 * A section file made by hand from the description of the format: with a right checksum of its header, whatever that says.
 *
 * @param header JSON text, or what is to be written as JSON.
 */
export function forgeSectionFile(
  header: unknown,
  { magic = '\x89TkSect\n', version = 1, headerLength, sections = new Uint8Array(0) }: Forgery = {},
): Buffer {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header), 'utf8');
  const start = Buffer.alloc(64);
  start.write(magic, 0, 'latin1');
  start.writeUInt32LE(version, 8);
  start.writeUInt32LE(headerLength ?? json.length, 12);
  const padding = Buffer.alloc((64 - (json.length % 64)) % 64);
  const region = Buffer.concat([start, json, padding]);
  region.write(naiveChecksum(region), 16, 'latin1');
  return Buffer.concat([region, sections]);
}
