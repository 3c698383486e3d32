import { describe, expect, test } from "@jest/globals";
import { type IssuedOrder, stateAmong } from "../../../../services/core/orders/order.ts";
import { platformView } from "../../../../services/core/orders/platform-view.ts";

const order = (version: number, action: IssuedOrder["action"], state: IssuedOrder["state"]): IssuedOrder => ({
	version,
	action,
	state,
});

describe("an order that waits", () => {
	const withhold = order(1, "withhold", "pending");

	test("is superseded by a newer one that was obeyed, or that says the opposite", () => {
		expect(stateAmong(withhold, [withhold, order(2, "remove", "delivered")])).toBe("superseded");
		expect(stateAmong(withhold, [withhold, order(2, "restore", "pending")])).toBe("superseded");
	});

	test("is superseded so, too, where it was given up: nobody needs to see to it any more", () => {
		const given = order(1, "withhold", "undelivered");
		expect(stateAmong(given, [given, order(2, "restore", "delivered")])).toBe("superseded");
		expect(stateAmong(given, [given, order(2, "remove", "pending")])).toBe("undelivered");
	});

	test("is sent all the same where the newer one only goes further, and waits too", () => {
		expect(stateAmong(withhold, [withhold, order(2, "remove", "pending")])).toBe("pending");
	});

	test("is not superseded by itself or by an older one", () => {
		const remove = order(2, "remove", "pending");
		expect(stateAmong(remove, [order(1, "restore", "delivered"), remove])).toBe("pending");
	});
});

describe("what an item is at the platform", () => {
	test("is what the platform has acknowledged, not what it was told", () => {
		expect(platformView([order(1, "withhold", "pending")])).toMatchObject({
			acknowledged: "live",
			outstanding: { action: "withhold" },
		});
		expect(platformView([order(1, "withhold", "delivered")])).toEqual({ acknowledged: "withheld", outstanding: null });
	});

	test("stays what it was while a later order is on its way, was given up, or was discarded", () => {
		for (const state of ["pending", "undelivered", "discarded"] as const)
			expect(platformView([order(1, "withhold", "delivered"), order(2, "remove", state)])).toMatchObject({
				acknowledged: "withheld",
				outstanding: { action: "remove", state },
			});
	});

	test("an order that was overtaken is not outstanding", () => {
		expect(platformView([order(1, "withhold", "superseded"), order(2, "restore", "delivered")])).toEqual({
			acknowledged: "live",
			outstanding: null,
		});
	});
});
