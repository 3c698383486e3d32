import { describe, expect, test } from "@jest/globals";
import type { Membership } from "../../../../services/core/clusters/membership.ts";
import { askStanding, type StandingDecision } from "../../../../services/core/clusters/standing-decision.ts";
import { caseId, clusterId, uuidv7 } from "../../../../services/core/ids.ts";
import { divertVerdict } from "../../../../services/core/policy/breaker.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import { signalCatalogue } from "../../../../services/core/signals/catalogue.ts";
import { copyOf } from "../../../../services/core/signals/decided/decided.ts";
import { matchedSignal } from "../../../../services/core/signals/matched/matched.ts";
import type { Signal } from "../../../../services/core/signals/signal.ts";
import { unavailableSignal } from "../../../../services/core/signals/unavailable/unavailable.ts";
import { digest, newMatch } from "../../../support/bank-fixtures.ts";

const sha256 = digest("a poster");
const cluster = clusterId.parse("01900000-0000-8000-8000-000000000001");
const platform = "01900000-0000-7000-8000-000000000009" as Parameters<typeof divertVerdict>[1];
const ofBytes = `sha256:${Buffer.from(sha256).toString("hex")}`;
const ofCluster = `cluster:${cluster}`;
const [first, second] = [caseId.parse(uuidv7(1)), caseId.parse(uuidv7(2))];
const given = (decision: "remove" | "restore", change: Partial<StandingDecision> = {}): StandingDecision => ({
	...{ caseId: first, decision, decidedAt: new Date(1), category: "csam", knew: [] },
	...change,
});
const match = matchedSignal("hash", "1", newMatch({ standing: "probable" }));
const knewIt = signalCatalogue.scopesOf(match).map(({ kind, key }) => `${kind}:${key}`);

/** What becomes of an item 7 bits from the medoid. */
function becomes(
	standing: Readonly<Record<string, readonly StandingDecision[]>>,
	signals: readonly Signal[] = [],
	policy = defaultPolicy,
	type: Membership["type"] = "pdq",
	links: readonly string[] = [],
) {
	const item = {
		same: { type: "sha256", hash: sha256 } as const,
		confirmed: { clusterId: cluster, distanceBits: 7, type },
		...{ links, signals },
	};
	const decided = askStanding(item, { of: (subject) => standing[subject] ?? [] }, signalCatalogue);
	return decideVerdict(decided === null ? signals : [...signals, decided], "public", policy);
}

describe("what people removed", () => {
	test("is removed where the same bytes come again, on their decision alone", () => {
		const verdict = becomes({ [ofBytes]: [given("remove")] });
		expect(verdict).toMatchObject({ tier: "K1", action: "withhold", category: "csam" });
		expect(copyOf(verdict)).toEqual({ caseId: first, isSame: true, rests: "on-decision" });
	});
	test("is withheld where something near comes, and waits for people", () => {
		const verdict = becomes({ [ofCluster]: [given("remove")] });
		expect(verdict).toMatchObject({ tier: "K2", action: "withhold" });
		expect(copyOf(verdict)).toEqual({ caseId: first, isSame: false, rests: "on-decision" });
	});
	test("asks people about what is near where the policy leaves near pictures to them", () => {
		const policy = { ...defaultPolicy, nearTiers: { ...defaultPolicy.nearTiers, picture: "K3" } } as const;
		const verdict = becomes({ [ofCluster]: [given("remove")] }, [], policy);
		expect(verdict).toMatchObject({ tier: "K3", action: "review" });
		expect(copyOf(verdict)).toMatchObject({ rests: "on-nothing" });
	});
	test("leaves a near text to people, visible until they have read it, unless the policy withholds near texts", () => {
		const removed = { [ofCluster]: [given("remove")] };
		const verdict = becomes(removed, [], defaultPolicy, "text-simhash");
		expect(verdict).toMatchObject({ tier: "K3", action: "review", category: "csam" });
		expect(verdict.grounds.at(-1)?.reasons).toEqual(["near-asks-people"]);
		expect(copyOf(verdict)).toEqual({ caseId: first, isSame: false, rests: "on-nothing" });
		const { nearTiers } = defaultPolicy;
		const strict = { ...defaultPolicy, nearTiers: { ...nearTiers, text: "K2" } } as const;
		expect(becomes(removed, [], strict, "text-simhash").action).toBe("withhold");
		const lenient = { ...defaultPolicy, nearTiers: { ...nearTiers, picture: "K3", text: "K2" } } as const;
		expect(becomes(removed, [], lenient, "text-simhash").action).toBe("withhold");
	});
	test("does not carry what a known match withholds as well", () => {
		const known = matchedSignal("hash", "1", newMatch({ standing: "confirmed" }));
		expect(copyOf(becomes({ [ofCluster]: [given("remove")] }, [known]))).toMatchObject({ rests: "on-more" });
	});
	test("is left to people while everything is stopped", () => {
		const verdict = divertVerdict(becomes({ [ofBytes]: [given("remove")] }), platform, ({ kind }) => kind === "all");
		expect(verdict.action).toBe("review");
		expect(copyOf(verdict)).toMatchObject({ rests: "on-nothing" });
	});
});

describe("what people let be", () => {
	test("stays silent, the same and near, while nothing new is known", () => {
		for (const subject of [ofBytes, ofCluster])
			expect(becomes({ [subject]: [given("restore", { knew: knewIt })] }, [match])).toMatchObject({
				...{ tier: "none", action: "none" },
			});
	});
	test("silences no text that only resembles it: what speaks of that goes to people", () => {
		const knewAll = { [ofCluster]: [given("restore", { knew: knewIt })] };
		expect(becomes(knewAll, [match], defaultPolicy, "text-simhash")).toMatchObject({ tier: "K3", action: "review" });
		expect(becomes(knewAll, [], defaultPolicy, "text-simhash").action).toBe("none");
	});
	test("comes before people again where an entry speaks that the decision did not know", () => {
		expect(becomes({ [ofCluster]: [given("restore")] }, [match])).toMatchObject({ tier: "K3", action: "review" });
	});
	test("is not called examined where it could not be", () => {
		const failed = unavailableSignal("model", "1", "deadline-exceeded");
		expect(becomes({ [ofCluster]: [given("restore")] }, [failed]).action).toBe("review");
	});
});

describe("where people decided differently", () => {
	const later = given("restore", { caseId: second, decidedAt: new Date(2) });
	test("of one cluster, they are asked again", () => {
		const verdict = becomes({ [ofCluster]: [given("remove"), later] });
		expect(verdict).toMatchObject({ tier: "K3", action: "review" });
		expect(copyOf(verdict)).toBeNull();
	});
	test("of the bytes and of the cluster, the bytes count", () => {
		expect(becomes({ [ofBytes]: [later], [ofCluster]: [given("remove")] })).toMatchObject({ action: "none" });
	});
});

test("an item of which nothing was decided is asked about nothing", () => {
	expect(becomes({}, [match])).toMatchObject({ signals: [match] });
});

describe("what people decided of a link", () => {
	const page = `example.org/${"ab".repeat(16)}`;
	const ofPage = (decision: "remove" | "restore") => ({ [`linked:${page}`]: [given(decision)] });
	const nearTiers = { ...defaultPolicy.nearTiers, text: "K2" } as const;
	const asked = (standing: Parameters<typeof becomes>[0], links = [page]) =>
		becomes(standing, [], { ...defaultPolicy, nearTiers }, "text-simhash", links);

	test("brings later posts of it before people, whatever the policy has withheld that is near: a warning links there, too", () => {
		const verdict = asked(ofPage("remove"));
		expect(verdict).toMatchObject({ tier: "K3", action: "review" });
		expect(copyOf(verdict)).toEqual({ caseId: first, isSame: false, rests: "on-nothing" });
	});
	test("reaches pages of a domain where it was decided of the domain, and no other page where it was of one", () => {
		expect(asked({ "linked:example.org": [given("remove")] }).tier).toBe("K3");
		expect(asked(ofPage("remove"), [`example.org/${"cd".repeat(16)}`]).tier).toBe("none");
		expect(asked(ofPage("remove"), ["example.org"]).tier).toBe("none");
	});
	test("exempts nothing where they let it be, and is not asked where they decided of the post's own words", () => {
		expect(becomes(ofPage("restore"), [match], defaultPolicy, "pdq", [page])).toEqual(becomes({}, [match]));
		expect(asked({ ...ofPage("remove"), [ofCluster]: [given("restore")] }).tier).toBe("none");
	});
});
