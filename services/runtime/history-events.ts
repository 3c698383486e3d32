// Events of questions to the history: a part of events.ts.
import type { Logger } from "./logger.ts";
import type { Metrics } from "./metrics.ts";

export function historyEvents(logger: Logger, metrics: Metrics) {
	const seconds = metrics.histogram(
		"breakwater_history_question_seconds",
		"From a question to the history to its answer.",
		["view"],
	);
	const unanswered = metrics.counter(
		"breakwater_history_unanswered_total",
		"Questions that the history's engine did not answer.",
		["view"],
	);
	return {
		historyAnswered(event: { readonly view: string; readonly seconds: number }): void {
			seconds.observe({ view: event.view }, event.seconds);
		},
		historyUnanswered(event: { readonly view: string; readonly error: unknown }): void {
			unanswered.inc({ view: event.view });
			logger.warn({ event: "history-unanswered", view: event.view, err: event.error });
		},
	};
}
