import { decideVerdict } from "../../core/policy/decide-verdict.ts";
import type { Policy } from "../../core/policy/policy.ts";
import { next, type Step } from "../step.ts";
import type { Decided, Signalled } from "../values.ts";

export interface DecideDeps {
	readonly policy: Policy;
}

export function createDecide(deps: DecideDeps): Step<Signalled, Decided> {
	return async (item) => next({ ...item, verdict: decideVerdict(item.signals, item.surface, deps.policy) });
}
