import { describe, expect, test } from "@jest/globals";
import { hashOf, parseRoute, startFor } from "../../../services/console/shell/route.ts";
import { caseId, uuidv7 } from "../../../services/core/ids.ts";

const id = caseId.parse(uuidv7(1_764_000_000_000));

describe("addresses", () => {
	test.each([
		["", { name: "start" }],
		["#/", { name: "start" }],
		["#/queue", { name: "queue" }],
		["#/now", { name: "now" }],
		["#/models", { name: "models" }],
		["#/policy", { name: "policy", revision: null }],
		["#/policy/3", { name: "policy", revision: 3 }],
		["#/log", { name: "log" }],
		["#/rules", { name: "rules" }],
		["#/rule", { name: "rule", rule: null }],
		["#/rule/many-links", { name: "rule", rule: "many-links" }],
		["#/stuck", { name: "stuck", kind: "dead-letter" }],
		["#/stuck/order", { name: "stuck", kind: "order" }],
		["#/bank/known-1", { name: "bank", bank: "known-1" }],
		[`#/case/${id}`, { name: "case", id }],
	])("%s leads to its screen", (hash, route) => expect(parseRoute(hash)).toEqual(route));

	test.each([
		"#/case/not-an-id",
		"#/case",
		"#/queue/1",
		"#/stuck/other",
		"#/bank",
		"#/policy/0",
		"#/policy/x",
		"#/rule/No Name",
		"#/bank/No Name",
		"#/other",
		`#/case/${id}/more`,
	])("%s leads nowhere", (hash) => expect(parseRoute(hash)).toEqual({ name: "missing" }));

	test("of a case leads back to that case", () => {
		const route = { name: "case", id } as const;
		expect(parseRoute(hashOf(route))).toEqual(route);
	});
});

test("people who decide cases begin with the queue, operators with the state of things", () => {
	expect(startFor(["case:read", "status:read"])).toEqual({ name: "queue" });
	expect(startFor(["status:read", "dead-letter:read"])).toEqual({ name: "now" });
});
