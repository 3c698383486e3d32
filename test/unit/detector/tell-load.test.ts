import { expect, test } from "@jest/globals";
import { tellLoad } from "../../../services/detector/tell-load.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { eventually } from "../../support/eventually.ts";

test("says that items wait as long as they do, and nothing while none does", async () => {
	let isBusy = false;
	let looks = 0;
	const held: number[] = [];
	await using _telling = tellLoad({
		outbreaks: { holdPages: async (forMs) => void held.push(forMs) },
		isBusy: async () => {
			looks += 1;
			return isBusy;
		},
		logger: silentLogger,
	});
	const patience = { withinMs: 30_000 };
	await eventually(() => expect(looks).toBeGreaterThan(1), patience);
	expect(held).toEqual([]);
	isBusy = true;
	await eventually(() => expect(held.length).toBeGreaterThan(1), patience);
	// What was said holds until it is said again.
	expect(Math.min(...held)).toBeGreaterThan(1_000);
});
