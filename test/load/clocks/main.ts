// A million random timelines against the reference: `npm run check:clocks`, `-- --from SEED --count N`. Exits 1 where one disagrees.
import { parseArgs } from "node:util";
import { disagreement } from "./timelines.ts";

const { values } = parseArgs({
	options: { from: { type: "string", default: "1" }, count: { type: "string", default: "1000000" } },
});
const from = Number(values.from);
const count = Number(values.count);
const startedMs = performance.now();
let failed = 0;
for (let seed = from; seed < from + count; seed += 1) {
	const said = disagreement(seed);
	if (said === null) continue;
	failed += 1;
	if (failed <= 10) console.log(said);
}
console.log(`${count} timelines in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
console.log(`${count - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
