import { isRecord } from '../protocol/parsing';

/**
 * The name of a model's embedding tensor by the setting: one name, or a map from what `tokenscope.model` says to a name.
 *
 * @returns Empty where the setting says nothing of this model.
 */
export function tensorNameOf(setting: unknown, model: string): string {
  const name = isRecord(setting) ? (Object.hasOwn(setting, model) ? setting[model] : '') : setting;
  return typeof name === 'string' ? name.trim() : '';
}
