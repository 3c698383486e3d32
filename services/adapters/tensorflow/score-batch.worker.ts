// Runs in a worker thread: opens the first backend that works, proves it with one picture, then answers batches.
import { parentPort, workerData } from "node:worker_threads";
import { givenSize } from "../../core/scoring/model-registry.ts";
import type { Backend } from "./backend.ts";
import type { Network } from "./conversion/network.ts";
import { readNetwork, toNetworkInput } from "./model-input.ts";
import type { BatchMessage, PassedOver, ThreadMessage, ThreadOrder, ThreadStart } from "./thread-messages.ts";

const start: ThreadStart = workerData;
const { model } = start;
const port = parentPort;
if (port === null) throw new Error("this file runs only as a worker thread");
const tell = (message: ThreadMessage) => port.postMessage(message);

async function openBackend(kind: ThreadStart["backends"][number]): Promise<Backend> {
	const network = (): Network => readNetwork(model, start.topology, start.weights);
	// Only what this backend needs is loaded: each brings a TensorFlow.js of its own.
	if (kind === "node") {
		const { openNodeBackend } = await import("./open-node-backend.ts");
		return openNodeBackend(model, start.savedModelsDir, network);
	}
	if (kind === "onnx") {
		const { openOnnxBackend } = await import("./open-onnx-backend.ts");
		return openOnnxBackend(network());
	}
	const { openWasmBackend } = await import("./open-wasm-backend.ts");
	return openWasmBackend(network(), kind);
}

async function openFirst(): Promise<void> {
	const passedOver: PassedOver[] = [];
	for (const kind of start.backends) {
		try {
			const backend = await openBackend(kind);
			// The first run allocates and compiles; what is held after it is what may be held after every batch.
			const output = await backend.predict(toNetworkInput(testPicture(givenSize(model.input)), model.input), 1);
			if (output.length !== model.labels.length) throw new Error("the output does not fit the labels");
			port?.on("message", (order: ThreadOrder) => (order === "end" ? process.exit() : void answer(backend, order)));
			tell({ kind: "ready", backend: kind, usage: backend.usage(), passedOver });
			return;
		} catch (error) {
			passedOver.push({ backend: kind, message: error instanceof Error ? error.message.slice(0, 300) : "unknown" });
		}
	}
	tell({ kind: "unusable", passedOver });
}

async function answer(backend: Backend, { batch, count, rgb }: BatchMessage): Promise<void> {
	try {
		const outputs = await backend.predict(toNetworkInput(rgb, model.input), count);
		tell({ kind: "scored", batch, outputs, usage: backend.usage() });
	} catch (error) {
		tell({ kind: "failed", batch, message: error instanceof Error ? error.name : "unknown" });
	}
}

/** A ramp from dark to light. */
function testPicture(size: number): Uint8Array {
	return Uint8Array.from({ length: size * size * 3 }, (_, at) => Math.floor(at / (size * 3)) % 256);
}

await openFirst();
