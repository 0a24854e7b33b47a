import { isRecord } from '../../protocol/parsing';

/** A command as the manifest contributes it. */
export interface ContributedCommand {
  /** As in the command palette, without the category. */
  readonly title: string;
  /** Its key, as menus write it; undefined where it has none. */
  readonly key?: string;
}

/**
 * The commands of a manifest with their titles and keys, by name.
 *
 * @param keyboard Of the machine where the keys are pressed: where that is not known, both keys are named.
 */
export function contributedCommands(
  manifest: unknown,
  keyboard: 'mac' | 'other' | 'unknown',
): ReadonlyMap<string, ContributedCommand> {
  const contributes = isRecord(manifest) && isRecord(manifest.contributes) ? manifest.contributes : {};
  const keys = new Map<unknown, string>();
  for (const binding of recordsOf(contributes.keybindings)) {
    keys.set(binding.command, keyText(binding, keyboard));
  }
  const commands = new Map<string, ContributedCommand>();
  for (const { command, title } of recordsOf(contributes.commands)) {
    if (typeof command === 'string' && typeof title === 'string') {
      const key = keys.get(command);
      commands.set(command, { title, ...(key !== undefined && { key }) });
    }
  }
  return commands;
}

function recordsOf(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function keyText(
  { key, mac, when }: Readonly<Record<string, unknown>>,
  keyboard: 'mac' | 'other' | 'unknown',
): string {
  const other = typeof key === 'string' ? otherKey(key) : '';
  const apple = typeof mac === 'string' ? macKey(mac) : other;
  const shown = { mac: apple, other, unknown: apple === other ? other : `${other} (${apple})` }[keyboard];
  return typeof when === 'string' && when.includes('hasTokenBands') ? `${shown} with bands` : shown;
}

/** `ctrl+k ctrl+g` as `Ctrl+K Ctrl+G`. */
function otherKey(key: string): string {
  return key.replace(/[a-z]+/g, (name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
}

const MAC_SIGNS: Readonly<Record<string, string>> = { cmd: '⌘', ctrl: '⌃', alt: '⌥', shift: '⇧' };

/** `cmd+k cmd+g` as `⌘K ⌘G`. */
function macKey(key: string): string {
  return key
    .split(' ')
    .map((chord) =>
      chord
        .split('+')
        .map((name) => MAC_SIGNS[name] ?? name.toUpperCase())
        .join(''),
    )
    .join(' ');
}
