import { setImmediate as nextTurn } from "node:timers/promises";
import { namedPaths } from "../../core/items/members.ts";
import type { Writing } from "../../core/items/picture/writings.ts";
import { isDecidedWithoutModels } from "../../core/policy/decide-verdict.ts";
import type { Policy } from "../../core/policy/policy.ts";
import type { ExamineRequest } from "../../core/ports/image-examiner.ts";
import type { WordReader } from "../../core/ports/word-reader.ts";
import { clearSignal } from "../../core/signals/clear/clear.ts";
import type { Signal } from "../../core/signals/signal.ts";
import { isOurFault } from "../../core/signals/unavailable/reasons.ts";
import { unavailableSignal } from "../../core/signals/unavailable/unavailable.ts";
import { isUnexamined, unexaminedSignal } from "../../core/signals/unexamined/unexamined.ts";
import { chooseExcerpts, type Quoted, quote } from "../../core/signals/written/excerpts.ts";
import { gatherWritten } from "../../core/signals/written/gather-written.ts";
import type { WordExcerpt } from "../../core/signals/written/word-excerpt.ts";
import { typedVersion, type WrittenPlace } from "../../core/signals/written/written.ts";
import { textPieces } from "../../core/text/text-pieces.ts";
import { next, type Step } from "../step.ts";
import { type ExaminedMedia, ownerOf } from "../values.ts";
import { lookUpText, type MatchTextDeps } from "./match-text.ts";
import { type ScoreTextDeps, textModelSignals } from "./score-text.ts";

export interface ReadWordsDeps extends MatchTextDeps, ScoreTextDeps {
	readonly wordReader: Pick<WordReader, "version" | "read">;
	readonly stopSignal: AbortSignal;
}

/** Pictures of one file that are read. */
const mostRead = 32;

/** Reads words in pictures, where the policy asks for it, and in documents; unless something known has decided already. */
export function createReadWords(deps: ReadWordsDeps): Step<ExaminedMedia, ExaminedMedia> {
	const readWritings = createReadWritings(deps);
	return async (item) => {
		const policy = deps.policies.of(item.platform.id, item.surface, item.country);
		const { found, failures, excerpts } = await readWritings(item.writings, item.signals, {
			policy,
			owner: ownerOf(item),
		});
		const fault = failures.find(({ reason }) => isOurFault(reason));
		if (fault !== undefined && !item.isLastAttempt) return { kind: "retry", reason: fault.reason };
		return next({ ...item, writings: [], excerpts, signals: [...item.signals, ...found, ...failures] });
	};
}

type Failure = ReturnType<typeof unavailableSignal>;

/** What came of reading: what banks and text model say of the words, and what could not be read. */
interface ReadWritings {
	/** What people are shown of them. */
	readonly excerpts: readonly WordExcerpt[];
	readonly found: readonly Signal[];
	readonly failures: readonly Failure[];
}

interface AskedFor {
	readonly policy: Policy;
	readonly owner: NonNullable<ExamineRequest["owner"]>;
}

/** Words of one place in the item, and the version of what read them. */
interface Words extends Pick<WrittenPlace, "within" | "isTyped"> {
	readonly text: string;
	readonly version: string;
}

/**
 * Gives what is written in pictures, and typed in documents, to banks and text model, as a post's text. What was read goes no further than this: it
 * is neither recorded nor logged, but for what people are shown of what was named. `known`: the signals of the item so far.
 */
export function createReadWritings(
	deps: ReadWordsDeps,
): (writings: readonly Writing[], known: readonly Signal[], asked: AskedFor) => Promise<ReadWritings> {
	const { wordReader, signalCatalogue, textScorer, matcher } = deps;
	return async (writings, known, { policy, owner }) => {
		if (writings.length === 0 || isDecidedWithoutModels(known, policy, signalCatalogue))
			return { found: [], failures: [], excerpts: [] };
		const { read, failures } = await readAll(writings, owner);
		const written: Quoted[] = [];
		let hasUnasked = false;
		for (const { text, ...place } of read)
			for (const piece of textPieces(text)) {
				// The text model has the event loop for milliseconds with each.
				await nextTurn();
				const said = await signalsOfWords(piece, place, known);
				written.push(...said.written);
				failures.push(...said.failures);
				hasUnasked ||= said.hasUnasked;
			}
		const versions = written.length + failures.length === 0 ? versionsOf(writings, wordReader) : [];
		const unasked = hasUnasked ? [unexaminedSignal("words", "scored", "other-language")] : [];
		return {
			found: [
				...versions.map((version) => clearSignal("words", version)),
				...gatherWritten(written.map(({ signal }) => signal)),
				...unasked,
			],
			excerpts: chooseExcerpts(written),
			failures: gatherFailures(failures),
		};
	};

	async function readAll(writings: readonly Writing[], owner: AskedFor["owner"]) {
		const read: Words[] = [];
		const failures: Failure[] = [];
		let drawings = 0;
		for (const { within, ...writing } of writings) {
			if ("typed" in writing) {
				read.push({ text: writing.typed, version: typedVersion, isTyped: true, ...(within && { within }) });
				continue;
			}
			drawings += 1;
			const words =
				drawings <= mostRead
					? await wordReader.read(writing.drawn, deps.stopSignal, owner)
					: ({ kind: "unavailable", reason: "words-not-read" } as const);
			if (words.kind === "unavailable")
				failures.push(unavailableSignal("words", wordReader.version, words.reason, within));
			else if (words.text !== "")
				read.push({ text: words.text, version: wordReader.version, ...(within && { within }) });
		}
		return { read, failures };
	}

	async function signalsOfWords(text: string, place: Omit<Words, "text">, known: readonly Signal[]) {
		const { matches, failures } = isUnexamined(known, "matched")
			? { matches: [], failures: [] }
			: await lookUpText(text, deps);
		const said =
			textScorer === null || isUnexamined(known, "scored")
				? []
				: textModelSignals(textScorer, { text, language: null });
		const failed = [...failures, ...said.filter((one) => one.kind === "unavailable")];
		const scores = said.filter((one) => one.kind === "scored");
		return {
			written: [...matches, ...scores].map((one) => quote(one, text, place)),
			failures: failed.map(({ reason }) => unavailableSignal("words", matcher.version, reason, place.within)),
			hasUnasked: said.some((one) => one.kind === "unexamined"),
		};
	}
}

/** The versions of what reads them. */
function versionsOf(writings: readonly Writing[], { version }: Pick<WordReader, "version">): readonly string[] {
	return [...new Set(writings.map((one) => ("typed" in one ? typedVersion : version)))];
}

/** One for each reason, which names the places. */
function gatherFailures(failures: readonly Failure[]): readonly Failure[] {
	const byReason = new Map<string, Failure>();
	for (const failure of failures) {
		const key = `${failure.reason} ${failure.version}`;
		const paths = namedPaths([...(byReason.get(key)?.within ?? []), ...(failure.within ?? [])]);
		const { detector, version, reason } = failure;
		byReason.set(key, unavailableSignal(detector, version, reason, paths.length === 0 ? undefined : paths));
	}
	return [...byReason.values()];
}
