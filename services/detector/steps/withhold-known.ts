import { setImmediate } from "node:timers/promises";
import type { BankLookUps } from "../../core/banks/bank-matcher.ts";
import { createExactHasher, type ExactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import { certainOf } from "../../core/policy/decide-verdict.ts";
import type { Verdict } from "../../core/policy/verdict.ts";
import { hashSignals } from "../../core/signals/media-signals.ts";
import type { Signal } from "../../core/signals/signal.ts";
import { isUnexamined } from "../../core/signals/unexamined/unexamined.ts";
import { next, type Step } from "../step.ts";
import type { FetchedMedia, HashedMedia } from "../values.ts";
import { verdictOf } from "./decide.ts";
import { createWithholdEarly, isWithheldEarly, type WithholdEarlyDeps } from "./withhold-early.ts";

export interface WithholdKnownDeps extends WithholdEarlyDeps {
	readonly matcher: Pick<BankLookUps, "version" | "match" | "mayExempt">;
}

/** Looks a file's bytes up before anything decodes them: what they alone decide, whatever pixels may show, is withheld now, and goes on. */
export function createWithholdKnown(deps: WithholdKnownDeps): Step<FetchedMedia, HashedMedia> {
	const early = createWithholdEarly(deps);
	return async (item) => {
		const exact = item.copy?.exact ?? (item.bytes === null ? null : await hashInTurns(item.bytes));
		if (exact === null) return next({ exact, ...item });
		if (item.isWithheld || isUnexamined(item.signals, "matched")) return next({ exact, ...item });
		const hashes = { pdq: null, ...exact };
		const { matcher } = deps;
		const signals = hashSignals(hashes, await matcher.match(hashes), matcher.version);
		const verdict = await certainVerdict(item, exact, signals);
		return next({ exact, ...item, ...(isWithheldEarly(verdict) && (await early.withhold(item, verdict))) });
	};

	/** The verdict over all signals, where no picture known as harmless could overrule any; over those that none overrules otherwise. */
	async function certainVerdict(item: FetchedMedia, exact: ExactHashes, signals: readonly Signal[]): Promise<Verdict> {
		const policy = deps.policies.of(item.platform.id, item.surface, item.country);
		const certain = verdictOf(item, certainOf(signals, policy, deps.signalCatalogue), policy, deps);
		if (certain.action === "withhold") return certain;
		const all = early.verdictOf(item, exact, signals);
		return all.action === "withhold" && (await deps.matcher.mayExempt()) ? certain : all;
	}
}

const turnBytes = 1_048_576;

/** Lets the event loop answer others after each mebibyte. */
async function hashInTurns(bytes: Uint8Array): Promise<ExactHashes> {
	const hasher = createExactHasher();
	for (let from = 0; from < bytes.length; from += turnBytes) {
		if (from > 0) await setImmediate();
		hasher.update(bytes.subarray(from, from + turnBytes));
	}
	return hasher.digest();
}
