// Turns what the pipeline answers into offsets, dead letters and retries: the only place where a record is settled or parked.

import { BreakwaterError } from "../core/errors.ts";
import type { DeadLetterStore, NewDeadLetter } from "../core/ports/dead-letter-store.ts";
import type { Delivery, ItemStream } from "../core/ports/item-stream.ts";
import type { UnavailableReason } from "../core/signals/unavailable/reasons.ts";
import { topics } from "../core/wire/topics.ts";
import { errorCode } from "../runtime/error-code.ts";
import type { Events } from "../runtime/events.ts";
import type { Logger } from "../runtime/logger.ts";
import { pause } from "../runtime/pause.ts";
import type { Step, StepResult } from "./step.ts";
import { takeTurns } from "./take-turns.ts";
import type { Received } from "./values.ts";

export interface RunRecordsDeps {
	readonly pipeline: Step<Received, never>;
	readonly deadLetters: Pick<DeadLetterStore, "park">;
	readonly stream: Pick<ItemStream, "publish">;
	readonly events: Pick<Events, "recordRetried" | "recordParked">;
	readonly logger: Logger;
	readonly attempts: number;
	readonly stopSignal: AbortSignal;
	/** Before the second attempt, milliseconds; doubled for each further one. */
	readonly firstDelayMs: number;
}

const maxDelayMs = 15_000;
/** Over some 40 seconds; longer, and unsettled records would hold up what is to be withheld. */
const evidenceFaults = 8;

/** Records of one topic begun in one turn of the event loop: a few milliseconds' work. */
const recordsPerTurn = 16;

/** Works deliveries one by one, each to its end, without holding up the others. */
export function createRunRecords(deps: RunRecordsDeps): (deliveries: readonly Delivery[]) => void {
	const begin = takeTurns((delivery: Delivery) => void runToEnd(delivery), recordsPerTurn);
	return (deliveries) => {
		const [first] = deliveries;
		if (first !== undefined) begin(first.record.topic, deliveries);
	};

	/** A record left at shutdown stays unsettled and is delivered again. */
	async function runToEnd(delivery: Delivery): Promise<void> {
		let attempt = 1;
		for (let faults = 0; !deps.stopSignal.aborted; faults += 1) {
			const isLastAttempt = attempt >= deps.attempts;
			const outcome = await runOnce(delivery, attempt, isLastAttempt);
			if (outcome.kind === "settled") return delivery.settle();
			if (outcome.kind === "park" && (await park(delivery, outcome, attempt))) return delivery.settle();
			const reason = outcome.kind === "retry" ? outcome.reason : "store-unavailable";
			if (reason === "evidence-not-kept" && faults >= evidenceFaults) {
				if (await park(delivery, { reason, faults: [{ code: "evidence-refused" }] }, faults + 1))
					return delivery.settle();
			}
			if (reason === "step-failed" && isLastAttempt) {
				if (await park(delivery, exhausted, attempt)) return delivery.settle();
			}
			// While the record is out of reach nothing can be parked either: no attempt is used up, and the unsettled pause the stream.
			// What only its evidence holds up is examined already.
			if (reason !== "store-unavailable" && reason !== "evidence-not-kept") attempt += 1;
			const delayMs = Math.min(maxDelayMs, deps.firstDelayMs * 2 ** faults) * (0.75 + Math.random() / 2);
			const cause = outcome.kind === "retry" ? (outcome.cause ?? null) : null;
			deps.events.recordRetried({ reason, attempt, delayMs: Math.round(delayMs), cause });
			await pause(delayMs, deps.stopSignal);
		}
	}

	async function runOnce(delivery: Delivery, attempt: number, isLastAttempt: boolean): Promise<RunOutcome> {
		try {
			const result: StepResult<never> = await deps.pipeline({ record: delivery.record, attempt, isLastAttempt });
			return result.kind === "next" ? { kind: "settled" } : result;
		} catch (error) {
			if (error instanceof BreakwaterError && error.code === "store-unavailable")
				return { kind: "retry", reason: "store-unavailable", cause: errorCode(error.cause) };
			deps.logger.error({ event: "step-failed", err: error });
			return { kind: "retry", reason: "step-failed" };
		}
	}

	async function park(delivery: Delivery, { reason, faults }: ParkedFor, attempts: number): Promise<boolean> {
		const { topic, partition, offset, key, value, headers } = delivery.record;
		try {
			await deps.deadLetters.park([{ reason, faults, topic, partition, offset, key, value, headers, attempts }]);
			await deps.stream.publish(topics.deadLetters, [
				{ key: key ?? "", value, headers: { ...headers, "breakwater-reason": reason, "breakwater-topic": topic } },
			]);
		} catch (error) {
			deps.logger.error({ event: "park-failed", err: error });
			return false;
		}
		deps.events.recordParked({ reason, faults: faults.map(({ code }) => code), topic, partition, offset });
		return true;
	}
}

type RetryReason = UnavailableReason | "evidence-not-kept" | "store-unavailable" | "step-failed";

type ParkedFor = Pick<NewDeadLetter, "reason" | "faults">;

const exhausted: ParkedFor = { reason: "retries-exhausted", faults: [{ code: "step-failed-always" }] };

type RunOutcome =
	| { readonly kind: "settled" }
	| ({ readonly kind: "park" } & ParkedFor)
	| {
			readonly kind: "retry";
			readonly reason: RetryReason;
			/** What the store said, where it said anything. */
			readonly cause?: string | null;
	  };
