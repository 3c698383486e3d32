import { createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { BreakwaterError } from "../../../services/core/errors.ts";
import { createClosing } from "../../../services/runtime/closing.ts";
import { checkParts, type Runnable, runUntilStopped, together } from "../../../services/runtime/lifecycle.ts";
import { createLimiter } from "../../../services/runtime/limiter.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";

function part(name: string, log: string[], fails: { start?: boolean; dispose?: boolean } = {}): Runnable {
	return {
		name,
		async start() {
			log.push(`start ${name}`);
			if (fails.start === true) throw new Error(`${name} does not start`);
		},
		health: async () => ({ isReady: true, parts: { self: "ok" } }),
		async [Symbol.asyncDispose]() {
			log.push(`stop ${name}`);
			if (fails.dispose === true) throw new Error(`${name} does not stop`);
		},
	};
}
const options = { logger: silentLogger, drainMs: 1_000 };

describe("a process", () => {
	test("runs until its work is done, then stops its parts in reverse, with the work's exit code", async () => {
		const log: string[] = [];
		const both = together("both", [part("a", log), part("b", log)]);
		expect(await runUntilStopped(both, { ...options, until: Promise.resolve(3) })).toBe(3);
		expect(log).toEqual(["start a", "start b", "stop b", "stop a"]);
	});

	test("drains on SIGTERM and exits with 0", async () => {
		const log: string[] = [];
		const ended = runUntilStopped(part("a", log), options);
		await new Promise((resolve) => setImmediate(resolve));
		process.emit("SIGTERM", "SIGTERM");
		expect(await ended).toBe(0);
		expect(log).toEqual(["start a", "stop a"]);
	});

	test("that does not start stops what had started, and exits with 1", async () => {
		const log: string[] = [];
		expect(await runUntilStopped(together("both", [part("a", log), part("b", log, { start: true })]), options)).toBe(1);
		expect(log).toEqual(["start a", "start b", "stop b", "stop a"]);
	});
});

describe("whoever starts a process by hand is told in one sentence why it did not start", () => {
	const said: string[] = [];
	const original = process.stderr.write.bind(process.stderr);
	beforeEach(() => {
		said.length = 0;
		process.stderr.write = ((text: string) => said.push(text) > 0) as typeof process.stderr.write;
	});
	afterEach(() => {
		process.stderr.write = original;
	});
	const listening = (host: string, port: number): Runnable => ({
		...part("server", []),
		async start() {
			const server = createServer();
			await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
			server.close();
		},
	});

	test("a port that is taken", async () => {
		const other = createServer();
		await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
		const address = other.address();
		const port = typeof address === "object" && address !== null ? address.port : 0;
		await runUntilStopped(listening("127.0.0.1", port), { ...options, optionOfPort: () => "--port" });
		other.close();
		expect(said).toEqual([`breakwater: port ${port} is taken; choose another with --port\n`]);
	});

	test("an address that is not of this machine", async () => {
		await runUntilStopped(listening("203.0.113.9", 0), options);
		expect(said).toEqual([expect.stringMatching(/^breakwater: .*203\.0\.113\.9.*; see BREAKWATER_HOST/)]);
	});

	test("whatever else", async () => {
		await runUntilStopped(together("both", [part("a", []), part("b", [], { start: true, dispose: true })]), options);
		expect(said).toEqual(["breakwater: b does not start\n"]);
	});

	test("and nothing once it runs: then the log says what fails", async () => {
		await runUntilStopped(part("a", [], { dispose: true }), { ...options, until: Promise.resolve(0) });
		expect(said).toEqual([]);
	});
});

describe("closing", () => {
	test("one part that cannot be closed does not keep the others open", async () => {
		const log: string[] = [];
		const closing = createClosing();
		for (const [name, dispose] of [
			["a", false],
			["b", true],
			["c", false],
		] as const)
			closing.keep(part(name, log, { dispose }));
		await expect(closing[Symbol.asyncDispose]()).rejects.toThrow(AggregateError);
		expect(log).toEqual(["stop c", "stop b", "stop a"]);
	});
});

describe("readiness", () => {
	test("names the part that is not ready, and why", async () => {
		const health = await checkParts({
			record: async () => undefined,
			stream: () => {
				throw new Error("not subscribed");
			},
		});
		expect(health).toEqual({ isReady: false, parts: { record: "ok", stream: "not subscribed" } });
	});

	test("a part that the process can do without is named, and takes nothing else away", async () => {
		const away = () => {
			throw new Error("no answer");
		};
		const health = await checkParts({ record: async () => undefined }, { stream: away });
		expect(health).toEqual({ isReady: true, parts: { record: "ok", stream: "no answer" } });
		expect((await checkParts({ record: away }, { stream: async () => undefined })).isReady).toBe(false);
	});

	test("what is away is said to whoever operates it: by the system's code, and without its address", async () => {
		const refused = Object.assign(new Error("connect ECONNREFUSED 10.0.0.7:5432"), { code: "ECONNREFUSED" });
		const { parts } = await checkParts({
			record: () => {
				throw new BreakwaterError("store-unavailable", { cause: refused });
			},
			stream: () => {
				throw new BreakwaterError("stream-unavailable", { cause: new Error(`Connection error: ${refused.message}`) });
			},
			media: () => {
				throw new BreakwaterError("store-unavailable", { detail: "the media store cannot be used now" });
			},
		});
		expect(parts).toEqual({
			record: "cannot be reached (ECONNREFUSED)",
			stream: "cannot be reached (ECONNREFUSED)",
			media: "the media store cannot be used now",
		});
	});
});

test("whoever starts a process whose stream is away reads what to look at, and not to send something again", async () => {
	const { write } = process.stderr;
	let said = "";
	process.stderr.write = (text: string | Uint8Array) => {
		said += String(text);
		return true;
	};
	const refused = new Error("SASL SCRAM SHA512 authentication failed");
	const failing: Runnable = {
		name: "failing",
		start: () => Promise.reject(new BreakwaterError("stream-unavailable", { cause: refused })),
		health: async () => ({ isReady: false, parts: {} }),
		[Symbol.asyncDispose]: async () => undefined,
	};
	try {
		expect(await runUntilStopped(failing, { logger: silentLogger, drainMs: 1_000 })).toBe(1);
	} finally {
		process.stderr.write = write;
	}
	expect(said).toMatch(/the stream cannot be reached.*SCRAM.*BREAKWATER_KAFKA_/);
});

test("a limiter lets no more tasks run than it has places, and frees a place that failed", async () => {
	const limit = createLimiter(2);
	let running = 0;
	let most = 0;
	const tasks = Array.from({ length: 10 }, (_, index) =>
		limit(async () => {
			running += 1;
			most = Math.max(most, running);
			await new Promise((resolve) => setImmediate(resolve));
			running -= 1;
			if (index % 3 === 0) throw new Error("task failed");
		}),
	);
	const outcomes = await Promise.allSettled(tasks);
	expect(most).toBe(2);
	expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(6);
});
