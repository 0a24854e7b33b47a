import { CheckpointError } from '../../core/safetensors/checkpointError';
import { HubError, type HubErrorReason } from '../../model/hub/hubError';
import type { FailedView, ModelSetting } from '../../protocol/embeddingsView';
import type { Settings } from '../settings';
import type { HubServer } from './hubServer';

/** Failures of a server, or of the way to it: another one might do. */
const OF_THE_SERVER: ReadonlySet<HubErrorReason> = new Set([
  ...(['offline', 'timeout', 'connection-lost', 'certificate', 'unauthorized', 'forbidden'] as const),
  ...(['rate-limited', 'server-error', 'range-ignored', 'changed', 'bad-response'] as const),
]);

export interface FailureServices {
  readonly settings: Pick<Settings, 'model' | 'embeddingTensor' | 'hubEndpoint'>;
  readonly server: Pick<HubServer, 'address' | 'named'>;
}

/** Which setting a failure is about, and which server, where somebody has named one in place of the hub. */
export function failureOrigin(
  error: Error,
  services: FailureServices,
): Pick<FailedView, 'setting' | 'server'> {
  const setting = settingAtFault(error, services);
  const server = HubError.is(error) && isOfTheServer(error) ? services.server.named : undefined;
  return { ...(setting && { setting }), ...(server && { server }) };
}

/** Only a setting that somebody has set can be at fault. */
function settingAtFault(error: Error, { settings, server }: FailureServices): ModelSetting | undefined {
  const endpoint = settings.hubEndpoint === '' ? undefined : 'hubEndpoint';
  const model = settings.model === '' || settings.model === 'sample' ? undefined : 'model';
  const tensor = settings.embeddingTensor === '' ? undefined : 'embeddingTensor';
  if (HubError.is(error) || CheckpointError.is(error)) {
    switch (error.reason) {
      case 'unsupported':
        return tensor ?? model;
      case 'not-found':
        return model ?? endpoint;
      default:
        return CheckpointError.is(error) ? model : isOfTheServer(error) ? endpoint : undefined;
    }
  }
  // The address could not be read, so there was nobody to ask.
  return server.address === undefined ? endpoint : undefined;
}

function isOfTheServer({ reason }: HubError): boolean {
  return reason === 'not-found' || OF_THE_SERVER.has(reason);
}
