import { expect, test } from "@jest/globals";
import { createFirstVoices } from "../../../../services/core/outbreaks/first-voices.ts";
import { createGrowthWatch } from "../../../../services/core/outbreaks/growth-watch.ts";
import { hashKey } from "../../../../services/core/outbreaks/hash-key.ts";

const [thing, other] = [hashKey("a thing"), hashKey("another thing")];

test.each([null, { isNew: true, chance: 0.25 }, { isNew: false, chance: 0.5 }])(
	"knows who sent a thing last before it was watched, and how new that account was: %j",
	(newcomer) => {
		const first = createFirstVoices(4);
		expect(first.of(thing)).toBeNull();
		first.note(thing, { voice: hashKey("somebody"), atSeconds: 7, newcomer: null });
		first.note(thing, { voice: hashKey("lan"), atSeconds: 9, newcomer });
		expect(first.of(thing)).toEqual({ voice: hashKey("lan"), atSeconds: 9, newcomer });
	},
);

test("takes nobody for the first voice of another thing that has the same place", () => {
	const first = createFirstVoices(0);
	first.note(thing, { voice: hashKey("lan"), atSeconds: 9, newcomer: null });
	expect(first.of(other)).toBeNull();
	first.note(other, { voice: hashKey("hoa"), atSeconds: 9, newcomer: null });
	expect(first.of(thing)).toBeNull();
});

test("where the table of subjects is full, a thing that grows has the voice of its first sighting, too", () => {
	const watch = createGrowthWatch({ slotsLog2: 2, sketches: 1, alarmsPerDay: 1, learnSeconds: 0 });
	const start = 1_800_000_000;
	const see = (key: string, voice: string, atSeconds: number) =>
		watch.see({ subject: { kind: "cluster", key }, platform: "forum", voice, atSeconds });
	for (let at = 0; at < 64; at += 1) see(`thing ${at}`, "somebody", start);
	// What stood there has cooled.
	const later = start + 20 * 3_600;
	see("grows", "lan", later);
	see("grows", "hoa", later + 5);
	const growth = watch.growthOf({ kind: "cluster", key: "grows" }, later + 5);
	expect(growth?.windows[0]?.voices).toBe(2);
	expect(growth?.voiceSeconds).toEqual([later, later + 5]);
});
