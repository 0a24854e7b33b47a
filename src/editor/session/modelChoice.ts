import type { HubModel } from '../../model/hub/hubModel';
import { GPT2_SMALL } from '../../model/hub/knownModels';
import { formatHubModelSetting, parseHubModelSetting } from '../../model/hubModelSetting';
import type { Settings } from '../settings';
import type { DownloadApprovals } from './downloadApprovals';

/** What the user has decided about the model, in the one place that changes the setting. */
export class ModelChoice {
  constructor(
    private readonly settings: Settings,
    private readonly approvals: DownloadApprovals,
    /** Drops what is loaded and searches again in what is open. */
    private readonly reload: () => void,
  ) {}

  /** Whether this is what the setting says. */
  isCurrent(setting: string): boolean {
    return this.settings.model === setting;
  }

  /** The setting's value that names a model of the hub. */
  settingFor(model: HubModel): string {
    return model.repository === GPT2_SMALL.repository && model.revision === GPT2_SMALL.revision
      ? ''
      : formatHubModelSetting(model);
  }

  /** Uses a file, folder, model of the hub or the sample vectors that need no download. */
  async use(setting: string): Promise<void> {
    if (this.isCurrent(setting)) {
      this.reload();
    } else {
      await this.settings.setModel(setting);
    }
  }

  /** Uses a model of the hub, which may be downloaded. */
  async download(model: HubModel, options: { readonly wholeFile?: boolean } = {}): Promise<void> {
    await this.approvals.approve(model, { wholeFile: options.wholeFile === true });
    await this.use(this.settingFor(model));
  }

  /** Agrees to the download that the question in the panel offers. */
  async downloadOffered(options: { readonly wholeFile: boolean }): Promise<void> {
    const { model } = this.settings;
    const offered = model === '' ? GPT2_SMALL : parseHubModelSetting(model);
    if (offered) {
      await this.approvals.approve(offered, options);
      this.reload();
    }
  }
}
