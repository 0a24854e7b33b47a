import { shownName } from '../../core/foreignText/shownText';
import { resolveEndpoint } from '../../model/hub/hubSettings';
import { HUB_ADDRESS, serverAddress, serverName } from '../../model/hub/serverAddress';
import type { NamedServerView } from '../../protocol/embeddingsView';
import type { Settings } from '../settings';

/** The server that models come from, by the settings as they are now. */
export class HubServer {
  constructor(
    private readonly settings: Pick<Settings, 'hubEndpoint' | 'usersHubEndpoint'>,
    private readonly env: Readonly<Record<string, string | undefined>>,
  ) {}

  /** @throws {RangeError} when the setting is no address of a server. */
  get endpoint(): URL {
    return resolveEndpoint(this.settings.hubEndpoint, this.env);
  }

  /** See {@link serverAddress}; undefined when the setting is no address of a server. */
  get address(): string | undefined {
    const endpoint = endpointOf(this.settings.hubEndpoint, this.env);
    return endpoint && serverAddress(endpoint);
  }

  /** The server that the setting or the environment names in place of the hub; undefined for the hub, and for what is no address. */
  get named(): NamedServerView | undefined {
    const { address } = this;
    return address === undefined || address === HUB_ADDRESS
      ? undefined
      : {
          name: shownName(serverName(address)),
          source: this.settings.hubEndpoint === '' ? 'environment' : 'setting',
        };
  }

  /**
   * Origins of the servers that the user has named, who may be sent the user's token: the hub, that of `HF_ENDPOINT`, and that of the
   * user's own settings. A workspace's settings are somebody else's.
   */
  get usersOrigins(): ReadonlySet<string> {
    const named = [
      endpointOf('', {}),
      endpointOf('', this.env),
      endpointOf(this.settings.usersHubEndpoint, {}),
    ];
    return new Set(named.flatMap((endpoint) => (endpoint ? [endpoint.origin] : [])));
  }
}

function endpointOf(setting: string, env: Readonly<Record<string, string | undefined>>): URL | undefined {
  try {
    return resolveEndpoint(setting, env);
  } catch {
    return undefined;
  }
}
