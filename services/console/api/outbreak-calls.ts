// What the console asks of what spreads.
import type { CaseId } from "../../core/ids.ts";
import { type OutbreaksAnswer, outbreaksAnswer } from "../../core/wire/outbreaks-api.ts";
import type { SpreadRequest } from "../../core/wire/review-api.ts";
import { caseDetail, type WireCaseDetail } from "../../core/wire/review-case.ts";
import type { Requests } from "./requests.ts";

export interface OutbreakCalls {
	outbreaks(): Promise<OutbreaksAnswer>;
	changeSpread(id: CaseId, request: SpreadRequest): Promise<WireCaseDetail>;
}

export function outbreakCalls({ json }: Pick<Requests, "json">): OutbreakCalls {
	return {
		outbreaks: () => json("GET", "/api/outbreaks", outbreaksAnswer),
		changeSpread: (id, request) => json("POST", `/api/cases/${id}/spread`, caseDetail, { body: request }),
	};
}
