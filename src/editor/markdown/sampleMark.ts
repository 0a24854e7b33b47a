import { SAMPLE_NOTICE } from '../../protocol/sampleNotice';

/** Said wherever numbers of sample vectors stand in Markdown. Needs `supportHtml` and `supportThemeIcons`; its beaker warns as that of the panel does. */
export const SAMPLE_MARK = `<span style="color:var(--vscode-editorWarning-foreground);">$(beaker)</span> **${SAMPLE_NOTICE}**`;
