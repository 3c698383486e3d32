// Asserts, on a real PostgreSQL: revisions of the policy come of two people, one after the other, and are kept for ever; whoever follows
// the policy has a new one within the deadline, and goes on with the last one while the record is away.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { platformId, policyProposalId, type UserId, uuidv7 } from "../../../services/core/ids.ts";
import { initialRevision, initialSet } from "../../../services/core/policy/policy.ts";
import { applyChange, type PolicyChangeRequest } from "../../../services/core/policy/policy-set.ts";
import { followPolicy } from "../../../services/parts/follow-policy.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { createMetrics } from "../../../services/runtime/metrics.ts";
import { eventually, soon } from "../../support/eventually.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let an: UserId;
let binh: UserId;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	const lead = async (login: string) =>
		(await stores.users.create({ login, displayName: login, roles: ["lead"], passwordHash: "x" })).id;
	[an, binh] = [await lead("an"), await lead("binh")];
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

const why = "what we saw last week";
/** A quality that no proposal here has had, so that each of them changes something. */
let quality = 50;
const nextChange = (): PolicyChangeRequest => {
	quality += 1;
	return { default: { minimumQuality: quality } };
};
const propose = (change: PolicyChangeRequest = nextChange(), by = an, base: number | null = null) =>
	stores.policy.propose({ make: ({ set }) => applyChange(set, change), base, why, by });
const acceptNext = async (change?: PolicyChangeRequest) => stores.policy.accept((await propose(change)).id, binh, null);

describe("a revision", () => {
	test("is the built-in one until people have accepted another", async () => {
		expect(await stores.policy.current()).toEqual({ revision: initialRevision, set: initialSet, accepted: null });
	});

	test("holds once another person has accepted it, and says who proposed it, who accepted it, and why", async () => {
		const proposal = await propose();
		expect((await stores.policy.current()).revision).toBe(initialRevision);
		expect(proposal).toMatchObject({ state: "open", base: initialRevision, why, proposedBy: { login: "an" } });
		const accepted = await stores.policy.accept(proposal.id, binh, "agreed");
		expect(accepted).toMatchObject({
			revision: initialRevision + 1,
			set: proposal.set,
			accepted: { by: { login: "binh" }, proposedBy: { login: "an" }, why, revertsTo: null },
		});
		expect(await stores.policy.current()).toEqual(accepted);
		expect(await stores.policy.findProposal(proposal.id)).toMatchObject({
			state: "accepted",
			decided: { by: { login: "binh" }, why: "agreed" },
		});
	});

	test("is not accepted by whoever proposed it, by the code or past it", async () => {
		const { id } = await propose();
		await expect(stores.policy.accept(id, an, null)).rejects.toMatchObject({ code: "same-person" });
		const past = sql`UPDATE policy_proposals SET state = 'accepted', decided_by = ${an}, decided_at = now() WHERE id = ${id}`;
		await expect(record.database.rows(past)).rejects.toThrow(/check constraint/);
		await stores.policy.reject(id, an, "thought better of it");
		await expect(stores.policy.accept(id, binh, null)).rejects.toMatchObject({ code: "not-decidable" });
	});

	test("is kept for ever, and so is what was proposed", async () => {
		await acceptNext();
		for (const statement of [
			sql`UPDATE policy_revisions SET settings = '{}'`,
			sql`DELETE FROM policy_revisions`,
			sql`TRUNCATE policy_revisions`,
			sql`DELETE FROM policy_proposals`,
			sql`TRUNCATE policy_proposals CASCADE`,
			sql`UPDATE policy_proposals SET why = 'another'`,
			sql`UPDATE policy_proposals SET decided_why = 'another' WHERE state = 'accepted'`,
		])
			await expect(record.database.rows(statement)).rejects.toThrow(/kept for ever/);
	});

	test("that nobody made is not there", async () => {
		expect(await stores.policy.find(9_999)).toBeNull();
		await expect(stores.policy.proposeRevert(9_999, { base: null, why, by: an })).rejects.toMatchObject({
			code: "not-found",
		});
		const unknown = policyProposalId.parse(uuidv7(1));
		await expect(stores.policy.accept(unknown, binh, null)).rejects.toMatchObject({ code: "not-found" });
		expect(await stores.policy.findProposal(unknown)).toBeNull();
	});
});

describe("a proposal", () => {
	test("made against a revision that is no longer in force is refused", async () => {
		const [first, second] = [await propose(), await propose()];
		const { revision } = await stores.policy.accept(first.id, binh, null);
		await expect(stores.policy.accept(second.id, binh, null)).rejects.toMatchObject({ code: "policy-stale" });
		await expect(propose(nextChange(), an, revision - 1)).rejects.toMatchObject({ code: "policy-stale" });
		expect((await stores.policy.current()).revision).toBe(revision);
	});

	test("that changes nothing is refused, and so is one for a platform that is not there", async () => {
		await expect(propose({})).rejects.toMatchObject({ code: "nothing-changed" });
		const { revision } = await stores.policy.current();
		const same = stores.policy.proposeRevert(revision, { base: null, why, by: an });
		await expect(same).rejects.toMatchObject({ code: "nothing-changed" });
		const nowhere = [{ platform: platformId.parse(uuidv7(1)), surface: null, settings: { minimumQuality: 3 } }];
		const elsewhere = stores.policy.propose({
			make: ({ set }) => applyChange(set, { overrides: nowhere }),
			...{ base: null, why, by: an },
		});
		await expect(elsewhere).rejects.toMatchObject({
			reasons: [{ code: "field-refused", field: "overrides.0.platform", rule: "no-such-platform" }],
		});
	});

	test("accepted by many at once becomes one revision, and of many only one is accepted", async () => {
		const before = await stores.policy.current();
		const one = await propose();
		const others = [await propose(), await propose()];
		const attempts = await Promise.allSettled([
			...Array.from({ length: 6 }, () => stores.policy.accept(one.id, binh, null)),
			...others.map(({ id }) => stores.policy.accept(id, binh, null)),
		]);
		expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
		const codes = attempts.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
		for (const code of codes) expect(["not-decidable", "policy-stale"]).toContain(code);
		expect((await stores.policy.current()).revision).toBe(before.revision + 1);
	});

	test("to go back takes up what an older revision said, as a revision of its own that two people made", async () => {
		const { revision } = await acceptNext();
		const back = await stores.policy.proposeRevert(initialRevision, { base: revision, why, by: binh });
		expect(back).toMatchObject({ set: initialSet, revertsTo: initialRevision });
		await expect(stores.policy.accept(back.id, binh, null)).rejects.toMatchObject({ code: "same-person" });
		expect(await stores.policy.accept(back.id, an, null)).toMatchObject({
			revision: revision + 1,
			set: initialSet,
			accepted: { revertsTo: initialRevision, proposedBy: { login: "binh" } },
		});
	});
});

test("the log of acts tells who proposed, accepted and rejected what, and why, in one line of acts on the policy", async () => {
	const acted = async () => (await stores.acts.list({ on: { kind: "policy" }, limit: 3 })).toReversed();
	const { revision } = await stores.policy.current();
	const one = await propose({ default: { minimumQuality: 40 } });
	await stores.policy.accept(one.id, binh, "agreed");
	const back = await stores.policy.proposeRevert(revision, { base: null, why: "too much", by: an });
	expect(await acted()).toMatchObject([
		{
			what: "policy-proposed",
			actor: { name: "an" },
			reason: why,
			revision,
			details: { proposalId: one.id, mayWithholdMore: true },
		},
		{ what: "policy-accepted", actor: { name: "binh" }, reason: "agreed", revision: revision + 1 },
		{ what: "policy-proposed", reason: "too much", details: { revertsTo: revision, mayWithholdMore: false } },
	]);
	await stores.policy.reject(back.id, binh, "not yet");
	expect((await acted()).at(-1)).toMatchObject({ what: "policy-rejected", actor: { name: "binh" }, reason: "not yet" });
	await expect(stores.policy.accept(back.id, binh, null)).rejects.toMatchObject({ code: "not-decidable" });
	expect((await acted()).at(-1)).toMatchObject({ what: "policy-rejected" });
});

test("the history tells every revision, the newest first and the built-in ones last", async () => {
	const { revision } = await stores.policy.current();
	const all = await stores.policy.history({ before: null, limit: 100 });
	expect(all.map((one) => one.revision)).toEqual(Array.from({ length: revision }, (_, at) => revision - at));
	expect(await stores.policy.history({ before: 3, limit: 100 })).toEqual(all.slice(-2));
	expect(await stores.policy.find(3)).toEqual(all.at(-3));
});

describe("whoever follows the policy", () => {
	const clock = { now: () => Date.now() };

	test("has a new revision before long, in its platform and surface only", async () => {
		const platform = await stores.platforms.create({
			name: "forum",
			source: "//f.example",
			webhook: null,
			mediaHosts: [],
		});
		await using follower = await followPolicy({
			...{ store: stores.policy, metrics: createMetrics("test"), clock, logger: silentLogger },
		});
		const { revision } = await acceptNext({
			overrides: [{ platform: platform.id, surface: "direct", settings: { actions: { K2: "review" } } }],
		});
		await eventually(() => expect(follower.revision).toBe(revision), soon);
		expect(follower.of(platform.id, "direct", null)).toMatchObject({ revision, actions: { K2: "review" } });
		expect(follower.of(platform.id, "public", null).actions.K2).toBe("withhold");
		expect(follower.of(null, null, null).actions.K2).toBe("withhold");
		follower.check(10_000);
	});

	test("has it although no notice came, and keeps the last one while the record is away, which it says", async () => {
		let isAway = false;
		let nowMs = Date.now();
		const store = {
			async current() {
				if (isAway) throw new Error("the record is away");
				return stores.policy.current();
			},
			// Notices are lost.
			onChanged: async () => ({ [Symbol.asyncDispose]: async () => undefined }),
		};
		const metrics = createMetrics("test");
		await using follower = await followPolicy({
			...{ store, metrics, clock: { now: () => nowMs }, logger: silentLogger },
		});
		const { revision } = await acceptNext();
		await eventually(() => expect(follower.revision).toBe(revision), soon);
		isAway = true;
		const later = await acceptNext();
		nowMs += 60_000;
		await eventually(() => expect(() => follower.check(5_000)).toThrow(/revision \d+ goes on to hold/), soon);
		expect(follower.revision).toBe(revision);
		const gauges = await metrics.registry.metrics();
		expect(gauges).toMatch(new RegExp(`breakwater_policy_revision\\{[^}]*\\} ${revision}`));
		expect(gauges).toMatch(/breakwater_policy_age_seconds\{[^}]*\} (5[0-9]|[6-9]\d)/);
		isAway = false;
		await eventually(() => expect(follower.revision).toBe(later.revision), soon);
		follower.check(5_000);
	});
});
