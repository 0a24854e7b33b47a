import type * as vscode from 'vscode';
import { SurpriseMarks } from './surpriseMarks';
import type { SurpriseServices } from './surpriseServices';

/** Marks what is costly or odd for the tokenizer while the setting is on. While it is off it only waits for the setting to change. */
export class SurpriseDiagnostics implements vscode.Disposable {
  private marks: SurpriseMarks | undefined;
  private readonly listener: vscode.Disposable;

  constructor(private readonly services: SurpriseServices) {
    this.listener = services.settings.onDidChange(['surprises'], () => {
      this.update();
    });
    this.update();
  }

  /** Whether anything listens or is marked. */
  get isOn(): boolean {
    return this.marks !== undefined;
  }

  dispose(): void {
    this.listener.dispose();
    this.stop();
  }

  private update(): void {
    if (this.services.settings.surprises.size === 0) {
      this.stop();
    } else if (this.marks) {
      this.marks.restart();
    } else {
      this.marks = new SurpriseMarks(this.services);
    }
  }

  private stop(): void {
    this.marks?.dispose();
    this.marks = undefined;
  }
}
