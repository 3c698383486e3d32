// Decisions about models in the record: revisions, proposals, reviewers' decisions as samples, what a shadow would have said.
import { describe, expect, test } from "@jest/globals";
import { type ItemId, itemId, uuidv7 } from "../../../services/core/ids.ts";
import { eventually, soon } from "../../support/eventually.ts";
import { useTestRecord } from "../../support/use-test-record.ts";

const record = useTestRecord();

const version = { model: "first", version: "1.0.0" };
const tuning = { calibration: { kind: "none" }, threshold: 0.6 } as const;
const evidence = {
	confirmed: 150,
	rejected: 120,
	wantedPrecision: 0.8,
	threshold: "proposed",
	precision: { low: 0.8, high: 0.9 },
	recall: { low: 0.7, high: 0.8 },
} as const;
const newItemId = (): ItemId => itemId.parse(uuidv7(Date.now()));

describe("settings", () => {
	test("are those of revision 0 before anybody decided anything, and every act is told to those who listen", async () => {
		expect(await record.stores.modelSettings.current()).toMatchObject({ revision: 0, live: null });
		let told = 0;
		await using _listening = await record.stores.modelSettings.onChanged(() => {
			told += 1;
		});
		await record.stores.modelSettings.change({ kind: "shadow", model: "next", share: 0.2 }, "an", "first");
		await eventually(() => expect(told).toBeGreaterThan(0), soon);
	});

	test("go back step by step, each step a revision of its own", async () => {
		await record.stores.modelSettings.change({ kind: "promote" }, "an", "first");
		expect(await record.stores.modelSettings.rollBack(null, "an")).toMatchObject({ revision: 3, live: null });
		expect((await record.stores.modelSettings.current()).shadow).toEqual({ model: "next", share: 0.2 });
		expect(await record.stores.modelSettings.rollBack(null, "an")).toMatchObject({
			revision: 4,
			live: null,
			shadow: null,
		});
		await expect(record.stores.modelSettings.rollBack(null, "an")).rejects.toThrow(/nothing-to-go-back-to/);
		expect(await record.stores.modelSettings.rollBack(2, "an")).toMatchObject({ revision: 5, live: "next" });
		const history = await record.stores.modelSettings.history(10);
		expect(history.map(({ act, origin }) => [act, origin])).toEqual([
			["rollback", 2],
			["rollback", 0],
			["rollback", 1],
			["promote", 2],
			["shadow", 1],
		]);
	});

	test("acts of two people at once come one after the other", async () => {
		const before = await record.stores.modelSettings.current();
		const acts = Array.from({ length: 5 }, (_, at) =>
			record.stores.modelSettings.change({ kind: "shadow", model: `m${at}`, share: 0.1 }, "an", "first"),
		);
		const revisions = (await Promise.all(acts)).map(({ revision }) => revision);
		expect(revisions.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5].map((step) => before.revision + step));
	});
});

const ofAll = { category: "adult", platform: null } as const;
describe("proposals", () => {
	test("change nothing until a person accepts, and then name the person and the revision", async () => {
		const an = await record.stores.users.create({ login: "an", displayName: "An", roles: ["lead"], passwordHash: "x" });
		const before = await record.stores.modelSettings.current();
		const { id } = await record.stores.modelSettings.propose({ ...version, ...ofAll, tuning, evidence });
		expect(await record.stores.modelSettings.current()).toEqual(before);
		const settings = await record.stores.modelSettings.accept(id, an.id);
		expect(settings.tunings).toEqual({ "first@1.0.0": { adult: tuning } });
		const [stored] = await record.stores.modelSettings.proposals({ state: "accepted" });
		expect(stored).toMatchObject({ id, decidedBy: an.id, revision: settings.revision });
		await expect(record.stores.modelSettings.accept(id, an.id)).rejects.toMatchObject({
			reasons: [{ code: "not-there", what: "proposal" }],
		});
	});

	test("a newer one takes the place of an open one", async () => {
		const older = await record.stores.modelSettings.propose({ ...version, ...ofAll, tuning, evidence });
		const newer = await record.stores.modelSettings.propose({ ...version, ...ofAll, tuning, evidence });
		const open = await record.stores.modelSettings.proposals({ state: "open" });
		expect(open.map(({ id }) => id)).toEqual([newer.id]);
		expect(older.id).not.toBe(newer.id);
	});

	test("one for a platform stands beside that for all, and holds there", async () => {
		const { id: lead } = await record.stores.users.create({
			login: "mai",
			displayName: "Mai",
			roles: ["lead"],
			passwordHash: "x",
		});
		const forum = { name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] };
		const { id: platform } = await record.stores.platforms.create(forum);
		const own = { ...version, category: "adult", platform, tuning, evidence };
		await record.stores.modelSettings.propose({ ...version, ...ofAll, tuning, evidence });
		await record.stores.modelSettings.propose(own);
		const { id } = await record.stores.modelSettings.propose(own);
		const open = await record.stores.modelSettings.proposals({ state: "open" });
		expect(open.map(({ platformName }) => platformName)).toEqual(["forum", null]);
		const { platformTunings } = await record.stores.modelSettings.accept(id, lead);
		expect(platformTunings).toEqual({ [platform]: { "first@1.0.0": { adult: tuning } } });
	});
});

describe("what is kept about scores", () => {
	test("the first reference of a window stays, so that all detectors measure against the same", async () => {
		const key = { ...version, since: 0 };
		const first = [0.5, 0.5, 0, 0, 0, 0, 0, 0, 0, 0];
		expect(await record.stores.scoreWatch.findReference(key)).toBeNull();
		expect(await record.stores.scoreWatch.keepReference(key, first)).toEqual(first);
		expect(await record.stores.scoreWatch.keepReference(key, first.toReversed())).toEqual(first);
		expect(await record.stores.scoreWatch.findReference({ ...key, since: 1 })).toBeNull();
	});

	test("disagreements are listed newest first, agreements only counted", async () => {
		const [item, other] = [newItemId(), newItemId()];
		const live = { ...version, probability: 0.9 };
		const shadow = { model: "next", version: "1.0.0", probability: 0.25 };
		const at = new Date();
		await record.stores.scoreWatch.recordComparisons([
			{ kind: "disagreed", itemId: item, live, shadow, at },
			{ kind: "agreed", itemId: newItemId(), live, shadow: { ...shadow, probability: 0.85 }, at },
		]);
		await record.stores.scoreWatch.recordComparisons([{ kind: "disagreed", itemId: other, live, shadow, at }]);
		expect(await record.stores.scoreWatch.tallies()).toEqual([
			{ live: "first@1.0.0", shadow: "next@1.0.0", compared: 3, disagreed: 2 },
		]);
		const listed = await record.stores.scoreWatch.disagreements(10);
		expect(listed.map(({ itemId: id }) => id)).toEqual([other, item]);
		expect(listed[0]).toMatchObject({ shadowProbability: 0.25, decision: null });
	});
});
