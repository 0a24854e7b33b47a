import type { HubModel, ServedModel } from '../../model/hub/hubModel';
import { GPT2_SMALL } from '../../model/hub/knownModels';
import { formatHubModelSetting, parseHubModelSetting } from '../../model/hubModelSetting';
import type { Settings } from '../settings';
import type { DownloadApprovals } from './downloadApprovals';
import type { HubServer } from './hubServer';
import type { TokenRules } from './tokenRules';

export interface ModelChoiceServices {
  readonly settings: Pick<Settings, 'model' | 'setModel'>;
  readonly approvals: DownloadApprovals;
  readonly server: Pick<HubServer, 'address'>;
  readonly tokens: Pick<TokenRules, 'askAgain'>;
  /** Drops what is loaded and searches again in what is open. */
  readonly reload: () => void;
  /** Loads what the setting says, with all that is told of it where states are told. */
  readonly load: () => void;
}

/** What the user has decided about the model, in the one place that changes the setting. */
export class ModelChoice {
  constructor(private readonly services: ModelChoiceServices) {}

  /** What the setting says. */
  get current(): string {
    return this.services.settings.model;
  }

  /** Whether this is what the setting says. */
  isCurrent(setting: string): boolean {
    return this.services.settings.model === setting;
  }

  /** The setting's value that names a model of the hub. */
  settingFor(model: HubModel): string {
    return model.repository === GPT2_SMALL.repository && model.revision === GPT2_SMALL.revision
      ? ''
      : formatHubModelSetting(model);
  }

  /**
   * Uses a file, folder, model of the hub or the sample vectors that need no download. It is loaded at once: whoever has chosen looks for what
   * came of it, also where no inspector is open.
   */
  async use(setting: string): Promise<void> {
    if (this.isCurrent(setting)) {
      this.tryAgain();
    } else {
      await this.services.settings.setModel(setting);
    }
    this.services.load();
  }

  /** Uses what the setting says, however that is written. */
  useCurrent(): Promise<void> {
    return this.use(this.current);
  }

  /** Uses a model of the hub, which may be downloaded from the server that the user has seen. */
  async download(model: ServedModel): Promise<void> {
    await this.services.approvals.approve(model, { wholeFile: false });
    this.askAgain();
    await this.use(this.settingFor(model));
  }

  /** Agrees to a download that the user was offered, of the model that the setting names. It begins at once, also where no inspector is open. */
  async agree(model: ServedModel, options: { readonly wholeFile: boolean }): Promise<void> {
    await this.services.approvals.approve(model, options);
    this.tryAgain();
    this.services.load();
  }

  /** Agrees to the download that the panel offers just now. */
  async agreeToOffer(options: { readonly wholeFile: boolean }): Promise<void> {
    const { settings, server } = this.services;
    const model = settings.model === '' ? GPT2_SMALL : parseHubModelSetting(settings.model);
    const { address } = server;
    if (model && address !== undefined) {
      await this.agree({ ...model, server: address }, options);
    }
  }

  /** The user begins something anew: what was refused may be asked about once more. */
  askAgain(): void {
    this.services.tokens.askAgain();
  }

  /** Loads what the setting says once more. */
  tryAgain(): void {
    this.askAgain();
    this.services.reload();
  }
}
