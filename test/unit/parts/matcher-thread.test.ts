// The matcher in its thread answers what the same matcher answers without one: everything asked at once, nothing waited for.
import { afterAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { BankChange } from "../../../services/core/banks/bank.ts";
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import { type MatcherThread, openMatcherThread } from "../../../services/parts/matcher-thread.ts";
import { hashesOf, newBank, newEntry, withBitsFlipped } from "../../support/bank-fixtures.ts";

const clock = { now: () => 1_000 };
const opened: MatcherThread[] = [];
afterAll(async () => {
	for (const thread of opened) await thread[Symbol.asyncDispose]();
});
function open(onApplied: (change: BankChange) => void = () => undefined): MatcherThread {
	const thread = openMatcherThread({ clock, onApplied });
	opened.push(thread);
	return thread;
}

const bank = newBank();
const pictures = Array.from({ length: 6 }, (_, at) => hashesOf(`picture ${at}`));
const entries = pictures.map(({ pdq }, at) =>
	newEntry(bank.id, { hashType: "pdq", hash: withBitsFlipped(pdq?.hash ?? new Uint8Array(32), at * 7), quality: 80 }),
);
const change = (at: number, isThere: boolean): BankChange => {
	const entry = entries[at];
	if (entry === undefined) throw new Error(`there are ${entries.length} entries`);
	return isThere
		? { sequence: 1, kind: "entry", entry }
		: { sequence: 1, kind: "entry-removed", entryId: entry.id, bankId: bank.id };
};
const step = fc.record({ at: fc.nat(entries.length - 1), does: fc.constantFrom("add", "remove", "match", "look up") });

test("whoever asks after a change is answered with it, and whoever asked before without it", async () => {
	const thread = open();
	const plain = createBankMatcher({ clock });
	plain.apply({ sequence: 1, kind: "bank", bank });
	await thread.apply([{ sequence: 1, kind: "bank", bank }]);
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
			const pairs = steps.map(({ at, does }): readonly [unknown, unknown] => {
				const picture = pictures[at] ?? hashesOf("none");
				const hash = picture.pdq?.hash ?? new Uint8Array(32);
				if (does === "match") return [thread.lookUps.match(picture), plain.match(picture)];
				if (does === "look up") return [thread.lookUps.lookUp("pdq", hash, 31), plain.lookUp("pdq", hash, 31)];
				const made = change(at, does === "add");
				plain.apply(made);
				return [thread.apply([made]), undefined];
			});
			expect(await Promise.all(pairs.map(([inThread]) => inThread))).toEqual(pairs.map(([, without]) => without));
		}),
		{ numRuns: 40 },
	);
});

test("listeners hear of a change before anyone is answered with it", async () => {
	const heard: string[] = [];
	const thread = open(({ kind }) => heard.push(kind));
	const applied = thread.apply([{ sequence: 1, kind: "bank", bank }, change(0, true)]);
	const answered = thread.lookUps.match(pictures[0] ?? hashesOf("none")).then((found) => {
		expect(found).toHaveLength(1);
		expect(heard).toEqual(["bank", "entry"]);
	});
	await Promise.all([applied, answered]);
});

test("a change that cannot be applied fails for who made it, and the thread goes on", async () => {
	const thread = open();
	const broken = { sequence: 1, kind: "unheard of" } as unknown as BankChange;
	await expect(thread.apply([broken])).rejects.toThrow();
	await thread.apply([{ sequence: 1, kind: "bank", bank }, change(1, true)]);
	expect(await thread.lookUps.match(pictures[1] ?? hashesOf("none"))).toHaveLength(1);
});

test("more look-ups than it can answer are refused, changes never, and those that waited are answered", async () => {
	const thread = open();
	const asked = Array.from({ length: 6_000 }, () => thread.lookUps.matchText("a text"));
	const applied = thread.apply([{ sequence: 1, kind: "bank", bank }]);
	const outcomes = await Promise.allSettled(asked);
	const refused = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
	expect(refused).toHaveLength(1_000);
	expect(refused[0]).toMatchObject({ code: "rate-limited", retriable: true });
	await applied;
	expect(await thread.lookUps.matchText("a text")).toEqual([]);
});

test("once closed it answers nobody, and leaves nobody waiting", async () => {
	const thread = open();
	const asked = thread.lookUps.matchText("a text");
	const ended = expect(asked).rejects.toThrow("the banks are closed");
	await thread[Symbol.asyncDispose]();
	await ended;
	await expect(thread.lookUps.matchText("another")).rejects.toThrow("the banks are closed");
});
