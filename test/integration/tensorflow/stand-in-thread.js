// An inference thread that speaks the real protocol but has no model: each picture's first byte says how to behave, so that
// a test can order a hang or a crash as it would come from a real backend.
import { parentPort, threadId, workerData } from "node:worker_threads";

const behaviors = { answer: 0, die: 1, hang: 2, leak: 3, grow: 4, fail: 5, hoard: 6 };
let usage = { tensors: 10, bytes: 1000 };

parentPort.on("message", ({ batch, count, rgb }) => {
	const behavior = rgb[0];
	if (behavior === behaviors.die) process.exit(1);
	if (behavior === behaviors.hang) for (;;);
	if (behavior === behaviors.hoard) for (const hoard = []; ; ) hoard.push(new Array(1_000).fill(batch));
	if (behavior === behaviors.fail) {
		parentPort.postMessage({ kind: "failed", batch, message: "stand-in" });
		return;
	}
	if (behavior === behaviors.leak) usage = { ...usage, tensors: usage.tensors + 1 };
	if (behavior === behaviors.grow) usage = { ...usage, bytes: usage.bytes * 1_000_000 };
	const outputs = Float32Array.from(Array.from({ length: count }, () => [count, threadId]).flat());
	parentPort.postMessage({ kind: "scored", batch, outputs, usage });
});

if (workerData?.diesAtOnce) process.exit(1);
if (workerData?.idleMs !== undefined) setTimeout(() => process.exit(1), workerData.idleMs);
parentPort.postMessage({ kind: "ready", backend: "cpu", usage, passedOver: [] });
