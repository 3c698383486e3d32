// The embedded profile as an operator runs it, killed in the middle of its work and started again: nothing is lost, nothing is
// ordered twice. Real processes, the embedded PostgreSQL in a folder of their own.
import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { hashText } from "../../services/core/hashes/text/text-hash.ts";
import { eventTypes } from "../../services/core/wire/item-event.ts";
import { type SamplePlatform, startSamplePlatform } from "../../services/demo/sample-platform.ts";
import { freePort } from "../../services/runtime/free-port.ts";
import { command, type RunningProcess, startRoles } from "../load/pipeline/processes.ts";
import { commandWith } from "../support/cli-in-process.ts";
import { eventually } from "../support/eventually.ts";

const knownText = "a benign sentence in the role of a known text";
let folder: string;
let env: Record<string, string>;
let sample: SamplePlatform;
let running: RunningProcess;
const start = () =>
	startRoles({
		roles: "intake,detector,takedown,review",
		env,
		readyUrl: `http://127.0.0.1:${env.BREAKWATER_INTAKE_PORT}`,
		logFile: join(folder, "log"),
		profileFolder: null,
	});

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "breakwater-resume-"));
	await chmod(folder, 0o711);
	const ports = await Promise.all(
		["INTAKE", "DETECTOR", "TAKEDOWN", "REVIEW"].map(async (role) => [
			`BREAKWATER_${role}_PORT`,
			String(await freePort()),
		]),
	);
	env = {
		BREAKWATER_DATA_DIR: join(folder, "data"),
		BREAKWATER_MODEL_BACKEND: "off",
		BREAKWATER_WEBHOOK_PRIVATE_ADDRESSES: "true",
		BREAKWATER_RECONCILE_AFTER_MS: "3000",
		...Object.fromEntries(ports),
	};
	sample = await startSamplePlatform(join(folder, "platform-port"));
}, 60_000);
afterAll(async () => {
	await running?.[Symbol.asyncDispose]();
	await sample[Symbol.asyncDispose]();
	await rm(folder, { recursive: true, force: true });
});

test("killed at work and started again, it ends what it had begun: every known text withheld, each under one order", async () => {
	running = await start();
	const source = "//forum.example";
	const added = (await commandWith(env, "platform", "add", "forum", "--source", source, "--webhook", sample.url)) as {
		apiKey: string;
		webhookSecret: string;
	};
	sample.useSecret(added.webhookSecret);
	await commandWith(env, "bank", "create", "known", "--category", "test", "--new-category", "--trusted");
	const list = join(folder, "known.csv");
	await writeFile(list, `type,hash\ntext,${Buffer.from(hashText(knownText) ?? []).toString("hex")}\n`);
	await commandWith(env, "bank", "import", "known", list);

	const sent: string[] = [];
	const send = async (count: number) => {
		const events = Array.from({ length: count }, () => {
			const id = randomUUID();
			const data = { text: knownText, authorId: "a", surface: "public" };
			return {
				specversion: "1.0",
				type: eventTypes.postPublished,
				source,
				id,
				subject: `post/${id}`,
				time: new Date().toISOString(),
				data,
			};
		});
		const response = await fetch(`http://127.0.0.1:${env.BREAKWATER_INTAKE_PORT}/v1/events`, {
			method: "POST",
			headers: { authorization: `Bearer ${added.apiKey}`, "content-type": "application/json" },
			body: JSON.stringify(events),
		});
		expect(response.status).toBe(202);
		sent.push(...events.map(({ subject }) => subject));
	};
	const subjects = () => new Set([...sample.orders.values()].map(({ order }) => order.subject));

	for (let round = 0; round < 2; round += 1) {
		await send(120);
		// Some of them are through, most are not.
		await eventually(() => subjects().size > round * 120 + 5, { withinMs: 30_000, everyMs: 2 });
		await running.kill();
		running = await start();
	}
	await eventually(() => expect(subjects().size).toBe(sent.length), { withinMs: 60_000, everyMs: 100 });
	expect(sample.orders.size).toBe(sent.length);
	expect(await commandWith(env, "dead-letters", "list")).toEqual([]);
	expect(await commandWith(env, "orders", "undelivered")).toEqual([]);
}, 180_000);

test("told to stop, it drains and leaves no server behind; a command can still use the data folder afterwards", async () => {
	await running[Symbol.asyncDispose]();
	const users = await command(["user", "list"], env);
	expect(users).toEqual([]);
	await expect(fetch(`http://127.0.0.1:${env.BREAKWATER_REVIEW_PORT}/live`)).rejects.toThrow();
}, 60_000);
