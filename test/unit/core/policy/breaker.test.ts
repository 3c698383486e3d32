import { randomUUID } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { createBankMatcher } from "../../../../services/core/banks/bank-matcher.ts";
import { bankId, platformId, uuidv7 } from "../../../../services/core/ids.ts";
import {
	type BreakerLimits,
	type BreakerScope,
	breakerKinds,
	divertVerdict,
	everything,
	isTooFast,
	scopesOfWithhold,
	scopeText,
} from "../../../../services/core/policy/breaker.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import { matchesOf } from "../../../../services/core/signals/matched/matched.ts";
import { ruleSignal } from "../../../../services/core/signals/rule/rule-signal.ts";
import type { Signal } from "../../../../services/core/signals/signal.ts";
import { hashesOf, newBank, newEntry } from "../../../support/bank-fixtures.ts";

const platform = platformId.parse(uuidv7(1));

/** What the matcher says of one picture that stands in so many banks. */
function matchedIn(banks: number): { readonly signals: readonly Signal[]; readonly banks: readonly string[] } {
	const hashes = hashesOf("a picture");
	const ids = Array.from({ length: banks }, () => bankId.parse(randomUUID()));
	const matcher = createBankMatcher({ clock: { now: () => Date.now() } });
	let sequence = 0;
	for (const id of ids) {
		sequence += 1;
		matcher.apply({ sequence, kind: "bank", bank: newBank({ id, name: `bank-${sequence}` }) });
		sequence += 1;
		matcher.apply({ sequence, kind: "entry", entry: newEntry(id, { hashType: "sha256", hash: hashes.sha256 }) });
	}
	const signals = matcher
		.match(hashes)
		.map((match) => ({ kind: "matched", detector: "hash", version: "1", match }) as const);
	return { signals, banks: ids };
}

function decide(signals: readonly Signal[], open: readonly BreakerScope[]) {
	const texts = new Set(open.map(scopeText));
	const verdict = decideVerdict(signals, "public", defaultPolicy);
	return divertVerdict(verdict, platform, (scope) => texts.has(scopeText(scope)));
}

describe("with a breaker open", () => {
	test("what rests on it goes to people at its own tier, and the verdict says why", () => {
		const { signals, banks } = matchedIn(1);
		const scope = { kind: "bank", key: banks[0] ?? "" } as const;
		expect(decide(signals, [])).toMatchObject({ tier: "K1", action: "withhold", divertedBy: [] });
		expect(decide(signals, [scope])).toMatchObject({ tier: "K1", action: "review", divertedBy: [scopeText(scope)] });
	});

	test("what rests on something else as well is withheld all the same", () => {
		const { signals, banks } = matchedIn(2);
		const scopes = banks.map((key) => ({ kind: "bank", key }) as const);
		expect(decide(signals, scopes.slice(0, 1)).action).toBe("withhold");
		expect(decide(signals, scopes).action).toBe("review");
	});

	test("of its platform, or of everything, nothing is withheld", () => {
		const { signals } = matchedIn(2);
		expect(decide(signals, [{ kind: "platform", key: platform }]).action).toBe("review");
		expect(decide(signals, [everything]).divertedBy).toEqual(["all:*"]);
	});

	test("of another bank or platform, nothing changes", () => {
		const { signals } = matchedIn(1);
		const others = [
			{ kind: "platform", key: randomUUID() },
			{ kind: "bank", key: randomUUID() },
		] as const;
		expect(decide(signals, others).action).toBe("withhold");
	});

	test("of each kind there is a kill switch, and it stops what rests on that kind", () => {
		const { signals, banks } = matchedIn(1);
		const [match] = matchesOf(signals);
		if (match === undefined) throw new Error("the picture is known");
		const scored: Signal = {
			...{ kind: "scored", detector: "model", version: "1", model: "m", backend: "cpu", category: "adult" },
			...{ probability: 0.99, labels: {} },
		};
		/** No revision that people can accept lets a model withhold; a breaker would stop it all the same. */
		const trusting = { ...defaultPolicy, actions: { ...defaultPolicy.actions, M: "withhold" as const } };
		const ruled = ruleSignal({
			...{ rule: "a-rule", revision: 1, stage: "live", outcome: "held", category: null, isOnModelAlone: false },
			...{ does: { withhold: true }, known: { tier: "K2", restsOn: [] } },
		});
		const keys = { entry: match.entryId, bank: banks[0] ?? "", model: "m", rule: "a-rule", platform, all: "*" };
		for (const kind of breakerKinds) {
			const resting = kind === "model" ? [scored] : kind === "rule" ? [ruled] : signals;
			const verdict = decideVerdict(resting, "public", trusting);
			expect(verdict.action).toBe("withhold");
			const isOpen = (scope: BreakerScope) => scopeText(scope) === `${kind}:${keys[kind]}`;
			expect(divertVerdict(verdict, platform, isOpen)).toMatchObject({
				action: "review",
				divertedBy: [`${kind}:${keys[kind]}`],
			});
		}
	});

	test("what people were to decide anyway, and what is clear, stays as it is", () => {
		const clear = decide([{ kind: "clear", detector: "hash", version: "1" }], [everything]);
		expect(clear).toMatchObject({ action: "none", divertedBy: [] });
	});
});

test("a withhold counts once for its bank and its platform; its entry is watched by what it matches, and goes into quarantine", () => {
	const { signals, banks } = matchedIn(1);
	const scopesOf = (given: readonly Signal[]) =>
		scopesOfWithhold(decideVerdict(given, "public", defaultPolicy), platform);
	const kinds = scopesOf([...signals, ...signals]).map(({ kind }) => kind);
	expect(kinds.toSorted()).toEqual(["bank", "platform"]);
	expect(scopesOf(signals)).toContainEqual({ kind: "bank", key: banks[0] });
});

describe("withholds come too fast", () => {
	const limits: BreakerLimits = {
		perMinute: { bank: 300, model: 100, rule: 100, platform: 300 },
		factor: 10,
		restMs: 60_000,
	};
	test("above the number that is never too many, where there were few before", () => {
		expect(isTooFast("model", { perMinute: 100, baselinePerMinute: 0 }, limits)).toBe(false);
		expect(isTooFast("model", { perMinute: 101, baselinePerMinute: 0 }, limits)).toBe(true);
		expect(isTooFast("bank", { perMinute: 101, baselinePerMinute: 0 }, limits)).toBe(false);
	});
	test("only far above its own baseline, where there are always many", () => {
		expect(isTooFast("model", { perMinute: 500, baselinePerMinute: 50 }, limits)).toBe(false);
		expect(isTooFast("model", { perMinute: 501, baselinePerMinute: 50 }, limits)).toBe(true);
	});
	test.each(["entry", "all"] as const)("never of kind %s: that one is a person's", (kind) => {
		expect(isTooFast(kind, { perMinute: 1e9, baselinePerMinute: 0 }, limits)).toBe(false);
	});
});
