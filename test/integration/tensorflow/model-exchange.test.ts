// Asserts: another model of the registry in the shadow, promoted and rolled back under a running detector that takes pictures in,
// with real models on a real record: what changes, what does not, and that no picture is lost. Needs the models that
// `npm run models:prepare` fetches; without them it says so (in CI's `npm run test:scoring` that is a failure).
import { existsSync } from "node:fs";
import { afterEach, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { column } from "../../../services/adapters/postgres/connection/columns.ts";
import { type Database, openDatabase } from "../../../services/adapters/postgres/connection/database.ts";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { scoresOf } from "../../../services/core/signals/scored/scored.ts";
import { signal } from "../../../services/core/signals/signal.ts";
import { eventTypes } from "../../../services/core/wire/item-event.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { eventually } from "../../support/eventually.ts";
import { mustBePrepared, scoringBackends } from "../../support/scoring-backends.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

const first = "nsfwjs-mobilenet-v2";
const other = "open-nsfw";
const patience = { withinMs: 60_000 };
const isPrepared = existsSync(fromPackageRoot("models", other, "open-nsfw.onnx"));
if (!isPrepared && !mustBePrepared)
	process.stderr.write(
		`real models are not exchanged: the weights of ${other} are fetched by npm run models:prepare\n`,
	);

let system: TestSystem | null = null;
let record: Database | null = null;
afterEach(async () => {
	await record?.[Symbol.asyncDispose]();
	await system?.[Symbol.asyncDispose]();
	system = null;
	record = null;
});

const verdict = z.object({
	tier: column.text,
	action: column.text,
	isIncomplete: column.flag,
	signals: z.array(signal),
});
type Verdict = z.infer<typeof verdict>;

async function start(backend: string) {
	const running = await startTestSystem({
		roles: ["intake", "detector"],
		env: { BREAKWATER_MODEL_BACKEND: backend, BREAKWATER_MODEL_DEADLINE_MS: "30000" },
	});
	system = running;
	const url = running.parts.databaseUrl;
	const database = await openDatabase({ url, maxConnections: 2, applicationName: "test", logger: silentLogger });
	record = database;
	let sent = 0;
	const send = async (seed: number): Promise<string> => {
		sent += 1;
		const id = `m-${sent}`;
		const response = await fetch(`${running.urlOf("intake")}/v1/media`, {
			method: "POST",
			headers: {
				authorization: `Bearer ${running.apiKey}`,
				"content-type": "image/jpeg",
				"ce-specversion": "1.0",
				"ce-type": eventTypes.mediaUploaded,
				"ce-source": running.platform.source,
				"ce-id": id,
				"ce-subject": `media/${id}`,
				"ce-time": new Date().toISOString(),
				"ce-authorid": "author",
				"ce-surface": "public",
			},
			body: Buffer.from(await drawSample(seed)),
		});
		expect(response.status).toBe(202);
		return `media/${id}`;
	};
	const find = async (subject: string): Promise<Verdict | null> => {
		const [row] = await database.rows(
			sql`SELECT tier, action, is_incomplete AS "isIncomplete", signals
				FROM verdicts JOIN items ON items.id = item_id WHERE subject = ${subject}`,
			verdict,
		);
		return row ?? null;
	};
	const verdictOn = async (subject: string): Promise<Verdict> => {
		let found: Verdict | null = null;
		await eventually(async () => {
			found = await find(subject);
			expect(found).not.toBeNull();
		}, patience);
		if (found === null) throw new Error("no verdict");
		return found;
	};
	/** Twelve pictures, one after the other, while something else happens: all of them get a score. */
	const feed = async (from: number): Promise<readonly string[]> => {
		const subjects: string[] = [];
		for (let at = 0; at < 12; at++) subjects.push(await send(from + at));
		const verdicts = await Promise.all(subjects.map(verdictOn));
		for (const verdict of verdicts) expect(verdict.isIncomplete).toBe(false);
		return verdicts.map((verdict) => scoreOf(verdict).model);
	};
	return {
		settings: running.parts.stores.modelSettings,
		watch: running.parts.stores.scoreWatch,
		send,
		verdictOn,
		feed,
	};
}

function scoreOf({ signals }: Verdict) {
	const [scored] = scoresOf(signals);
	if (scored === undefined) throw new Error("expected a score");
	return scored;
}

/** What a verdict says, but for the revision of the settings that it was made under. */
function essence(verdict: Verdict) {
	const { settingsRevision: _, ...score } = scoreOf(verdict);
	return { ...verdict, signals: verdict.signals.map((signal) => (signal.kind === "scored" ? score : signal)) };
}

describe.each(scoringBackends.filter((backend) => backend !== "cpu"))("on the backend %s", (backend) => {
	(isPrepared || mustBePrepared ? test : test.skip)(
		"another model runs in the shadow, speaks once promoted and falls silent once rolled back, without a picture lost",
		async () => {
			const { settings, watch, send, verdictOn, feed } = await start(backend);
			// So low that the live model sends every picture to people, and the other one does not: they disagree.
			const tuning = { calibration: { kind: "none" }, threshold: 0 } as const;
			const accept = {
				kind: "accept",
				model: first,
				version: "4.4.0",
				category: "adult",
				platform: null,
				tuning,
			} as const;
			await settings.change(accept, "test", first);
			let before = await verdictOn(await send(1));
			await eventually(async () => {
				before = await verdictOn(await send(1));
				expect(before).toMatchObject({ tier: "M", action: "review" });
			}, patience);
			expect(scoreOf(before)).toMatchObject({ model: first, backend });

			await settings.change({ kind: "shadow", model: other, share: 1 }, "test", first);
			await eventually(async () => {
				const during = await verdictOn(await send(1));
				expect(essence(during)).toEqual(essence(before));
				expect(await watch.disagreements(1)).toMatchObject([{ live: `${first}@4.4.0`, shadow: `${other}@1.0.0` }]);
			}, patience);
			expect(new Set(await feed(10))).toEqual(new Set([first]));

			const [, whilePromoting] = await Promise.all([settings.change({ kind: "promote" }, "test", first), feed(30)]);
			expect([first, other]).toEqual(expect.arrayContaining([...new Set(whilePromoting)]));
			await eventually(async () => {
				const after = await verdictOn(await send(1));
				expect(scoreOf(after)).toMatchObject({ model: other, backend });
				expect(after.action).toBe("none");
			}, patience);

			const [, whileRollingBack] = await Promise.all([settings.rollBack(1, "test"), feed(50)]);
			expect([first, other]).toEqual(expect.arrayContaining([...new Set(whileRollingBack)]));
			await eventually(async () => {
				expect(essence(await verdictOn(await send(1)))).toEqual(essence(before));
			}, patience);
		},
		180_000,
	);
});
