// Which laws count from an event of ours, of those that ship.
import { expect, test } from "@jest/globals";
import { lawsFrom, lawsThatHold, type StartingEvent } from "../../../../services/core/clocks/starting-events.ts";
import { readJurisdictions } from "../../../../services/runtime/read-jurisdictions.ts";

const laws = readJurisdictions();
const names = (event: StartingEvent, jurisdictions: readonly string[], isDangerNow = false) =>
	lawsThatHold(event, laws, { jurisdictions, isDangerNow }).map(({ profile }) => profile.id);

test.each([
	["removal-asked", ["EU-TCO", "VN-147-AUTH", "VN-CSL25"]],
	["information-asked", ["VN-CSL25-DATA"]],
	["preservation-asked", []],
	["appealed", []],
	["noticed", ["EU-DSA16"]],
	["complained", ["VN-147-USER"]],
	["removal-of-own-picture-asked", ["US-TIDA"]],
	["abuse-confirmed", ["EU-DSA18", "UK-66-P1", "UK-66-P2-P3", "US-2258A", "VN-56-111"]],
] as const)("%s is what these count from", (event, expected) => {
	expect(
		lawsFrom(event, laws)
			.map(({ profile }) => profile.id)
			.toSorted(),
	).toEqual(expected);
});

test("a law holds for the platforms that are on record as under it, and for no other", () => {
	expect(names("noticed", ["EU", "VN"])).toEqual(["EU-DSA16"]);
	expect(names("noticed", ["VN"])).toEqual([]);
	expect(names("removal-of-own-picture-asked", [])).toEqual([]);
});

test("where a law tells danger apart, one of its clocks runs and not both", () => {
	expect(names("abuse-confirmed", ["GB"])).toEqual(["UK-66-P2-P3"]);
	expect(names("abuse-confirmed", ["GB"], true)).toEqual(["UK-66-P1"]);
	expect(names("abuse-confirmed", ["US"], true)).toEqual(["US-2258A"]);
});
