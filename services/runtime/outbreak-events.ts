import type { CaseId, OutbreakId } from "../core/ids.ts";
import type { OutbreakEnd } from "../core/outbreaks/outbreak.ts";
import type { SubjectKind } from "../core/outbreaks/subject.ts";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./metrics.ts";

export function outbreakEvents(logger: Logger, metrics: Metrics) {
	const began = metrics.counter("breakwater_outbreak_found_total", "Outbreaks found, by what they are of.", ["kind"]);
	const ended = metrics.counter("breakwater_outbreak_ended_total", "Outbreaks that are over, by why.", ["because"]);
	return {
		outbreakBegan(event: {
			readonly outbreakId: OutbreakId;
			readonly kind: SubjectKind;
			readonly caseId: CaseId | null;
		}): void {
			began.inc({ kind: event.kind });
			logger.warn({ event: "outbreak-began", ...event });
		},
		outbreakEnded(event: { readonly because: OutbreakEnd }): void {
			ended.inc({ because: event.because });
			logger.info({ event: "outbreak-ended", ...event });
		},
	};
}
