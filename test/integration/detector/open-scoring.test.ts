// Asserts: what stands between the pipeline and the models, on a real record: changes of settings take effect without a restart,
// the shadow's disagreements are kept, drift is measured. Out of scope: TensorFlow; the models here answer by rule.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { itemId, platformId, uuidv7 } from "../../../services/core/ids.ts";
import { initialPolicies } from "../../../services/core/policy/policy.ts";
import type { ScoreRequest, Scorer } from "../../../services/core/ports/scorer.ts";
import type { Calibration, Model } from "../../../services/core/scoring/model-registry.ts";
import { openScoring } from "../../../services/detector/open-scoring.ts";
import { windowSize } from "../../../services/detector/watch-scores.ts";
import type { Models } from "../../../services/parts/examination.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { createMetrics, type Metrics } from "../../../services/runtime/metrics.ts";
import { eventually } from "../../support/eventually.ts";
import { createRecordedScorer, scored } from "../../support/recorded-scorer.ts";
import { openTestRecord } from "../../support/test-database.ts";

/** The parts of a registry entry that reading scores needs. */
const entry = { categories: { adult: ["A"] }, calibration: { adult: { kind: "none" } } } as unknown as Model;

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let scoring: Scorer | null = null;
let metrics: Metrics;

beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
});
afterEach(async () => {
	await scoring?.[Symbol.asyncDispose]();
	scoring = null;
	await stores.modelSettings.rollBack(0, "test").catch(() => undefined);
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

/** `first` says what the picture's first byte is in percent, `next` always 10 %; there is no other model. */
const asked: string[] = [];
const models: Models = {
	configured: "first",
	async open(id, wrap) {
		asked.push(id);
		if (id !== "first" && id !== "next") throw new Error(`there is no model ${id}`);
		const scorer = createRecordedScorer(id, ({ rgb }) => scored(id, id === "next" ? 0.1 : (rgb[0] ?? 0) / 100));
		return wrap?.(scorer, entry) ?? scorer;
	},
};

async function open(): Promise<Scorer> {
	metrics = createMetrics("test");
	scoring = await openScoring(
		{ stores, metrics, logger: silentLogger, clock: { now: () => Date.now() } },
		models,
		initialPolicies,
	);
	return scoring;
}

const picture = (percent: number): ScoreRequest => ({
	rgb: new Uint8Array(12).fill(percent),
	size: 2,
	itemId: itemId.parse(uuidv7(Date.now())),
});
const soon = { withinMs: 10_000 };

describe("what people decide takes effect without a restart", () => {
	test("a promoted model answers, and after a roll-back the old one does again", async () => {
		const live = await open();
		expect(await live.score([picture(90)])).toMatchObject([{ model: "first", probability: 0.9 }]);
		await stores.modelSettings.change({ kind: "shadow", model: "next", share: 0.001 }, "test", "first");
		await stores.modelSettings.change({ kind: "promote" }, "test", "first");
		await eventually(async () => expect(await live.score([picture(90)])).toMatchObject([{ model: "next" }]), soon);
		await stores.modelSettings.rollBack(0, "test");
		await eventually(async () => expect(await live.score([picture(90)])).toMatchObject([{ model: "first" }]), soon);
	});

	test("a curve that was accepted for one platform is what its scores are read by, whoever they are shared with", async () => {
		const live = await open();
		const [forum, chat] = [platformId.parse(uuidv7(1)), platformId.parse(uuidv7(2))];
		const halving = {
			...{ kind: "isotonic", samples: 400 },
			points: [
				[0, 0],
				[1, 0.5],
			],
		} as const satisfies Calibration;
		const accept = { kind: "accept", model: "first", version: "1.0.0", category: "adult" } as const;
		await stores.modelSettings.change(
			{ ...accept, platform: null, tuning: { calibration: { kind: "none" }, threshold: 0.6 } },
			...(["test", "first"] as const),
		);
		const own = { ...accept, platform: forum, tuning: { calibration: halving, threshold: 0.3 } };
		const { revision } = await stores.modelSettings.change(own, "test", "first");
		await eventually(async () => {
			const [answer] = await live.score([picture(80)]);
			if (answer === undefined) throw new Error("it is scored");
			expect(answer).toMatchObject({ probability: 0.8, threshold: 0.6, curve: "all", settingsRevision: revision });
			expect(live.readOn?.(chat, answer)).toEqual(answer);
			const read = { probability: 0.4, threshold: 0.3, curve: "platform", settingsRevision: revision };
			expect(live.readOn?.(forum, answer)).toMatchObject(read);
		}, soon);
	});

	test("an accepted threshold stands in the next scores, with its revision", async () => {
		const live = await open();
		const tuning = { calibration: { kind: "none" }, threshold: 0.42 } as const;
		const accept = {
			kind: "accept",
			model: "first",
			version: "1.0.0",
			category: "adult",
			platform: null,
			tuning,
		} as const;
		const { revision } = await stores.modelSettings.change(accept, "test", "first");
		await eventually(
			async () =>
				expect(await live.score([picture(50)])).toMatchObject([{ threshold: 0.42, settingsRevision: revision }]),
			soon,
		);
	});

	test("a model that cannot be opened here changes nothing", async () => {
		const live = await open();
		await stores.modelSettings.change({ kind: "shadow", model: "missing", share: 1 }, "test", "first");
		await stores.modelSettings.change({ kind: "promote" }, "test", "first");
		// The first try, and the next one when it is told of another act.
		await eventually(() => expect(asked).toContain("missing"), soon);
		asked.splice(0);
		await stores.modelSettings.change({ kind: "renew-reference" }, "test", "first");
		await eventually(() => expect(asked).toContain("missing"), soon);
		expect(await live.score([picture(90)])).toMatchObject([{ model: "first", probability: 0.9 }]);
	});
});

test("a model in the shadow changes no answer, and where it disagrees the item is listed", async () => {
	await stores.modelSettings.change({ kind: "shadow", model: "next", share: 1 }, "test", "first");
	const live = await open();
	const [agreed, disagreed] = [picture(20), picture(95)];
	const results = await live.score([agreed, disagreed]);
	expect(results).toMatchObject([{ probability: 0.2 }, { probability: 0.95 }]);
	await eventually(async () => {
		const listed = await stores.scoreWatch.disagreements(10);
		expect(listed.map((one) => one.itemId)).toEqual([disagreed.itemId]);
	}, soon);
	expect(await stores.scoreWatch.tallies()).toEqual([
		{ live: "first@1.0.0", shadow: "next@1.0.0", compared: 2, disagreed: 1 },
	]);
});

test("scores that are spread in another way than when the thresholds were chosen become a metric", async () => {
	const live = await open();
	const feed = async (percents: readonly number[]) => {
		for (let sent = 0; sent < windowSize; sent += 500)
			await live.score(Array.from({ length: 500 }, (_, at) => picture(percents[at % percents.length] ?? 0)));
	};
	const drift = async () => {
		const { values } = (await metrics.registry.getSingleMetric("breakwater_score_drift_ratio")?.get()) ?? {
			values: [],
		};
		return values.find(({ labels }) => labels.model === "first@1.0.0")?.value;
	};
	const reference = { model: "first", version: "1.0.0", since: 0 };
	await eventually(async () => {
		await feed([5, 15, 25]);
		expect(await stores.scoreWatch.findReference(reference)).not.toBeNull();
	}, soon);
	await eventually(async () => {
		await feed([5, 15, 25]);
		expect(await drift()).toBeLessThan(0.1);
	}, soon);
	await feed([75, 85, 95]);
	expect(await drift()).toBeGreaterThan(0.25);
});
