// What a program and all that it has started use of the processors.
import fs from 'node:fs';

/**
 * Processor time of a process and of all below it, those that have ended included, in ticks of the kernel (mostly 10 ms). A process
 * that was left by its parent is lost from the sum: what tells is that the number changes, not what it is.
 *
 * @param {number} rootId
 * @returns {number | undefined} undefined where the system has no /proc: elsewhere than on Linux.
 */
export function processTreeTime(rootId) {
  const processes = readProcesses();
  if (!processes) {
    return undefined;
  }
  const timeOf = (id) => {
    const { ticks, children } = processes.get(id) ?? { ticks: 0, children: [] };
    return children.reduce((sum, child) => sum + timeOf(child), ticks);
  };
  return timeOf(rootId);
}

/** @returns {Map<number, {ticks: number, children: number[]}> | undefined} all processes by their ids */
function readProcesses() {
  const names = listProc();
  if (!names) {
    return undefined;
  }
  const statuses = names
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStatus(Number(name)) ?? []);
  const processes = new Map(statuses.map(({ id, ticks }) => [id, { ticks, children: [] }]));
  for (const { id, parentId } of statuses) {
    processes.get(parentId)?.children.push(id);
  }
  return processes;
}

function listProc() {
  try {
    return fs.readdirSync('/proc');
  } catch {
    return undefined;
  }
}

function readStatus(id) {
  try {
    const status = fs.readFileSync(`/proc/${id}/stat`, 'latin1');
    // The program's name stands in brackets and may hold anything; the fields behind it are numbered from 3 in proc(5).
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    const field = (number) => Number(fields[number - 3]);
    // 14 to 17: user and system time of the process, and of children that have ended.
    return { id, parentId: field(4), ticks: field(14) + field(15) + field(16) + field(17) };
  } catch {
    return undefined; // it has ended meanwhile
  }
}
