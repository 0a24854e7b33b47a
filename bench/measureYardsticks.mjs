// node measureYardsticks.mjs <readBytes.wasm>: what the machine gives at this moment, whatever is measured: milliseconds of a plain loop and of
// a bare read of memory. Figures of two runs are compared as ratios to these, because machines differ and drift.
import fs from 'node:fs';
import { summarize, time } from './statistics.mjs';

const RUNS = 30;
const LOOP_NUMBERS = 4096;
const LOOP_ROUNDS = 1000;
/** As large as the codes of GPT-2's index, so that it does not fit into the caches of a processor's core. */
const READ_BYTES = 40 * 1024 * 1024;

const memory = new WebAssembly.Memory({
  initial: READ_BYTES / 65536 + 1,
  maximum: READ_BYTES / 65536 + 1,
  shared: true,
});
new Uint8Array(memory.buffer, 0, READ_BYTES).fill(1);
const module = new WebAssembly.Module(fs.readFileSync(process.argv[2]));
const { readBytes } = new WebAssembly.Instance(module, { env: { memory } }).exports;

const left = Float64Array.from({ length: LOOP_NUMBERS }, (_, i) => Math.sin(i));
const right = left.slice().reverse();
let sink = 0;

function loop() {
  for (let round = 0; round < LOOP_ROUNDS; round++) {
    let sum = 0;
    for (let i = 0; i < LOOP_NUMBERS; i++) {
      sum += left[i] * right[i];
    }
    sink += sum;
  }
}

const loops = [];
const reads = [];
for (let i = 0; i < RUNS; i++) {
  loops.push(await time(loop));
  reads.push(await time(() => (sink += readBytes(0, READ_BYTES))));
}
console.log(JSON.stringify({ loop: summarize(loops), read: summarize(reads), sink: sink === 0.5 }));
