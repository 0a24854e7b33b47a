/** Has the window use the sample vectors, and waits until they are there. */
export async function useSample(workbench) {
  await workbench.runCommand('Tokenscope: Use Sample Vectors');
  await workbench.statusItem('sample vectors').waitFor();
  await workbench.dismissNotifications();
}
