import { namedPaths } from "../../core/items/members.ts";
import type { Writing } from "../../core/items/picture/writings.ts";
import { isDecidedWithoutModels } from "../../core/policy/decide-verdict.ts";
import type { Policy } from "../../core/policy/policy.ts";
import type { ExamineRequest } from "../../core/ports/image-examiner.ts";
import type { WordReader } from "../../core/ports/word-reader.ts";
import { clearSignal } from "../../core/signals/clear/clear.ts";
import type { Signal } from "../../core/signals/signal.ts";
import { isOurFault, type UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import { unavailableSignal } from "../../core/signals/unavailable/unavailable.ts";
import { isUnexamined, unexaminedSignal } from "../../core/signals/unexamined/unexamined.ts";
import { writtenSignal } from "../../core/signals/written/written.ts";
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

/** Reads words in pictures, where the policy asks for it; unless something known has decided already. */
export function createReadWords(deps: ReadWordsDeps): Step<ExaminedMedia, ExaminedMedia> {
	const readWritings = createReadWritings(deps);
	return async (item) => {
		const policy = deps.policies.of(item.platform.id, item.surface, item.country);
		const { found, failures } = await readWritings(item.writings, item.signals, { policy, owner: ownerOf(item) });
		const fault = failures.find(({ reason }) => isOurFault(reason));
		if (fault !== undefined && !item.isLastAttempt) return { kind: "retry", reason: fault.reason };
		return next({ ...item, writings: [], signals: [...item.signals, ...found, ...failures] });
	};
}

type Failure = ReturnType<typeof unavailableSignal>;

/** What came of reading: what banks and text model say of the words, and what could not be read. */
interface ReadWritings {
	readonly found: readonly Signal[];
	readonly failures: readonly Failure[];
}

interface AskedFor {
	readonly policy: Policy;
	readonly owner: NonNullable<ExamineRequest["owner"]>;
}

/**
 * Gives what is written in pictures to banks and text model, as a post's text. What was read goes no further than this: it is neither recorded
 * nor logged. `known`: the signals of the item so far.
 */
export function createReadWritings(
	deps: ReadWordsDeps,
): (writings: readonly Writing[], known: readonly Signal[], asked: AskedFor) => Promise<ReadWritings> {
	const { wordReader, signalCatalogue } = deps;
	return async (writings, known, { policy, owner }) => {
		if (writings.length === 0 || isDecidedWithoutModels(known, policy, signalCatalogue))
			return { found: [], failures: [] };
		const found: Signal[] = [];
		const failures: Failure[] = [];
		const unread = new Map<UnavailableReason, Writing[]>();
		for (const [at, writing] of writings.entries()) {
			const read =
				at < mostRead
					? await wordReader.read(writing.drawn, deps.stopSignal, owner)
					: ({ kind: "unavailable", reason: "words-not-read" } as const);
			if (read.kind === "unavailable") {
				unread.set(read.reason, [...(unread.get(read.reason) ?? []), writing]);
			} else if (read.text !== "") {
				const said = await signalsOfWords(read.text, writing, known);
				found.push(...said.found);
				failures.push(...said.failures);
			}
		}
		for (const [reason, of] of unread) {
			const paths = namedPaths(of.flatMap(({ within = [] }) => within));
			failures.push(unavailableSignal("words", wordReader.version, reason, paths.length === 0 ? undefined : paths));
		}
		const isClear = !found.some(({ kind }) => kind === "written") && failures.length === 0;
		return { found: [...(isClear ? [clearSignal("words", wordReader.version)] : []), ...found], failures };
	};

	async function signalsOfWords(text: string, { within }: Writing, known: readonly Signal[]): Promise<ReadWritings> {
		const { textScorer, matcher } = deps;
		const { matches, failures } = isUnexamined(known, "matched")
			? { matches: [], failures: [] }
			: await lookUpText(text, deps);
		const said =
			textScorer === null || isUnexamined(known, "scored")
				? []
				: textModelSignals(textScorer, { text, language: null });
		const failed = [...failures, ...said.filter((one) => one.kind === "unavailable")];
		const scores = said.filter((one) => one.kind === "scored");
		const unasked = said.some((one) => one.kind === "unexamined")
			? [unexaminedSignal("words", "scored", "other-language")]
			: [];
		return {
			found: [...[...matches, ...scores].map((one) => writtenSignal(one, wordReader.version, within)), ...unasked],
			failures: failed.map(({ reason }) => unavailableSignal("words", matcher.version, reason, within)),
		};
	}
}
