import { parseItemEvent } from "../../core/wire/parse-item-event.ts";
import { next, type StepResult } from "../step.ts";
import type { Parsed, Received } from "../values.ts";

/** Reads the CloudEvent; what is malformed is parked at once, since it will be malformed for ever. */
export async function parseEvent(received: Received): Promise<StepResult<Parsed>> {
	const parsed = parseItemEvent(received.record);
	if (!parsed.ok) return { kind: "park", reason: parsed.problem, faults: parsed.faults };
	return next({ event: parsed.event, ...received });
}
