// From a signal to the content that has it. `raw` answers all in reach; `answering` only what acts: banks that are on, for that
// share of content, entries that their sources stand by, content that is not off, and nothing known to be harmless: what the detector
// would count, by the same rules.

import type { BankSettings, Match, PictureHashes } from "../core/banks/bank.ts";
import type { BankLookUps } from "../core/banks/bank-matcher.ts";
import { exemptionOf, type MatchPart, partOf } from "../core/banks/exemption.ts";
import { answerOf, type FoundMatch } from "../core/banks/who-answers.ts";
import type { VideoFrame } from "../core/hashes/vpdq/video-frame.ts";
import type { EntryId, PlatformId } from "../core/ids.ts";
import { decideVerdict } from "../core/policy/decide-verdict.ts";
import type { Policies, Policy } from "../core/policy/policy.ts";
import { shortenVerdict } from "../core/policy/shorten-verdict.ts";
import { isContentOn } from "../core/ports/bank-content-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import { matchedSignal, matchesOf } from "../core/signals/matched/matched.ts";
import type { Country } from "../core/wire/country.ts";
import type { Surface } from "../core/wire/item-event.ts";
import type { BankMatches } from "../core/wire/matcher-api.ts";
import { toApiName } from "./bank-name.ts";
import { coinOf } from "./coin-flip.ts";
import type { ContentDirectory } from "./content-directory.ts";
import type { Signal } from "./hash-media.ts";
import { Refusal } from "./refusal.ts";
import type { SignalType, SignalValue } from "./signal-type.ts";

export interface LookUp {
	raw(type: SignalType, signal: unknown, banks: Banks): Promise<readonly RawMatch[]>;
	answering(type: SignalType, signal: unknown, choice: Choice): Promise<Answer>;
	/** Answers for a file that was hashed here. */
	answeringFile(signal: Signal, choice: Choice): Promise<Answer>;
}

/** HMA's names; null: all. */
type Banks = ReadonlySet<string> | null;

export interface Choice {
	readonly banks: Banks;
	readonly seed: string | undefined;
	/** Whatever share of content a bank is on for. */
	readonly everyBank: boolean;
	/** Whose policy says what counts; null: the default's. */
	readonly platform: PlatformId | null;
	readonly surface: Surface | null;
	readonly country: Country | null;
}

interface Answer {
	readonly matches: BankMatches;
	/** By bank, how many entries answer, too: what decides is answered, and the nearest few. */
	readonly leftOut: Readonly<Record<string, number>>;
}

interface RawMatch {
	readonly contentId: number;
	readonly distance: string;
}

export function createLookUp(deps: {
	readonly matcher: () => Pick<BankLookUps, "lookUp"> | null;
	readonly directory: Pick<ContentDirectory, "holding">;
	readonly clock: Clock;
	readonly policies: Pick<Policies, "of">;
}): LookUp {
	const find = async ({ type, hash, stills }: Sought) => {
		const matcher = deps.matcher();
		if (matcher === null) throw new Refusal(503, "index not yet ready");
		return matcher.lookUp(type.hashType, hash, type.radiusBits, stills);
	};
	const contentsOf = async <F extends FoundMatch>(found: readonly F[]) => {
		if (found.length === 0) return [];
		const held = await deps.directory.holding(found.map(({ entry }) => entry));
		return found
			.flatMap((one, index) => (held[index] ?? []).map((content) => ({ ...one, content })))
			.toSorted((a, b) => a.content.id - b.content.id);
	};
	return {
		async raw(type, signal, banks) {
			const found = await find(soughtAs(type, signal));
			const known = found.filter(({ bank }) => bank.kind === "known" && isChosen(bank, banks));
			const contents = nearestOnce(await contentsOf(known));
			return contents.map(({ content, ...one }) => ({ contentId: content.id, distance: type.distanceText(one) }));
		},
		answering: (type, signal, choice) => answer(soughtAs(type, signal), choice),
		answeringFile: ({ type, value, stills }, choice) =>
			answer(value === null ? soughtAs(type, "") : { type, hash: value.hash, ...(stills && { stills }) }, choice),
	};

	async function answer(sought: Sought, { banks, seed, everyBank, platform, surface, country }: Choice) {
		const { type, hash } = sought;
		const found = await find(sought);
		const nowMs = deps.clock.now();
		const policy = deps.policies.of(platform, surface, country);
		const asked = { nowMs, coin: everyBank ? 0 : coinOf(hash, seed) };
		const answers = found.flatMap((one) => {
			const bank = everyBank ? wholly(one.bank) : one.bank;
			const match = answerOf({ ...one, bank }, asked);
			return match === null ? [] : [{ ...one, match }];
		});
		const exemption = exemptionOf(
			answers.map(({ match }) => match),
			policy,
		);
		const known = answers.filter(
			({ bank, match }) => isChosen(bank, banks) && isAnswer[partOf(match, exemption, policy)],
		);
		const kept = keptOf(
			known.map(({ match }) => match),
			policy,
		);
		const leftOut: Record<string, number> = {};
		for (const { bank } of known.filter(({ entry }) => !kept.has(entry.id)))
			leftOut[toApiName(bank.name)] = (leftOut[toApiName(bank.name)] ?? 0) + 1;
		const matches: Record<string, { bank_content_id: number; distance: string }[]> = {};
		const shown = known.filter(({ entry }) => kept.has(entry.id));
		for (const { bank, content, ...one } of nearestOnce(await contentsOf(shown))) {
			if (!isContentOn(content.disableUntilTs, nowMs)) continue;
			const name = toApiName(bank.name);
			matches[name] ??= [];
			matches[name].push({ bank_content_id: content.id, distance: type.distanceText(one) });
		}
		return { matches, leftOut };
	}
}

/** A hash, and of a video its stills. */
interface Sought {
	readonly type: SignalType;
	readonly hash: Uint8Array;
	readonly stills?: readonly PictureHashes[];
}

function soughtAs(type: SignalType, signal: unknown): Sought {
	const { hash, frames } = parseSignal(type, signal);
	return { type, hash, ...(frames && { stills: frames.map(stillOf) }) };
}

/** As it is: of a frame's hash alone nobody can tell how it would look turned. */
function stillOf({ hash, quality, atMs }: VideoFrame): PictureHashes {
	return { hash, quality, dihedral: [hash], shown: [{ fromMs: atMs, toMs: atMs }] };
}

/** The entries that a verdict would keep, of those that answer. */
function keptOf(matches: readonly Match[], policy: Policy): ReadonlySet<EntryId> {
	const signals = matches.map((match) => matchedSignal("hash", "", match));
	const verdict = decideVerdict(signals, "public", policy);
	const shortened = shortenVerdict(verdict, { policy, isOpen: () => false }).verdict;
	return new Set(matchesOf(shortened.signals).map(({ entryId }) => entryId));
}

function parseSignal(type: SignalType, signal: unknown): SignalValue {
	try {
		return type.parse(signal);
	} catch (error) {
		throw new Refusal(400, `invalid signal: ${error instanceof Error ? error.message : "unreadable"}`);
	}
}

/** A content can have several hashes of a type; the nearest speaks for it. Given and answered in the order of numbers. */
function nearestOnce<T extends { readonly content: { readonly id: number }; readonly distanceBits: number }>(
	contents: readonly T[],
): readonly T[] {
	const nearest = new Map<number, T>();
	for (const one of contents) {
		const before = nearest.get(one.content.id);
		if (before === undefined || one.distanceBits < before.distanceBits) nearest.set(one.content.id, one);
	}
	return [...nearest.values()];
}

function isChosen(bank: BankSettings, banks: Banks): boolean {
	return banks === null || banks.has(toApiName(bank.name));
}

/** A bank of known content as if all of it were on; one of what is known to be harmless stays as it is. */
function wholly(bank: BankSettings): BankSettings {
	return bank.kind === "known" ? { ...bank, enabled: true, shadow: false, enabledRatio: 1 } : bank;
}

/** This API has no people to ask: what the detector would send to people is answered, too. A bank in shadow answers nobody. */
const isAnswer = {
	counts: true,
	"asks-people": true,
	exempted: false,
	exempts: false,
	"too-weak": false,
	shadow: false,
} as const satisfies Record<MatchPart, boolean>;

export function effectiveRatio(bank: Pick<BankSettings, "enabled" | "shadow" | "enabledRatio">): number {
	return bank.enabled && !bank.shadow ? bank.enabledRatio : 0;
}
