import fs from 'node:fs';

/**
 * Memory of another process, in MB of a million bytes: what is resident now, and the most that ever was. Linux tells it.
 *
 * @param {number} pid
 * @returns {{resident: number, peak: number} | undefined} undefined where the system does not tell.
 */
export function residentMegabytes(pid) {
  let status;
  try {
    status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return undefined;
  }
  const megabytes = (name) =>
    (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024) / 1e6;
  return { resident: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}
