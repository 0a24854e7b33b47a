const NO_BREAK_SPACE = '\u00a0';
const SECONDS_PER_MINUTE = 60;
const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR;

interface ByteUnit {
  readonly name: string;
  readonly bytes: number;
}

/** Decimal units, largest first, as file managers and the hub show them. */
const UNITS: readonly ByteUnit[] = [
  { name: 'GB', bytes: 1e9 },
  { name: 'MB', bytes: 1e6 },
];
const SMALLEST: ByteUnit = { name: 'kB', bytes: 1e3 };

/** `154.4 MB` */
export function formatBytes(bytes: number): string {
  const unit = unitOf(bytes);
  return `${inUnit(bytes, unit)}${NO_BREAK_SPACE}${unit.name}`;
}

/** `548 MB` where a rough size is enough; what is small in its unit keeps its decimal, such as `1.5 GB`. */
export function formatRoughBytes(bytes: number): string {
  const unit = unitOf(bytes);
  return bytes < 10 * unit.bytes
    ? formatBytes(bytes)
    : `${Math.round(bytes / unit.bytes)}${NO_BREAK_SPACE}${unit.name}`;
}

/** `64.8 of 154.4 MB`, both in the unit of the whole */
export function formatBytesOf(done: number, total: number): string {
  return `${inUnit(Math.min(done, total), unitOf(total))} of ${formatBytes(total)}`;
}

/** `11 s`, `3 min`, `2 h 5 min` */
export function formatDuration(seconds: number): string {
  const wholeSeconds = Math.max(1, Math.ceil(seconds));
  if (wholeSeconds < SECONDS_PER_MINUTE) {
    return `${wholeSeconds}${NO_BREAK_SPACE}s`;
  }
  const minutes = Math.round(wholeSeconds / SECONDS_PER_MINUTE);
  if (minutes < MINUTES_PER_HOUR) {
    return `${minutes}${NO_BREAK_SPACE}min`;
  }
  if (minutes >= MINUTES_PER_DAY) {
    return 'more than a day';
  }
  const rest = minutes % MINUTES_PER_HOUR;
  const hours = `${Math.floor(minutes / MINUTES_PER_HOUR)}${NO_BREAK_SPACE}h`;
  return rest === 0 ? hours : `${hours}${NO_BREAK_SPACE}${rest}${NO_BREAK_SPACE}min`;
}

/** The largest unit that the size reaches once it is rounded to one decimal: no `1000.0 MB`. */
function unitOf(bytes: number): ByteUnit {
  return UNITS.find((unit) => Number((bytes / unit.bytes).toFixed(4)) >= 0.99995) ?? SMALLEST;
}

function inUnit(bytes: number, unit: ByteUnit): string {
  return (bytes / unit.bytes).toFixed(1);
}
