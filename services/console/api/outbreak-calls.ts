// What the console asks of what spreads, and of what is done about it and about items short of hiding them.
import type { CaseId } from "../../core/ids.ts";
import { type OutbreaksAnswer, outbreaksAnswer } from "../../core/wire/outbreaks-api.ts";
import type { SpreadRequest } from "../../core/wire/review-api.ts";
import { caseDetail, type WireCaseDetail } from "../../core/wire/review-case.ts";
import type { MeasureRequest } from "../../core/wire/review-measure.ts";
import type { Requests } from "./requests.ts";

export interface OutbreakCalls {
	outbreaks(): Promise<OutbreaksAnswer>;
	changeSpread(id: CaseId, request: SpreadRequest): Promise<WireCaseDetail>;
	changeMeasure(id: CaseId, request: MeasureRequest): Promise<WireCaseDetail>;
}

export function outbreakCalls({ json }: Pick<Requests, "json">): OutbreakCalls {
	return {
		outbreaks: () => json("GET", "/api/outbreaks", outbreaksAnswer),
		changeSpread: (id, request) => json("POST", `/api/cases/${id}/spread`, caseDetail, { body: request }),
		changeMeasure: (id, request) => json("POST", `/api/cases/${id}/measures`, caseDetail, { body: request }),
	};
}
