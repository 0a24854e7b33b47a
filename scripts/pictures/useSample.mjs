/** Has the window use the sample vectors, and waits until they are there. */
export async function useSample(workbench) {
  workbench.changeSettings({ 'tokenscope.model': 'sample' });
  await workbench.runCommand('Tokenscope: Load Embeddings…');
  await workbench.statusItem('sample vectors').waitFor();
  await workbench.dismissNotifications();
}
