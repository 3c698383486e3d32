import { setImmediate } from "node:timers/promises";
import type { BankLookUps } from "../../core/banks/bank-matcher.ts";
import { createExactHasher, type ExactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import { scopesOfWithhold } from "../../core/policy/breaker.ts";
import { certainOf } from "../../core/policy/decide-verdict.ts";
import type { Verdict } from "../../core/policy/verdict.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { UnexaminedItem, VerdictStore, WithholdOutcome } from "../../core/ports/verdict-store.ts";
import { hashSignals } from "../../core/signals/media-signals.ts";
import type { Signal } from "../../core/signals/signal.ts";
import { isUnexamined } from "../../core/signals/unexamined/unexamined.ts";
import type { Events } from "../../runtime/events.ts";
import { createMicroBatch } from "../../runtime/micro-batch.ts";
import { next, type Step } from "../step.ts";
import { type FetchedMedia, type HashedMedia, recordedFields } from "../values.ts";
import { type DecideDeps, verdictOf } from "./decide.ts";
import type { RecordVerdictDeps } from "./record-verdict.ts";

export interface WithholdKnownDeps extends Omit<DecideDeps, "breakers"> {
	readonly matcher: Pick<BankLookUps, "version" | "match" | "mayExempt">;
	readonly verdicts: Pick<VerdictStore, "withhold">;
	readonly breakers: DecideDeps["breakers"] & RecordVerdictDeps["breakers"];
	readonly clock: Clock;
	readonly events: Pick<Events, "itemWithheldUnexamined">;
}

/**
 * Looks a file's bytes up before anything decodes them: what they alone decide, whatever pixels may show, is withheld now. The item owes
 * its examination from then on, and goes on to it; the verdict with all signals, and its case, are recorded after that.
 */
export function createWithholdKnown(deps: WithholdKnownDeps): Step<FetchedMedia, HashedMedia> {
	const withhold = createMicroBatch<UnexaminedItem, WithholdOutcome>({
		...{ maxSize: 100, maxWaitMs: 2, concurrency: 2 },
		run: (items) => deps.verdicts.withhold(items),
	});
	return async (item) => {
		const exact = item.copy?.exact ?? (item.bytes === null ? null : await hashInTurns(item.bytes));
		if (exact === null) return next({ ...item, exact });
		if (item.isWithheld || isUnexamined(item.signals, "matched")) return next({ ...item, exact });
		const hashes = { ...exact, pdq: null };
		const { matcher } = deps;
		const signals = hashSignals(hashes, await matcher.match(hashes), matcher.version);
		const verdict = await certainVerdict(item, signals);
		if (verdict.action !== "withhold") return next({ ...item, exact });
		const { kind, itemId } = await withhold({ ...recordedFields(item), verdict });
		if (kind === "withheld") tell(item, verdict);
		return next({ ...item, itemId, isWithheld: true, exact });
	};

	/** The verdict over all signals, where no picture known as harmless could overrule any; over those that none overrules otherwise. */
	async function certainVerdict(item: FetchedMedia, signals: readonly Signal[]): Promise<Verdict> {
		const policy = deps.policies.of(item.platform.id, item.surface, item.country);
		const certain = verdictOf(item, certainOf(signals, policy, deps.signalCatalogue), policy, deps);
		if (certain.action === "withhold") return certain;
		const all = verdictOf(item, signals, policy, deps);
		return all.action === "withhold" && (await deps.matcher.mayExempt()) ? certain : all;
	}

	function tell({ itemId, platform, record }: FetchedMedia, verdict: Verdict): void {
		deps.breakers.count(scopesOfWithhold(verdict, platform.id));
		const seconds = (deps.clock.now() - record.receivedAtMs) / 1_000;
		deps.events.itemWithheldUnexamined({ itemId, tier: verdict.tier, seconds });
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
