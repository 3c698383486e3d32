// Brings what was reported before people, within a moment of its coming in. Whatever fails waits in the record, and is told.
import type { ReportGathering } from "../core/ports/report-store.ts";
import type { Events } from "../runtime/events.ts";
import type { Logger } from "../runtime/logger.ts";
import { startToldLoop } from "../runtime/loop.ts";

const reportsPerRound = 500;
/** Should a notice be lost. */
const everyMs = 1_000;
const backOffMs = 5_000;
/** Reports that come in quick succession share a round: each costs a dozen statements, however many it brings. */
const restMs = 200;

export function gatherReports(deps: {
	readonly reportGathering: ReportGathering;
	readonly events: Pick<Events, "reportsGathered">;
	readonly logger: Pick<Logger, "warn">;
}): Promise<AsyncDisposable> {
	const { reportGathering, events, logger } = deps;
	const round = async (): Promise<number> => {
		try {
			const gathered = await reportGathering.gather(reportsPerRound);
			if (gathered.reports > 0) events.reportsGathered(gathered);
			return gathered.reports === reportsPerRound ? 0 : everyMs;
		} catch (error) {
			logger.warn({ event: "reports-not-gathered", err: error });
			return backOffMs;
		}
	};
	return startToldLoop(round, (onNotice) => reportGathering.onReported(onNotice), restMs);
}
