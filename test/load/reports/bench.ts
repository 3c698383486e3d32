// Many report at once: on the portal's form, as browsers without scripts do, and with a key over HTTP. Then bots flood the form from a hundred
// networks, while people report from others. `npm run bench:reports`.
import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { freePort } from "../../../services/runtime/free-port.ts";
import { type PortalVisitor, visitPortal } from "../../support/portal-visitor.ts";
import { command, startRoles } from "../pipeline/processes.ts";
import { quantile } from "../quantile.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";

const usage = `npm run bench:reports -- [options]

  --seconds N  of each part: with a key, on the form, with bots (60)
  --rate N     reports a second, of the first two parts (200)
  --bots N     reports a second that bots try in the third (200)
  --cpu-prof DIR  profile every process of ours
  --json       print one JSON object`;

const values = readOptions(usage, {
	seconds: { type: "string", default: "60" },
	rate: { type: "string", default: "200" },
	bots: { type: "string", default: "200" },
	"cpu-prof": { type: "string" },
	json: { type: "boolean", default: false },
});
const say = (text: string) => void process.stderr.write(`${text}\n`);
const seconds = Number(values.seconds);
const rate = Number(values.rate);
const botNetworks = 100;
const peoplePerSecond = 4;

process.exitCode = await main();

async function main(): Promise<number> {
	const folder = await mkdtemp(join(tmpdir(), "breakwater-bench-reports-"));
	// As root, the embedded database runs as another user, who must be able to get in.
	await chmod(folder, 0o711);
	try {
		const [portalPort, intakePort, takedownPort] = [await freePort(), await freePort(), await freePort()];
		const portal = `http://127.0.0.1:${portalPort}`;
		const env = {
			BREAKWATER_DATA_DIR: join(folder, "data"),
			BREAKWATER_LOG_LEVEL: "warn",
			BREAKWATER_TRUSTED_PROXIES: "127.0.0.1",
			BREAKWATER_PORTAL_PORT: String(portalPort),
			BREAKWATER_INTAKE_PORT: String(intakePort),
			BREAKWATER_TAKEDOWN_PORT: String(takedownPort),
		};
		say("starting");
		const taking = { roles: "portal,intake", env, readyUrl: portal, logFile: join(folder, "portal.log") };
		await using _taking = await startRoles({ ...taking, profileFolder: values["cpu-prof"] ?? null });
		const gathering = { roles: "takedown", env, readyUrl: `http://127.0.0.1:${takedownPort}` };
		await using _gathering = await startRoles({
			...gathering,
			logFile: join(folder, "takedown.log"),
			profileFolder: values["cpu-prof"] ?? null,
		});
		const keys = await Promise.all(["first", "second"].map((name) => addReporter(name, env)));
		const figures = [
			...(await withKey(`http://127.0.0.1:${intakePort}`, keys)),
			...(await onForm(portal)),
			...(await besideBots(portal)),
		];
		return report(`reports: ${rate}/s for ${seconds} s, each way`, figures, values.json);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** An address in twenty is one that many name. */
function addressOf(index: number): string {
	return `https://forum.example/posts/${index % 20 === 0 ? "one" : randomUUID()}`;
}

async function addReporter(name: string, env: Readonly<Record<string, string>>): Promise<string> {
	const added = await command(["reporter", "add", name, "--kind", "hotline"], env);
	return z.object({ apiKey: z.string() }).parse(added).apiKey;
}

/** Of two hotlines: one may report 200 times a second and no more. */
async function withKey(intake: string, keys: readonly string[]): Promise<readonly Figure[]> {
	say("with a key");
	const sent = await pace(rate, async (index) => {
		const notice = {
			reference: randomUUID(),
			about: "other",
			addresses: [addressOf(index)],
			why: "…",
			goodFaith: true,
		};
		const body = JSON.stringify({ reports: [notice] });
		const headers = { authorization: `Bearer ${keys[index % keys.length]}`, "content-type": "application/json" };
		const response = await fetch(`${intake}/v1/reports`, { method: "POST", headers, body });
		await response.arrayBuffer();
		return response.status === 202;
	});
	return delayFigures("with a key, until it is durable", sent, 300);
}

async function onForm(portal: string): Promise<readonly Figure[]> {
	say("on the form");
	const shown: number[] = [];
	const sent = await pace(rate, async (index, restart) => {
		const opened = performance.now();
		const visitor = visitPortal(portal);
		const form = await visitor.openForm();
		shown.push(performance.now() - opened);
		restart();
		return await hasReceipt(visitor, form, index);
	});
	return [
		{ name: "on the form, until it is shown: p95", value: quantile(shown, 0.95), unit: "ms", aim: null },
		...delayFigures("on the form, from sending it to the receipt", sent, 300),
	];
}

async function besideBots(portal: string): Promise<readonly Figure[]> {
	say("beside bots");
	const networks = Array.from({ length: botNetworks }, () => visitPortal(portal));
	const bots = pace(Number(values.bots), async (index) => {
		const bot = networks[index % networks.length] ?? visitPortal(portal);
		return await hasReceipt(bot, await bot.openForm(), index);
	});
	const people = await pace(peoplePerSecond, async (index, restart) => {
		const visitor = visitPortal(portal);
		const form = await visitor.openForm();
		restart();
		return await hasReceipt(visitor, form, index);
	});
	const { delaysMs: taken, failed: refused } = await bots;
	return [
		...delayFigures("of a person beside bots, to the receipt", people, 1_000),
		{ name: "of bots, taken", value: taken.length, unit: "", aim: null },
		{ name: "of bots, refused", value: refused, unit: "", aim: null },
	];
}

async function hasReceipt(visitor: PortalVisitor, form: string, index: number): Promise<boolean> {
	const fields = { about: "other", danger: "no", addresses: addressOf(index), form };
	return (await visitor.post("/report", fields)).receipt !== null;
}

interface Paced {
	/** Of those that were taken. */
	readonly delaysMs: readonly number[];
	readonly failed: number;
}

/**
 * Begins so many a second, however long each takes. Time counts from when one was due, so that waiting is never left out; `restart`
 * counts anew from now on.
 */
async function pace(perSecond: number, run: (index: number, restart: () => void) => Promise<boolean>): Promise<Paced> {
	const delaysMs: number[] = [];
	let failed = 0;
	const started = performance.now();
	const running: Promise<void>[] = [];
	for (let index = 0; index < perSecond * seconds; index += 1) {
		let from = started + (index * 1_000) / perSecond;
		const early = from - performance.now();
		if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
		const restart = () => {
			from = performance.now();
		};
		running.push(
			run(index, restart)
				.catch(() => false)
				.then((isTaken) => {
					if (isTaken) delaysMs.push(performance.now() - from);
					else failed += 1;
				}),
		);
	}
	await Promise.all(running);
	return { delaysMs, failed };
}

function delayFigures(what: string, { delaysMs, failed }: Paced, p95AtMostMs: number): readonly Figure[] {
	return [
		...([0.5, 0.95, 0.99] as const).map(
			(share): Figure => ({
				name: `${what}: p${share * 100}`,
				value: quantile(delaysMs, share),
				unit: "ms",
				aim: share === 0.95 ? { atMost: p95AtMostMs, of: "value" } : null,
			}),
		),
		{ name: `${what}: taken`, value: delaysMs.length / seconds, unit: "/s", aim: null },
		{ name: `${what}: not taken`, value: failed, unit: "", aim: { atMost: 0, of: "value" } },
	];
}
