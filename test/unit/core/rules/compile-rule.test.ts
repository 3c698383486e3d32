// What whoever writes a rule is told, and what a rule may claim.
import { describe, expect, test } from "@jest/globals";
import { createRuleCompiler } from "../../../../services/core/rules/compile-rule.ts";
import { createFactCatalogue } from "../../../../services/core/rules/fact-catalogue.ts";
import type { ItemOfRules } from "../../../../services/core/rules/item-facts.ts";
import type { RuleBody, RuleEffect } from "../../../../services/core/rules/rule.ts";
import { costBudget } from "../../../../services/core/rules/rule-cost.ts";
import { signalCatalogue } from "../../../../services/core/signals/catalogue.ts";
import type { Signal } from "../../../../services/core/signals/signal.ts";

const facts = createFactCatalogue(signalCatalogue);
const compiler = createRuleCompiler(facts);

function bodyOf(when: string, does: RuleEffect = { review: true }): RuleBody {
	return { name: "a-rule", when, does, category: null, owner: "an", reviewBy: "2027-06-30" };
}

function faultOf(when: string, does?: RuleEffect) {
	const compiled = compiler.compile(bodyOf(when, does));
	return compiled.kind === "refused" ? compiled.faults[0] : null;
}

const post: ItemOfRules = {
	...{ kind: "post", surface: "public", platform: "forum", language: "vi", mediaType: null, isEdit: false },
	text: "see https://one.example\nand www.two.example #news @an 42",
};

function holds(when: string, item: ItemOfRules = post, signals: readonly Signal[] = []): boolean {
	const compiled = compiler.compile(bodyOf(when));
	if (compiled.kind === "refused") throw new Error(JSON.stringify(compiled.faults));
	return compiled.rule.holds(compiler.toCel(facts.read(item, signals)));
}

test("a rule reads counts of the text, where it stands, and what each kind of signal says", () => {
	expect(
		holds("item.links == 2 && item.lines == 2 && item.mentions == 1 && item.hashtags == 1 && item.digits == 2"),
	).toBe(true);
	expect(holds('item.surface == "public" && item.platform == "forum" && item.language == "vi"')).toBe(true);
	const score = { kind: "scored", detector: "model", version: "1", model: "m", backend: "cpu", labels: {} };
	expect(holds("model.adult > 0.9", post, [{ ...score, category: "adult", probability: 0.95 }])).toBe(true);
	expect(holds("model.adult > 0.9 || known.count > 0")).toBe(false);
	expect(holds('"hash" in clear.detectors', post, [{ kind: "clear", detector: "hash", version: "1" }])).toBe(true);
});

test("a rule asks about the account where it reads of the account, and of the item no more than where it stands", () => {
	const isOfAuthor = (when: string) => {
		const compiled = compiler.compile(bodyOf(when));
		return compiled.kind === "compiled" && compiled.rule.isOfAuthor;
	};
	expect(isOfAuthor('count(account, "5m") >= 5 && account.removed == 0')).toBe(true);
	expect(isOfAuthor("contacts.ledAway >= 2 && item.surface == 'direct'")).toBe(true);
	expect(isOfAuthor("account.firstDayRate > 5.0 || contacts.unansweredShare > 0.9")).toBe(true);
	expect(isOfAuthor("item.surface == 'direct'")).toBe(false);
	expect(isOfAuthor("account.items1h > 5 && item.links > 0")).toBe(false);
	expect(isOfAuthor("account.items1h > 5 || known.count > 0")).toBe(false);
	expect(isOfAuthor('distinct(accounts by cluster, "1h") >= 3 && account.ageHours < 2')).toBe(false);
});

describe("counts may be written as people say them", () => {
	const readsOf = (when: string) => {
		const compiled = compiler.compile(bodyOf(when));
		return compiled.kind === "refused" ? compiled.faults : compiled.rule.reads;
	};
	test.each([
		['count(account, "5m") > 3', ["account.items5m"]],
		["count( account ,'1h' )>3 && count(account,\"1d\") > 5", ["account.items1d", "account.items1h"]],
		['distinct(accounts by cluster, "1h") >= 3', ["cluster.accounts1h"]],
		["account.items5m > 3 && item.links > 1", ["account.items5m", "item.links"]],
	])("%s", (when, reads) => expect(readsOf(when)).toEqual(reads));

	test("and are left alone where they are text", () => {
		expect(readsOf(`item.platform == 'count(account, "5m")'`)).toEqual(["item.platform"]);
		const item = { ...post, platform: "count(account, '5m')" };
		expect(holds(`item.platform == "count(account, '5m')"`, item)).toBe(true);
	});

	test("what nobody counts is said at its place, with what was meant", () => {
		const name = 'count(account, "6m")';
		expect(faultOf(`item.links > 3 &&\n  ${name} > 3`)).toEqual({
			...{ code: "no-such-fact", line: 2, column: 3, name, near: 'count(account, "5m")' },
		});
		expect(faultOf('distinct(links by cluster, "1h") > 3')).toMatchObject({ code: "no-such-fact" });
	});

	test("what is wrong behind them is said at its place", () =>
		expect(faultOf('distinct(accounts by cluster, "1h") > 3 && item.linkz > 1')).toMatchObject({
			...{ name: "linkz", column: 49 },
		}));
});

describe("what is wrong is said at its line and column", () => {
	test("of a name that is not there, with the one that was meant", () => {
		expect(faultOf('item.kind == "post" &&\n  item.linkz > 3')).toMatchObject({
			...{ code: "no-such-fact", line: 2, column: 8, name: "linkz", near: "links" },
		});
		expect(faultOf("itm.links > 3")).toMatchObject({ code: "no-such-fact", name: "itm", near: "item", column: 1 });
	});
	test("of types that cannot be compared", () => {
		expect(faultOf('item.links > "three"')).toMatchObject({ code: "wrong-types", line: 1 });
		expect(faultOf("item.links")).toMatchObject({ code: "not-true-or-false", name: "int" });
	});
	test("of what is no expression", () => {
		expect(faultOf("item.links >")).toMatchObject({ code: "not-an-expression", line: 1, column: 13 });
	});
	test("of a rule that reads nothing", () => {
		expect(faultOf("1 < 2")).toMatchObject({ code: "reads-nothing" });
	});
});

describe("a rule that could take long is refused before it runs", () => {
	test("by the name of the call that nothing bounds", () => {
		expect(faultOf('item.platform.matches("(a+)+$")')).toMatchObject({ code: "call-not-allowed", name: "matches" });
		expect(faultOf("cel.bind(x, item.links, x > 3)")).toMatchObject({ code: "call-not-allowed", name: "bind" });
	});
	test("with what it may cost: lists within lists within lists", () => {
		const nested = (depth: number): string =>
			depth === 0 ? "true" : `known.banks.exists(x${depth}, ${nested(depth - 1)})`;
		const fault = faultOf(nested(4));
		expect(fault).toMatchObject({ code: "too-costly", budget: costBudget });
		expect(fault?.units ?? 0).toBeGreaterThan(costBudget);
		expect(faultOf(nested(1))).toBeNull();
	});
	test("and one that grows its own lists, too", () => {
		const doubled = "known.banks.map(a, a + a).map(b, b + b).map(c, c + c)";
		expect(faultOf(`${doubled}.exists(x, ${doubled}.exists(y, x == y))`)).toMatchObject({ code: "too-costly" });
	});
});

describe("what a rule may claim follows from what it rests on", () => {
	test("on a model's word alone it asks people, and nothing more", () => {
		for (const when of [
			"model.adult > 0.9",
			'model.adult > 0.9 && item.surface == "public"',
			"model.adult > 0.9 || item.links > 5",
			"!(model.adult <= 0.9)",
		]) {
			expect(faultOf(when)).toBeNull();
			expect(faultOf(when, { limitSpread: true })).toMatchObject({ code: "model-alone" });
			expect(faultOf(when, { friction: true })).toMatchObject({ code: "model-alone" });
			expect(faultOf(when, { label: "seen", review: true })).toMatchObject({ code: "model-alone" });
		}
		expect(faultOf("model.adult > 0.9 && item.links > 5", { limitSpread: true })).toBeNull();
	});
	test("it withholds only where it cannot hold without a known match", () => {
		for (const when of ["item.links > 5", "model.adult > 0.9", "known.count > 0 || item.links > 5", "!known.isSame"])
			expect(faultOf(when, { withhold: true })).toMatchObject({ code: "withholds-the-unknown" });
		for (const when of ["known.count > 0 && item.links > 5", 'known.banks.exists(b, b == "list")', "known.isSame"])
			expect(faultOf(when, { withhold: true })).toBeNull();
	});
});

test("a rule that the item's values make no sense of throws, and does not answer no", () => {
	expect(() => holds("10 / item.links > 1", { ...post, text: "" })).toThrow();
});
