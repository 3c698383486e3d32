// What the page asks the review API about what those outside are told of a case.
import type { CaseId, SilenceId } from "../../core/ids.ts";
import { type BeginSilenceRequest, type SilenceEnded, silenceEnded } from "../../core/wire/review-telling.ts";
import type { Requests } from "./requests.ts";

export interface TellingCalls {
	beginSilence(id: CaseId, request: BeginSilenceRequest): Promise<void>;
	endSilence(id: SilenceId, reason: string): Promise<SilenceEnded>;
}

export function tellingCalls({ json, plain }: Pick<Requests, "json" | "plain">): TellingCalls {
	return {
		beginSilence: (id, request) => plain("POST", `/api/cases/${id}/silences`, { body: request }),
		endSilence: (id, reason) => json("POST", `/api/silences/${id}/end`, silenceEnded, { body: { reason } }),
	};
}
