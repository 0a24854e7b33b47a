export function introduction({ date, machine, versions }) {
  return `# Benchmarks

Made by \`npm run bench\` on ${date.slice(0, 10)}; do not edit. Raw figures: \`bench/results/latest.json\`.

Machine: ${machine.processor}, ${machine.processors} processors, ${machine.memoryGigabytes} GB memory, ${machine.system}.
Node ${versions.node}, V8 ${versions.v8}. Load of the machine before the run: ${machine.loadAverage.toFixed(2)}.${hugePages(machine)}

All matrices are generated, for real GPT-2 weights cannot be had on this machine: 50,257 × 768 F32, with the mean cosine, the clusters, the
outlier dimensions and the clump of hardly trained rows that are known of GPT-2 small (\`bench/likeGpt2.mjs\`), or the test checkpoint of 548 MB
laid out as GPT-2 small's. Files are in the page cache. Queries: one token, a mean of two, a formula of three, in turn; seeded. All times in
milliseconds; one run of everything, warm-up left out. On a shared machine look at ratios, not at times.
`;
}

function hugePages({ hugePages: mode }) {
  return mode === undefined ? '' : ` Transparent huge pages: ${mode}.`;
}
