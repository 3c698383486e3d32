// A platform that is slow, broken, full, gone, or not who it should be: its orders wait, and arrive under the ids they have.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { eventually } from "../../support/eventually.ts";
import { type Certificate, createCertificate } from "../create-certificate.ts";
import type { Behavior } from "../platform.ts";
import type { FaultContext, Scenario } from "../scenario.ts";
import type { Ground } from "../system.ts";
import type { Toxic } from "../toxiproxy.ts";

const profile = "cluster" as const;

const behaving =
	(behavior: Behavior, seconds: { readonly short: number; readonly full: number }) =>
	async ({ servers: { platform }, isFull }: FaultContext): Promise<number> => {
		const before = platform.requests();
		platform.behave(behavior);
		await wait((isFull ? seconds.full : seconds.short) * 1_000);
		platform.behave({ kind: "obey" });
		const times = platform.requests() - before;
		if (times === 0) throw new Error("no order met the fault");
		return times;
	};

const connected =
	(toxic: Toxic) =>
	async ({ servers: { proxies }, isFull }: FaultContext): Promise<number> => {
		const lift = await proxies.platform.poison(toxic);
		await wait(isFull ? 60_000 : 5_000);
		await lift();
		return 1;
	};

async function down({ servers: { proxies }, isFull }: FaultContext): Promise<number> {
	await proxies.platform.refuse();
	await wait(isFull ? 600_000 : 15_000);
	await proxies.platform.accept();
	return 1;
}

/** It asks to be left alone, and is: a few orders find that out, the others wait. */
async function retryAfter({ servers: { platform } }: FaultContext): Promise<number> {
	platform.behave({ kind: "refuse", status: 429, headers: { "retry-after": "4" } });
	const before = platform.requests();
	await eventually(() => platform.requests() > before, { withinMs: 30_000 });
	await wait(500);
	const settled = platform.requests();
	await wait(3_000);
	const during = platform.requests() - settled;
	platform.behave({ kind: "obey" });
	if (during > 0) throw new Error(`${during} orders came before the time that the platform had named`);
	return settled - before;
}

/** 410 is final: the orders are put before people, who send them again. */
async function gone({ servers: { platform }, system }: FaultContext): Promise<number> {
	platform.behave({ kind: "refuse", status: 410 });
	const undelivered = async () => {
		const [row] = await system.record.query("SELECT count(*) AS count FROM orders WHERE state = 'undelivered'");
		return Number(row?.count);
	};
	await eventually(async () => (await undelivered()) >= 5, { withinMs: 60_000, everyMs: 200 });
	platform.behave({ kind: "obey" });
	// An answer of 410 may still be on its way.
	await wait(1_000);
	const answer = await system.cli("orders", "replay", "--all");
	return z.object({ replayed: z.number() }).parse(answer).replayed;
}

/** A webhook over TLS with a certificate that nobody trusts and that names another host; then with the right one. */
async function wrongCertificate({ servers, system, isFull }: FaultContext): Promise<number> {
	const [wrong, right] = await Promise.all([
		createCertificate(servers.folder, "DNS:other.example"),
		readCertificate(servers.folder),
	]);
	const port = await servers.platform.serveTls(wrong);
	const [row] = await system.record.query("SELECT webhook_url AS url FROM platforms WHERE source = $1", [
		system.source,
	]);
	const lead = (url: unknown) =>
		system.record.query("UPDATE platforms SET webhook_url = $1 WHERE source = $2", [url, system.source]);
	const before = servers.platform.told().length;
	await lead(`https://127.0.0.1:${port}/orders`);
	// Takedown may have looked a moment ago, and what is under way ends.
	await wait(3_500);
	const atStart = servers.platform.told().length;
	await wait(isFull ? 60_000 : 4_000);
	const trusted = servers.platform.told().length - atStart;
	await servers.platform.serveTls(right);
	await eventually(() => servers.platform.told().length > Math.max(before, atStart), { withinMs: 90_000 });
	await lead(row?.url);
	if (trusted > 0) throw new Error(`${trusted} orders were given to somebody with a wrong certificate`);
	return 1;
}

async function trustOwnCertificate({ servers: { folder } }: Ground) {
	const right = await createCertificate(folder, "IP:127.0.0.1");
	await writeFile(join(folder, "right.json"), JSON.stringify(right));
	return { env: { NODE_EXTRA_CA_CERTS: right.certFile }, [Symbol.asyncDispose]: async () => undefined };
}

async function readCertificate(folder: string): Promise<Certificate> {
	const text = await readFile(join(folder, "right.json"), "utf8");
	return z.object({ key: z.string(), cert: z.string(), certFile: z.string() }).parse(JSON.parse(text));
}

/** The queue lies in PostgreSQL there: its retries are other code. */
const embedded: readonly Scenario[] = [
	{
		name: "platform-late-embedded",
		fault: "Platform: obeys, answers after our timeout",
		profile: "embedded",
		inflict: behaving({ kind: "answer-late", afterMs: 3_500 }, { short: 5, full: 60 }),
	},
	{
		name: "platform-500-embedded",
		fault: "Platform: answers 500",
		profile: "embedded",
		inflict: behaving({ kind: "refuse", status: 500 }, { short: 5, full: 60 }),
	},
	{
		name: "platform-410-embedded",
		fault: "Platform: answers 410; replayed by a person",
		profile: "embedded",
		inflict: gone,
	},
	{
		name: "platform-down-embedded",
		fault: "Platform: down (600 s; short 15 s)",
		profile: "embedded",
		inflict: down,
	},
];

export const platform: readonly Scenario[] = [
	{
		name: "platform-slow",
		fault: "Platform: every answer takes 1.5 s",
		profile,
		inflict: connected({ type: "latency", attributes: { latency: 1_500, jitter: 200 } }),
	},
	{
		name: "platform-late",
		fault: "Platform: obeys, answers after our timeout",
		profile,
		inflict: behaving({ kind: "answer-late", afterMs: 3_500 }, { short: 5, full: 60 }),
	},
	{
		name: "platform-hangs-up",
		fault: "Platform: obeys, hangs up without an answer",
		profile,
		inflict: behaving({ kind: "hang-up" }, { short: 5, full: 60 }),
	},
	{
		name: "platform-reset",
		fault: "Platform: connections reset",
		profile,
		inflict: connected({ type: "reset_peer", attributes: { timeout: 0 } }),
	},
	{
		name: "platform-500",
		fault: "Platform: answers 500",
		profile,
		inflict: behaving({ kind: "refuse", status: 500 }, { short: 5, full: 60 }),
	},
	{ name: "platform-429", fault: "Platform: answers 429 with Retry-After", profile, inflict: retryAfter },
	{ name: "platform-410", fault: "Platform: answers 410; replayed by a person", profile, inflict: gone },
	{
		name: "platform-certificate",
		fault: "Platform: wrong certificate",
		profile,
		conditions: trustOwnCertificate,
		inflict: wrongCertificate,
	},
	{ name: "platform-down", fault: "Platform: down (600 s; short 15 s)", profile, inflict: down },
	...embedded,
];
