import { formatHubModel, meansHubModel, parseHubModel, type HubModel } from './hub/hubModel';

/** Tells models of the hub from paths where both can be named. */
const PREFIX = 'hf:';

/** The model that `hf:owner/name`, `hf:owner/name@revision` or the address of a page of the hub names; undefined for anything else, such as a path. */
export function parseHubModelSetting(setting: string): HubModel | undefined {
  return meansHubModel(setting) ? parseHubModel(setting) : undefined;
}

/** The setting that names a model of the hub. */
export function formatHubModelSetting(model: HubModel): string {
  return PREFIX + formatHubModel(model);
}
