import { expect, test } from "@jest/globals";
import { hashKey } from "../../../../services/core/outbreaks/hash-key.ts";
import { createWaves, type Waves } from "../../../../services/core/outbreaks/waves.ts";
import { randomFrom } from "../../../support/random-from.ts";

const start = 1_800_000_000;
const hour = 3_600;
const slots = 4;
const newOnes = { isNew: true, chance: 0.05 };
const known = { isNew: false, chance: 0.05 };

/** When copies of a harmless thing come: few are many, and all come over hours. */
function harmless(random: () => number): readonly number[] {
	const copies = Math.min(2_000, Math.floor((1 - random()) ** (-1 / 1.7)));
	const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
	const after = Array.from({ length: copies - 1 }, () => Math.ceil(4 * hour * Math.exp(1.2 * normal())));
	return [0, ...after.toSorted((a, b) => a - b)].filter((age) => age < 6 * hour);
}

const doubling = (copies: number, everySeconds: number) =>
	Array.from({ length: copies }, (_, copy) => Math.round(everySeconds * Math.log2(1 + copy / 2)));

/** The evidence after each voice. */
function evidenceOf(
	waves: Waves,
	ages: readonly number[],
	newcomer = (at: number) => (at % 20 === 0 ? newOnes : known),
) {
	waves.clear(0);
	return ages.map((age, at) => {
		waves.hear(0, 0, { voice: hashKey(`voice-${at}`), atSeconds: start + age, newcomer: newcomer(at) });
		return waves.evidence(0);
	});
}

/** Knows what is usual by so many things. */
function taught(things: number): Waves {
	const waves = createWaves(slots, 1);
	const random = randomFrom(1);
	for (let thing = 0; thing < things; thing += 1) {
		evidenceOf(waves, harmless(random));
		waves.end(0, 0, start + 6 * hour);
	}
	waves.advance(start);
	return waves;
}

test("of harmless things no more than one in a hundred ever comes to evidence of a hundred to one", () => {
	const waves = taught(20_000);
	const random = randomFrom(2);
	const things = Array.from({ length: 20_000 }, () => harmless(random)).filter(({ length }) => length > 1);
	const isNew = () => (random() < 0.05 ? newOnes : known);
	const most = things.map((ages) => Math.max(...evidenceOf(waves, ages, isNew)));
	expect(most.filter((evidence) => evidence >= 2).length).toBeLessThanOrEqual(1.2 * (things.length / 100));
});

test("what doubles every few minutes comes to a hundred thousand to one, sooner where its accounts are new", () => {
	const waves = taught(20_000);
	const ages = doubling(100, 720);
	const ofKnown = evidenceOf(waves, ages).findIndex((evidence) => evidence >= 5);
	const ofNew = evidenceOf(waves, ages, (at) => (at % 5 < 2 ? newOnes : known)).findIndex((evidence) => evidence >= 5);
	expect(ofNew).toBeGreaterThan(0);
	expect(ofNew).toBeLessThan(15);
	expect(ofKnown).toBeGreaterThan(ofNew);
	expect(ofKnown).toBeLessThan(80);
});

test("what was an outbreak does not become usual", () => {
	const waves = taught(2_000);
	const ages = doubling(100, 720);
	const [before] = evidenceOf(waves, ages).slice(-1);
	for (let outbreak = 0; outbreak < 200; outbreak += 1) {
		evidenceOf(waves, ages);
		waves.forget(0);
		expect(waves.end(0, 0, start + 6 * hour)).toBe(false);
	}
	waves.advance(start);
	expect(evidenceOf(waves, ages).at(-1)).toBe(before);
});

test("a wave is of six hours, and another begins after as many of silence", () => {
	const waves = taught(2_000);
	evidenceOf(waves, doubling(20, 720));
	expect(waves.isOver(0, start + 5 * hour)).toBe(false);
	expect(waves.isOver(0, start + 6 * hour)).toBe(true);
	expect(waves.end(0, 0, start + 6 * hour)).toBe(true);
	waves.hear(0, 0, { voice: hashKey("somebody"), atSeconds: start + 6.5 * hour, newcomer: known });
	expect(waves.voices(0)).toBe(0);
	waves.hear(0, 0, { voice: hashKey("somebody"), atSeconds: start + 14 * hour, newcomer: known });
	expect(waves.voices(0)).toBe(1);
});

test("voices whose accounts nobody can tell are counted by when they come alone", () => {
	const waves = createWaves(slots, 1);
	for (const age of doubling(12, 300))
		waves.hear(1, 0, { voice: hashKey(`thing-${age}`), atSeconds: start + age, newcomer: null });
	expect(waves.voices(1)).toBe(12);
	expect(Number.isFinite(waves.evidence(1))).toBe(true);
});

test("each voice counts once, however often it comes and however many come between", () => {
	const waves = createWaves(slots, 1);
	for (let turn = 0; turn < 50; turn += 1)
		for (let voice = 0; voice < 40; voice += 1)
			waves.hear(0, 0, { voice: hashKey(`ring-${voice}`), atSeconds: start + 40 * turn + voice, newcomer: known });
	expect(waves.voices(0)).toBeLessThanOrEqual(40);
	expect(waves.voices(0)).toBeGreaterThan(32);
});

test("a hundred voices are about as many", () => {
	const waves = createWaves(slots, 1);
	for (const age of doubling(100, 720))
		waves.hear(0, 0, { voice: hashKey(`voice-${age}`), atSeconds: start + age, newcomer: known });
	expect(waves.voices(0)).toBeGreaterThan(80);
});
