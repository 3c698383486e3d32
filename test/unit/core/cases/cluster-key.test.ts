import { describe, expect, test } from "@jest/globals";
import type { Match } from "../../../../services/core/banks/bank.ts";
import {
	authorAskedOf,
	clusterKeyOf,
	isKeyOfAuthor,
	isKeyOfStream,
	keyOfCopies,
	keyOfStream,
} from "../../../../services/core/cases/cluster-key.ts";
import { clusterIdOf } from "../../../../services/core/clusters/cluster-id.ts";
import { hashText } from "../../../../services/core/hashes/text/text-hash.ts";
import { caseId, entryId, itemId, platformId, uuidv7 } from "../../../../services/core/ids.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import { signalCatalogue } from "../../../../services/core/signals/catalogue.ts";
import { contactsSignal } from "../../../../services/core/signals/contacts/contacts.ts";
import { copyOf, decidedSignal } from "../../../../services/core/signals/decided/decided.ts";
import type { Signal } from "../../../../services/core/signals/signal.ts";
import { unavailableSignal } from "../../../../services/core/signals/unavailable/unavailable.ts";
import { digest, newMatch, ofNearText } from "../../../support/bank-fixtures.ts";

const older = entryId.parse(uuidv7(1));
const newer = entryId.parse(uuidv7(2));

function matched(match: Partial<Match>): Signal {
	return {
		kind: "matched",
		detector: "text",
		version: "1",
		match: newMatch({ ...ofNearText, distanceBits: 0, entryId: older, ...match }),
	};
}

function keyOf(text: string | null, ...signals: readonly Signal[]): string {
	const hashes = text === null ? { sha256: digest("picture") } : null;
	return clusterKeyOf({
		itemId: itemId.parse(uuidv7(3)),
		...{ clusterId: null, copyOf: null, authorCase: null },
		hashes,
		wording: text === null ? null : hashText(text),
		entries: signals.flatMap((one) => signalCatalogue.entryOf(one) ?? []),
	});
}

describe("one case for", () => {
	test("all copies of a known picture, near and exact", () => {
		const near = keyOf(null, matched({ hashType: "pdq", distanceBits: 25 }));
		expect(near).toBe(keyOf(null, matched({ hashType: "pdq", distanceBits: 0 })));
	});
	test("a known picture's exact copy and its smaller ones, whichever of its entries came first", () => {
		for (const [ofBytes, ofPixels] of [
			[older, newer],
			[newer, older],
		] as const) {
			const exact = matched({ hashType: "sha256", tightRadiusBits: 0, entryId: ofBytes });
			const near = (distanceBits: number) => matched({ hashType: "pdq", distanceBits, entryId: ofPixels });
			expect(keyOf(null, exact, near(0))).toBe(keyOf(null, near(8)));
			// Made of the same pixels by another program.
			expect(keyOf(null, exact, near(2))).toBe(keyOf(null, near(8)));
		}
	});
	test("an exact copy and another one, though a picture that only looks like it is known, too", () => {
		const exact = matched({ hashType: "sha256", tightRadiusBits: 0, entryId: newer });
		expect(keyOf(null, exact, matched({ hashType: "pdq", distanceBits: 25 }))).toBe(keyOf(null, exact));
	});
	test("all copies of a known text, though an older entry resembles it at no distance", () => {
		const exact = matched({ hashType: "text", entryId: newer });
		expect(keyOf("a text", matched({}), exact)).toBe(keyOf("A text", exact));
	});
	test("copies of one text that resembles a known one, whatever their case and spaces", () => {
		expect(keyOf("a  text", matched({}))).toBe(keyOf("A text", matched({})));
	});
	test("all segments of a live stream, whatever each of them shows; another account's stream of that name is another", () => {
		const platform = platformId.parse(uuidv7(4));
		const ofSegment = (authorId: string, streamId: string, ...signals: readonly Signal[]) =>
			clusterKeyOf({
				itemId: itemId.parse(uuidv7(3)),
				...{ clusterId: null, copyOf: null, authorCase: null, wording: null, hashes: { sha256: digest("segment") } },
				streamCase: keyOfStream(platform, authorId, { streamId }),
				entries: signals.flatMap((one) => signalCatalogue.entryOf(one) ?? []),
			});
		const known = ofSegment("a", "s", matched({ hashType: "pdq", distanceBits: 0 }));
		expect(known).toBe(ofSegment("a", "s"));
		expect(isKeyOfStream(known)).toBe(true);
		const others = [ofSegment("a", "t"), ofSegment("b", "s"), ofSegment("as", "")];
		expect(new Set([known, ...others]).size).toBe(4);
	});
	test("the confirmed members of a cluster, whatever their bytes", () => {
		const keys = ["one", "other"].map((name) =>
			clusterKeyOf({
				itemId: itemId.parse(uuidv7(3)),
				...{ clusterId: clusterIdOf(digest("medoid")), copyOf: null, authorCase: null },
				hashes: { sha256: digest(name) },
				wording: null,
				entries: [],
			}),
		);
		expect(keys[0]).toBe(keys[1]);
	});
	test("byte-identical pictures that nothing knows", () => {
		expect(keyOf(null)).toBe(keyOf(null));
	});
});

test("a known picture that its list holds in two sizes is one case, whichever of them comes", () => {
	const near = (id: typeof older, distanceBits: number) => matched({ hashType: "pdq", distanceBits, entryId: id });
	expect(keyOf(null, near(older, 0), near(newer, 4))).toBe(keyOf(null, near(older, 4), near(newer, 0)));
	// Another picture that only looks like it stays a case of its own.
	expect(keyOf(null, near(older, 0), near(newer, 20))).not.toBe(keyOf(null, near(older, 20), near(newer, 0)));
});

test("nine known pictures in two sizes are nine cases", () => {
	const keys = Array.from({ length: 9 }, (_, at) => {
		// Of every other picture the entry of its bytes is the older one.
		const [ofBytes, ofPixels] = [at * 2 + (at % 2), at * 2 + 1 - (at % 2)].map((ms) => entryId.parse(uuidv7(ms)));
		const exact = matched({ hashType: "sha256", tightRadiusBits: 0, ...(ofBytes && { entryId: ofBytes }) });
		const near = (distanceBits: number) =>
			matched({ hashType: "pdq", distanceBits, ...(ofPixels && { entryId: ofPixels }) });
		return [keyOf(null, exact, near(0)), keyOf(null, near(6))];
	});
	expect(new Set(keys.flat()).size).toBe(9);
});

describe("a case of its own for", () => {
	test("each wording that resembles a known text, even at no distance", () => {
		expect(keyOf("ma", matched({}))).not.toBe(keyOf("má", matched({})));
	});
	test("a wording that resembles a known text, and the known text", () => {
		expect(keyOf("a text", matched({}))).not.toBe(keyOf("a text", matched({ hashType: "text" })));
	});
	test("each wording that is near a text which people removed, where copies of a picture are one", () => {
		const removed = caseId.parse(uuidv7(4));
		const near = (text: string | null) =>
			clusterKeyOf({
				...{
					itemId: itemId.parse(uuidv7(5)),
					clusterId: null,
					copyOf: removed,
					authorCase: null,
					hashes: null,
					entries: [],
				},
				wording: text === null ? null : hashText(text),
			});
		expect(near("seven boats")).not.toBe(near("eight boats"));
		expect(near("seven boats")).toBe(near("Seven  boats"));
		expect(near(null)).toBe(near(null));
	});
	test("posts that match nothing, or only banks that change nothing", () => {
		expect(keyOf("a text")).not.toBe(keyOf("a text"));
		expect(keyOf("a text", matched({ shadow: true }))).not.toBe(keyOf("a text", matched({ shadow: true })));
	});
});

describe("whom somebody writes to", () => {
	const platform = platformId.parse(uuidv7(6));
	const led = { begun: 3, received: 0, unanswered: 0, toNew: 3, moved: 3, ledAway: 3 };
	const leads = contactsSignal({
		...{ picture: { ...led, younger: 0, youngerLedAway: 0, gapYears: null } },
		...{ days: 7, isOneOfThem: true },
	});
	const askedOf = (authorId: string, ...signals: readonly Signal[]) =>
		authorAskedOf(decideVerdict(signals, "public", defaultPolicy), { platformId: platform, authorId }, signalCatalogue);
	test("is one case for each author, whatever the words", () => {
		expect(askedOf("an", leads)).not.toBeNull();
		expect(askedOf("an", leads)).toBe(askedOf("an", leads, matched({ shadow: true })));
		expect(askedOf("an", leads)).not.toBe(askedOf("binh", leads));
	});
	test("is no reason for a case of the author where the item is asked about itself, or something of it could not be found out", () => {
		expect(askedOf("an", leads, matched({ standing: "probable" }))).toBeNull();
		expect(askedOf("an", leads, unavailableSignal("model", "1", "deadline-exceeded"))).toBeNull();
		expect(askedOf("an")).toBeNull();
	});
});

describe("what links to a place that people called harmful", () => {
	const place = caseId.parse(uuidv7(8));
	const platform = platformId.parse(uuidv7(9));
	const linked = decidedSignal({
		...{ caseId: place, decision: "remove", category: null, resemblance: "link", distanceBits: 0, isNews: false },
	});
	const keyOfPost = (authorId: string, text: string, ...signals: readonly Signal[]) => {
		const verdict = decideVerdict(signals, "public", defaultPolicy);
		return clusterKeyOf({
			...{ itemId: itemId.parse(uuidv7(3)), clusterId: null, hashes: null, wording: hashText(text) },
			entries: signals.flatMap((one) => signalCatalogue.entryOf(one) ?? []),
			copyOf: copyOf(verdict)?.caseId ?? null,
			authorCase: authorAskedOf(verdict, { platformId: platform, authorId }, signalCatalogue),
		});
	};
	test("is one case for each account and place, whatever the words, and no standing decision", () => {
		const key = keyOfPost("an", "seven boats", linked);
		expect(key).toBe(keyOfPost("an", "eight boats", linked));
		expect(key).not.toBe(keyOfPost("binh", "seven boats", linked));
		expect(key.startsWith(keyOfCopies(place))).toBe(true);
		expect(isKeyOfAuthor(key)).toBe(true);
	});
	test("is a case for each wording where the words are asked about for themselves, too", () => {
		const near = matched({ standing: "probable" });
		const key = keyOfPost("an", "seven boats", linked, near);
		expect(key).not.toBe(keyOfPost("an", "eight boats", linked, near));
		expect(isKeyOfAuthor(key)).toBe(false);
	});
});
