/** Has the window use the sample vectors, and waits until they are there. */
export async function useSample(workbench) {
  await workbench.runCommand('Tokenscope: Use Sample Vectors');
  await workbench.statusItem('sample vectors').waitFor();
  // A theme is set by writing the settings anew: from now on with this one among them.
  workbench.changeSettings({ 'tokenscope.model': 'sample' });
  await workbench.dismissNotifications();
}
