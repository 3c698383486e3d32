// Every process replaced, one after the other, under load: two of each behind a load balancer that repeats nothing. Asserts that no
// request of a platform or a reviewer fails, that everything sent is settled, and that every known text was ordered away once.
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { hashText } from "../../services/core/hashes/text/text-hash.ts";
import { eventTypes } from "../../services/core/wire/item-event.ts";
import { type SamplePlatform, startSamplePlatform } from "../../services/demo/sample-platform.ts";
import { createClosing } from "../../services/runtime/closing.ts";
import { type Balancer, startBalancer } from "../support/balancer.ts";
import { choosePassword, chosenPassword } from "../support/choose-password.ts";
import { eventually } from "../support/eventually.ts";
import { type Cluster, startCluster } from "../support/servers/start-cluster.ts";
import { type RoleName, type RoleProcess, roles } from "../support/servers/start-role-process.ts";

const source = "//forum.example";
const knownText = "a benign sentence in the role of a known text";
const closing = createClosing();
let cluster: Cluster;
let processes: readonly { readonly role: RoleName; readonly process: RoleProcess }[];
let sample: SamplePlatform;
let apiKey: string;
let password: string;
let intake: Balancer;
let review: Balancer;

beforeAll(async () => {
	cluster = closing.keep(await startCluster({ env: { BREAKWATER_LEAVE_MS: "1000", BREAKWATER_LOG_LEVEL: "warn" } }));
	sample = closing.keep(await startSamplePlatform(join(cluster.folder, "platform-port")));
	const added = (await cluster.cli("platform", "add", "forum", "--source", source, "--webhook", sample.url)) as {
		readonly apiKey: string;
		readonly webhookSecret: string;
	};
	apiKey = added.apiKey;
	sample.useSecret(added.webhookSecret);
	({ password } = (await cluster.cli("user", "add", "an", "--role", "reviewer")) as { readonly password: string });
	await cluster.cli("bank", "create", "known", "--category", "test-category", "--new-category", "--trusted");
	const rows = join(cluster.folder, "known.csv");
	await writeFile(rows, `type,hash\ntext,${Buffer.from(hashText(knownText) ?? []).toString("hex")}\n`);
	await cluster.cli("bank", "import", "known", rows);
	const twice = [...roles, ...roles];
	processes = await Promise.all(twice.map(async (role) => ({ role, process: await cluster.startRole(role) })));
	const urls = (wanted: RoleName) => processes.filter(({ role }) => role === wanted).map(({ process }) => process.url);
	intake = closing.keep(await startBalancer(urls("intake")));
	review = closing.keep(await startBalancer(urls("review")));
	await choosePassword(review.url, "an", password);
}, 240_000);
afterAll(async () => {
	await closing[Symbol.asyncDispose]();
}, 60_000);

test("no request fails, nothing is lost, nothing happens twice", async () => {
	const stop = new AbortController();
	const readOne = await reviewerOf();
	const posting = repeat(stop.signal, 25, postOne);
	const reading = repeat(stop.signal, 50, readOne);
	try {
		for (const { process } of processes) {
			await process.stop();
			await process.restart();
		}
	} finally {
		stop.abort();
	}
	const [posted, read] = await Promise.all([posting, reading]);
	expect(posted.failures).toEqual([]);
	expect(read.failures).toEqual([]);
	expect(posted.done).toBeGreaterThan(200);
	expect(read.done).toBeGreaterThan(100);

	const known = Math.floor(posted.done / 5);
	await eventually(() => sample.orders.size >= known, { withinMs: 60_000, everyMs: 100 });
	const subjects = [...sample.orders.values()].map(({ order }) => order.subject);
	expect(new Set(subjects).size).toBe(subjects.length);
	expect(subjects.length).toBe(known);
	expect(await cluster.cli("orders", "undelivered")).toEqual([]);
	expect(await cluster.cli("dead-letters", "list")).toEqual([]);
}, 280_000);

/** Calls every so often without waiting for the one before; failures are told by what they were. */
async function repeat(signal: AbortSignal, everyMs: number, call: (index: number) => Promise<void>) {
	const failures: string[] = [];
	const underWay = new Set<Promise<void>>();
	let done = 0;
	for (let index = 0; !signal.aborted; index += 1) {
		const task = call(index).then(
			() => {
				done += 1;
			},
			(error: unknown) => {
				failures.push(`${new Date().toISOString()} ${error instanceof Error ? error.message : "failed"}`);
			},
		);
		underWay.add(task);
		void task.then(() => underWay.delete(task));
		await new Promise((resolve) => setTimeout(resolve, everyMs));
	}
	await Promise.all(underWay);
	return { done, failures };
}

async function postOne(index: number): Promise<void> {
	const id = randomUUID();
	const text = index % 5 === 4 ? knownText : `an ordinary sentence, number ${index}`;
	const data = { text, authorId: "author", surface: "public" };
	const answer = await fetch(`${intake.url}/v1/events`, {
		method: "POST",
		headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/cloudevents+json" },
		body: JSON.stringify({
			...{ specversion: "1.0", type: eventTypes.postPublished, source, id, subject: `post/${id}` },
			data,
		}),
	});
	await answer.arrayBuffer();
	if (answer.status !== 202) throw new Error(`intake answered ${answer.status}`);
}

/** Logs in once; the session outlives every process. */
async function reviewerOf(): Promise<(index: number) => Promise<void>> {
	const login = await fetch(`${review.url}/api/session`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ login: "an", password: chosenPassword }),
	});
	expect(login.status).toBe(201);
	const cookie = (login.headers.get("set-cookie") ?? "").split(";", 1)[0] ?? "";
	return async (index) => {
		const path = index % 2 === 0 ? "/api/lanes" : "/api/cases";
		const answer = await fetch(`${review.url}${path}`, { headers: { cookie } });
		await answer.arrayBuffer();
		if (answer.status !== 200) throw new Error(`review answered ${answer.status} to ${path}`);
	};
}
