// What infra/operations/backup.md tells an operator to do with the embedded profile, done: the data folder kept while nothing runs, lost,
// and put back. Real processes, the embedded PostgreSQL in a folder of its own.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { hashText } from "../../services/core/hashes/text/text-hash.ts";
import { eventTypes } from "../../services/core/wire/item-event.ts";
import { type SamplePlatform, startSamplePlatform } from "../../services/demo/sample-platform.ts";
import { freePort } from "../../services/runtime/free-port.ts";
import { command, type RunningProcess, startRoles } from "../load/pipeline/processes.ts";
import { commandWith } from "../support/cli-in-process.ts";
import { eventually } from "../support/eventually.ts";

const knownText = "a benign sentence in the role of a known text";
const source = "//forum.example";
let folder: string;
let env: Record<string, string>;
let sample: SamplePlatform;
let running: RunningProcess | null = null;
const start = async () => {
	running = await startRoles({
		roles: "intake,detector,takedown,review",
		env,
		readyUrl: `http://127.0.0.1:${env.BREAKWATER_INTAKE_PORT}`,
		logFile: join(folder, "log"),
		profileFolder: null,
	});
};
/** With its owners, as the page says: the database refuses a folder of another's. */
const copy = (from: string, to: string) => promisify(execFile)("cp", ["-a", join(folder, from), join(folder, to)]);
const stop = async () => {
	await running?.[Symbol.asyncDispose]();
	running = null;
};

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "breakwater-backup-"));
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
		...Object.fromEntries(ports),
	};
	sample = await startSamplePlatform(join(folder, "platform-port"));
}, 60_000);
afterAll(async () => {
	await stop();
	await sample[Symbol.asyncDispose]();
	await rm(folder, { recursive: true, force: true });
});

test("what was kept comes back as it was; what platforms send again is not ordered again, and what came after the backup is", async () => {
	await start();
	const added = (await commandWith(env, "platform", "add", "forum", "--source", source, "--webhook", sample.url)) as {
		apiKey: string;
		webhookSecret: string;
	};
	sample.useSecret(added.webhookSecret);
	await commandWith(env, "bank", "create", "known", "--category", "other", "--trusted");
	const list = join(folder, "known.csv");
	await writeFile(list, `type,hash\ntext,${Buffer.from(hashText(knownText) ?? []).toString("hex")}\n`);
	await commandWith(env, "bank", "import", "known", list);

	const newEvents = (count: number) =>
		Array.from({ length: count }, () => {
			const id = randomUUID();
			const data = { text: knownText, authorId: "a", surface: "public" };
			const time = new Date().toISOString();
			return { specversion: "1.0", type: eventTypes.postPublished, source, id, subject: `post/${id}`, time, data };
		});
	const send = async (events: readonly object[]) => {
		const response = await fetch(`http://127.0.0.1:${env.BREAKWATER_INTAKE_PORT}/v1/events`, {
			method: "POST",
			headers: { authorization: `Bearer ${added.apiKey}`, "content-type": "application/json" },
			body: JSON.stringify(events),
		});
		expect(response.status).toBe(202);
	};
	const orders = () => [...sample.orders.values()].map(({ order }) => order);
	const ordered = (events: readonly { readonly subject: string }[]) =>
		eventually(
			() => expect(new Set(orders().map(({ subject }) => subject))).toEqual(new Set(events.map((one) => one.subject))),
			{ withinMs: 60_000, everyMs: 50 },
		);

	const before = newEvents(40);
	await send(before);
	await ordered(before);

	await stop();
	await copy("data", "backup");
	await commandWith(env, "bank", "create", "made-later", "--category", "other");
	await rm(join(folder, "data"), { recursive: true });
	await command(["migrate"], env);
	expect(await commandWith(env, "bank", "list")).toEqual([]);
	await rm(join(folder, "data"), { recursive: true });
	await copy("backup", "data");
	await start();

	expect(await commandWith(env, "bank", "list")).toMatchObject([{ name: "known", entryCount: 1 }]);
	const after = newEvents(10);
	await send([...before, ...after]);
	await ordered([...before, ...after]);
	expect(sample.orders.size).toBe(before.length + after.length);
	expect(new Set(orders().map(({ subject, version }) => `${subject} ${version}`)).size).toBe(sample.orders.size);
	expect(await commandWith(env, "dead-letters", "list")).toEqual([]);
	expect(await commandWith(env, "jobs", "list", "--until", "0s")).toEqual([]);
}, 240_000);
