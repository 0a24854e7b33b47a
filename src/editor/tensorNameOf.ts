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

/**
 * The names to try for a model that is on this machine, the best first; undefined for the search. What the setting says of this very model
 * comes first, but does not keep it from being listed: what is wrong with the name is told when the model is loaded.
 *
 * @param isModel Whether a key of the map means the model.
 */
export function tensorNamesToTry(
  setting: unknown,
  isModel: (key: string) => boolean,
): readonly (string | undefined)[] {
  const names = isRecord(setting)
    ? Object.keys(setting).flatMap((key) => (isModel(key) ? tensorNameOf(setting, key) : []))
    : [tensorNameOf(setting, '')];
  return [...names.filter((name) => name !== ''), undefined];
}
