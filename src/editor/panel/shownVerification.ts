import type { VerificationView } from '../../protocol/panelSnapshot';

/** What Verify Similarity found for the list that is shown, if anything: it goes with the list, also where it arrives after it. */
export class ShownVerification {
  private found: VerificationView | undefined;
  /** Counts the lists that were shown. */
  private list = 0;

  get view(): VerificationView | undefined {
    return this.found;
  }

  /** Another list is shown, or the same with other rows. */
  begin(): void {
    this.list++;
    this.found = undefined;
  }

  close(): void {
    this.found = undefined;
  }

  /**
   * @param find Gives undefined where the user canceled.
   * @returns Whether what was found is of the list that is shown by then, and so is shown.
   * @throws Whatever `find` fails with.
   */
  async take(find: () => Promise<VerificationView | undefined>): Promise<boolean> {
    const { list } = this;
    const found = await find();
    if (!found || list !== this.list) {
      return false;
    }
    this.found = found;
    return true;
  }
}
