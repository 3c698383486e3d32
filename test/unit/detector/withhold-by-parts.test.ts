// A video is withheld as soon as a part of it suffices, while the rest of it is still being examined. What is found of a part by the real matcher is
// unit/core/banks' to show.
import { expect, test } from "@jest/globals";
import type { Match, PictureHashes } from "../../../services/core/banks/bank.ts";
import type { StandingDecision } from "../../../services/core/clusters/standing-decision.ts";
import { exactHashes } from "../../../services/core/hashes/exact/exact-hashes.ts";
import { caseId, itemId, platformId, uuidv7 } from "../../../services/core/ids.ts";
import { joinSegments } from "../../../services/core/items/segments.ts";
import { initialPolicies } from "../../../services/core/policy/policy.ts";
import type { ImageExamination } from "../../../services/core/ports/image-examiner.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import { unexaminedSignal } from "../../../services/core/signals/unexamined/unexamined.ts";
import { createExamineMedia } from "../../../services/detector/steps/examine-media.ts";
import type { HashedMedia } from "../../../services/detector/values.ts";
import { digest, newMatch } from "../../support/bank-fixtures.ts";

const bytes = Buffer.from("the bytes of a video");
const exact = exactHashes(bytes);
const still = (name: string, fromMs: number, toMs: number): PictureHashes => {
	const hash = digest(name);
	return { hash, quality: 90, dihedral: [hash], shown: [{ fromMs, toMs }] };
};
const known = newMatch({ distanceBits: 3 });
const isKnown = ({ hash }: PictureHashes) =>
	["known", "known as well"].some((name) => Buffer.from(hash).equals(digest(name)));

interface World {
	/** In the order in which they come. */
	readonly parts: readonly (readonly PictureHashes[])[];
	readonly letBe?: "the entry" | "the bytes";
	readonly isBreakerOpen?: boolean;
	/** The examiner goes on once they have withheld it, and not only been looked up. */
	readonly suffice?: true;
	/** What the examiner answers after its last part, as far as it is not usual. */
	readonly frames?: readonly PictureHashes[];
}

/** What happened, in its order; the examiner goes on after its parts once they have been looked up. */
async function eventsOf(
	{ parts, letBe, isBreakerOpen = false, suffice, frames = [] }: World,
	change: Partial<HashedMedia> = {},
) {
	const events: string[] = [];
	let lookedUp = 0;
	const decided: StandingDecision = {
		...{ caseId: caseId.parse(uuidv7(2)), decision: "restore", decidedAt: new Date(0), category: null },
		knew: [`entry:${known.entryId}`, `bank:${known.bankId}`],
	};
	const matchOf = (stills: readonly PictureHashes[]): readonly Match[] => {
		const shown = joinSegments(stills.filter(isKnown).flatMap((one) => one.shown ?? []));
		return shown.length === 0 ? [] : [{ ...known, shown }];
	};
	const step = createExamineMedia({
		examiner: {
			version: "examiner",
			async examine(_bytes, _signal, { onPart } = {}): Promise<ImageExamination> {
				for (const part of parts) onPart?.(part);
				const isWithheld = () => events.includes("told K2");
				const goesOn = () => onPart === undefined || (suffice ? isWithheld() : lookedUp === parts.length);
				while (!goesOn()) await new Promise(setImmediate);
				events.push("examined");
				const hashes = { ...exact, pdq: still("first", 0, 1_000) };
				return {
					kind: "unavailable",
					reason: "truncated",
					mediaType: "video/mp4",
					hashes,
					frames,
					durationMs: 600_000,
				};
			},
		},
		matcher: {
			version: "m",
			hasSounds: async () => false,
			async match(_hashes, stills = [], isPart = false) {
				events.push(`${isPart ? "part" : "all"} of ${stills.length}`);
				lookedUp += 1;
				return matchOf(stills);
			},
		},
		verdicts: {
			async withhold(items) {
				events.push("withheld");
				return items.map(({ id }) => ({ kind: "withheld" as const, itemId: id }));
			},
		},
		standing: {
			of: () => (letBe === "the bytes" ? [decided] : []),
			wasLetBe: (scope) => letBe === "the entry" && decided.knew.includes(scope),
		},
		breakers: { isOpen: () => isBreakerOpen, count: () => undefined },
		events: { itemWithheldUnexamined: ({ tier }) => void events.push(`told ${tier}`) },
		...{
			policies: initialPolicies,
			signalCatalogue,
			clock: { now: () => 0 },
			stopSignal: new AbortController().signal,
		},
	});
	const read: Partial<HashedMedia> = {
		...{ kind: "media", surface: "public", authorId: "author", itemId: itemId.parse(uuidv7(1)), isWithheld: false },
		...{ bytes, copy: null, exact, signals: [], country: null, isLastAttempt: true, leavePlace: () => undefined },
		platform: { id: platformId.parse(uuidv7(0)) } as HashedMedia["platform"],
		event: { source: "//forum.example", id: "event", subject: "media/1", time: null } as HashedMedia["event"],
		record: { receivedAtMs: 0 } as HashedMedia["record"],
		...change,
	};
	const result = await step(read as HashedMedia);
	if (result.kind !== "next") throw new Error(`it came to ${result.kind}`);
	return { events, value: result.value };
}

const harmless = [still("harmless", 0, 20_000)];
const sufficing = [still("known", 20_000, 24_000)];

test("a known still that is shown for long withholds the video before the rest of it has been examined", async () => {
	const { events, value } = await eventsOf({
		...{ parts: [harmless, sufficing, [still("later", 30_000, 60_000)]], suffice: true },
	});
	expect(events).toEqual(["part of 1", "part of 1", "withheld", "told K2", "examined"]);
	expect(value).toMatchObject({ isWithheld: true, durationMs: 600_000 });
});

test("what is shown for a moment again and again counts together", async () => {
	const moments = [20, 40, 60, 80].map((second) => [still("known", second * 1_000, second * 1_000 + 500)]);
	const grown = still("known", 20_000, 20_500);
	const again = { ...grown, shown: [20, 40, 60, 80].map((at) => ({ fromMs: at * 1_000, toMs: at * 1_000 + 900 })) };
	expect((await eventsOf({ parts: moments })).value.isWithheld).toBe(false);
	expect((await eventsOf({ parts: [...moments, [again]], suffice: true })).value.isWithheld).toBe(true);
	// Two stills of the same thing, in different parts.
	const apart = [[still("known", 20_000, 21_500)], harmless, [still("known as well", 40_000, 41_600)]];
	expect((await eventsOf({ parts: apart, suffice: true })).events).toEqual([
		...["part of 1", "part of 2", "part of 2", "withheld", "told K2", "examined"],
	]);
});

test("what something was found by is looked up at the end as well, where the decoder has not kept it", async () => {
	const [found] = sufficing;
	const { value } = await eventsOf({ parts: [sufficing], suffice: true, frames: harmless });
	expect(value.framePdqs).toEqual([...harmless, found]);
	const kept = await eventsOf({ parts: [sufficing], suffice: true, frames: sufficing });
	expect(kept.value.framePdqs).toEqual(sufficing);
});

test.each<readonly [string, Partial<World>]>([
	["people let be something that the entry spoke of", { letBe: "the entry" }],
	["people let be the same bytes, knowing that", { letBe: "the bytes" }],
	["a breaker leaves it to people", { isBreakerOpen: true }],
	["it is seen for less than it takes", { parts: [[still("known", 20_000, 22_000)]] }],
])("waits for the end where %s", async (_what, world) => {
	const { events, value } = await eventsOf({ parts: [sufficing], ...world });
	expect(events).toEqual(["part of 1", "examined"]);
	expect(value.isWithheld).toBe(false);
});

test.each<readonly [string, Partial<HashedMedia>]>([
	["is withheld already", { isWithheld: true }],
	["no law lets anybody compare", { signals: [unexaminedSignal("hash", "matched")] }],
])("is not asked for parts where it %s", async (_what, change) => {
	expect((await eventsOf({ parts: [sufficing] }, change)).events).toEqual(["examined"]);
});
