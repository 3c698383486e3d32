import { expect, test } from "@jest/globals";
import {
	type IfNobodyActs,
	type ItemAtPlatform,
	ifNobodyActs,
} from "../../../../services/core/cases/if-nobody-acts.ts";

const none: IfNobodyActs = { withheld: 0, onItsWay: 0, visible: 0 };

test.each<[string, ItemAtPlatform, Partial<IfNobodyActs>]>([
	["what its platform withholds stays withheld", { acknowledged: "withheld", outstanding: null }, { withheld: 1 }],
	["what nobody has ordered stays visible", { acknowledged: "live", outstanding: null }, { visible: 1 }],
	["what was restored stays visible", { acknowledged: "restored", outstanding: null }, { visible: 1 }],
	[
		"what is to be withheld does not stay visible",
		{ acknowledged: "live", outstanding: { action: "withhold", state: "pending" } },
		{ onItsWay: 1 },
	],
	[
		"an order that was given up leaves it visible",
		{ acknowledged: "live", outstanding: { action: "withhold", state: "undelivered" } },
		{ visible: 1 },
	],
	[
		"an order that an operator discarded leaves it visible",
		{ acknowledged: "restored", outstanding: { action: "withhold", state: "discarded" } },
		{ visible: 1 },
	],
	["what is gone is not counted", { acknowledged: "gone", outstanding: null }, {}],
	["what is hidden from who asks is not counted", { acknowledged: null, outstanding: null }, {}],
])("if nobody acts, %s", (_, item, expected) => {
	expect(ifNobodyActs([item])).toEqual({ ...none, ...expected });
});
