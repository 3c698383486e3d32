import { describe, expect, test } from "@jest/globals";
import type { Match } from "../../../services/core/banks/bank.ts";
import type { StandingDecision } from "../../../services/core/clusters/standing-decision.ts";
import { exactHashes } from "../../../services/core/hashes/exact/exact-hashes.ts";
import { caseId, type ItemId, itemId, platformId, uuidv7 } from "../../../services/core/ids.ts";
import { scopeText } from "../../../services/core/policy/breaker.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import type { UnexaminedItem } from "../../../services/core/ports/verdict-store.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import { matchedSignal } from "../../../services/core/signals/matched/matched.ts";
import { createWithholdKnown } from "../../../services/detector/steps/withhold-known.ts";
import type { FetchedMedia } from "../../../services/detector/values.ts";
import { newMatch } from "../../support/bank-fixtures.ts";

const newId = () => itemId.parse(uuidv7(Date.now()));
const bytes = Buffer.from("the bytes of a file");
const exact = { hashType: "sha256", distanceBits: 0 } as const;
const trusted = newMatch({ ...exact, trusted: true });
const confirmedBySources = newMatch({ ...exact, trusted: false });

/** The parts of a fetched picture that this step reads. */
function fetched(change: Partial<FetchedMedia> = {}): FetchedMedia {
	const read: Partial<FetchedMedia> = {
		...{ kind: "media", surface: "public", authorId: "author", itemId: newId(), isWithheld: false, bytes, signals: [] },
		platform: { id: platformId.parse(uuidv7(0)) } as FetchedMedia["platform"],
		event: { source: "//forum.example", id: "event", subject: "media/1", time: null } as FetchedMedia["event"],
		record: { receivedAtMs: 1_000 } as FetchedMedia["record"],
		...change,
	};
	return read as FetchedMedia;
}

const letBe: StandingDecision = {
	...{ caseId: caseId.parse(uuidv7(2)), decision: "restore", decidedAt: new Date(0), category: null },
	knew: signalCatalogue.scopesOf(matchedSignal("hash", "m", confirmedBySources)).map(scopeText),
};

const removed: StandingDecision = { ...letBe, decision: "remove", knew: [] };

interface World {
	readonly matches: readonly Match[];
	readonly mayExempt?: boolean;
	readonly isBreakerOpen?: boolean;
	/** What people decided of the same bytes. */
	readonly decided?: readonly StandingDecision[];
	/** The record has the key already, under this id. */
	readonly recordedAs?: ItemId;
}

function step({ matches, mayExempt = false, isBreakerOpen = false, decided = [], recordedAs }: World) {
	const withheld: UnexaminedItem[] = [];
	const counted: string[] = [];
	const told: string[] = [];
	const run = createWithholdKnown({
		matcher: { version: "m", match: async () => matches, mayExempt: async () => mayExempt },
		policies: { of: () => defaultPolicy },
		standing: { of: () => decided, wasLetBe: () => false },
		signalCatalogue,
		breakers: {
			isOpen: () => isBreakerOpen,
			count: (scopes) => void counted.push(...scopes.map(({ kind }) => kind)),
		},
		verdicts: {
			async withhold(items) {
				withheld.push(...items);
				return items.map(({ id }) => ({
					kind: recordedAs === undefined ? ("withheld" as const) : ("duplicate" as const),
					itemId: recordedAs ?? id,
				}));
			},
		},
		clock: { now: () => 1_500 },
		events: { itemWithheldUnexamined: ({ tier, seconds }) => void told.push(`${tier} ${seconds}`) },
	});
	return { run, withheld, counted, told };
}
const goneOn = async (result: ReturnType<ReturnType<typeof step>["run"]>) => {
	const answer = await result;
	if (answer.kind !== "next") throw new Error("every picture goes on to be examined");
	return answer.value;
};

describe("a file that is known by its bytes", () => {
	test("is withheld before anything decodes it, told and counted once, and goes on to be examined", async () => {
		const { run, withheld, counted, told } = step({ matches: [trusted] });
		const item = fetched();
		const value = await goneOn(run(item));
		expect(withheld).toMatchObject([{ id: item.itemId, verdict: { tier: "K1", action: "withhold" } }]);
		expect(value).toMatchObject({ isWithheld: true, itemId: item.itemId, exact: exactHashes(bytes) });
		expect([counted, told]).toEqual([["bank", "platform"], ["K1 0.5"]]);
	});

	test("to several sources is withheld as well, where no picture known as harmless could overrule them", async () => {
		const { run, withheld } = step({ matches: [confirmedBySources] });
		expect(await goneOn(run(fetched()))).toMatchObject({ isWithheld: true });
		expect(withheld).toMatchObject([{ verdict: { tier: "K1" } }]);
	});

	test("and is in the record already keeps the id that it has there", async () => {
		const recordedAs = newId();
		const { run, counted, told } = step({ matches: [trusted], recordedAs });
		expect(await goneOn(run(fetched()))).toMatchObject({ isWithheld: true, itemId: recordedAs });
		expect([counted, told]).toEqual([[], []]);
	});

	test("and was withheld before is not withheld again", async () => {
		const { run, withheld } = step({ matches: [trusted] });
		expect(await goneOn(run(fetched({ isWithheld: true })))).toMatchObject({ isWithheld: true });
		expect(withheld).toEqual([]);
	});
});

describe("what waits for the decoder", () => {
	test.each<readonly [string, World]>([
		["a file that nobody knows", { matches: [] }],
		[
			"one that sources know, where its picture may be known as harmless",
			{ matches: [confirmedBySources], mayExempt: true },
		],
		["one that sources know, which people let be knowing that", { matches: [confirmedBySources], decided: [letBe] }],
		["one that people removed before, and nobody else knows", { matches: [], decided: [removed] }],
		["one whose entry is disputed", { matches: [newMatch({ ...exact, trusted: true, standing: "disputed" })] }],
		["one that is known while a breaker leaves it to people", { matches: [trusted], isBreakerOpen: true }],
		["one of a bank in shadow", { matches: [newMatch({ ...exact, trusted: true, shadow: true })] }],
	])("%s", async (_what, world) => {
		const { run, withheld, counted } = step(world);
		expect(await goneOn(run(fetched()))).toMatchObject({ isWithheld: false, exact: exactHashes(bytes) });
		expect([withheld, counted]).toEqual([[], []]);
	});

	test("has no hashes where there are no bytes", async () => {
		const { run, withheld } = step({ matches: [trusted] });
		expect(await goneOn(run(fetched({ bytes: null })))).toMatchObject({ isWithheld: false, exact: null });
		expect(withheld).toEqual([]);
	});
});
