// The table at the end of a test run.

/**
 * @param {import('./runStep.mjs').StepResult[]} results
 * @param {number} seconds From the start to the end: less than the sum where steps ran beside each other.
 */
export function printSummary(results, seconds) {
  const width = Math.max(...results.map(({ name }) => name.length));
  console.log('');
  for (const { name, passed, failed, skipped, failures, seconds } of results) {
    const counts = formatCounts({ passed, failed, skipped });
    console.log(
      `${failed > 0 ? '✗' : '✓'} ${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${counts}`,
    );
    for (const failure of failures) {
      console.log(`    ${failure}`);
    }
  }
  console.log(`\nAll in ${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s.`);
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  // The last line of all: other programs read it.
  console.log(formatCounts({ passed: total('passed'), failed: total('failed'), skipped: total('skipped') }));
}

function formatCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
