// What a detector tells of its state when it is asked for its metrics. What happens to items is told by runtime/events.ts.
import { breakerKinds } from "../core/policy/breaker.ts";
import type { ImageExaminer } from "../core/ports/image-examiner.ts";
import type { Subscription } from "../core/ports/item-stream.ts";
import type { BankFollower } from "../parts/follow-banks.ts";
import type { Parts } from "../parts/parts.ts";
import { createBriefCache } from "../runtime/brief-cache.ts";
import type { Breakers } from "./follow-breakers.ts";

/** Within one scrape, and well within the time between two. */
const owedForMs = 500;

export interface Measured {
	readonly subscriptions: readonly Subscription[];
	readonly breakers: Breakers;
	readonly banks: BankFollower;
	readonly examiner: Pick<ImageExaminer, "load">;
}

export function measure(parts: Parts, { subscriptions, breakers, banks, examiner }: Measured): void {
	measureLag(parts, subscriptions);
	measureBreakers(parts, breakers);
	measureBanks(parts, banks);
	measureOwed(parts);
	measureDecoders(parts, examiner);
}

function measureLag({ metrics }: Parts, subscriptions: readonly Subscription[]): void {
	metrics.gauge(
		"breakwater_stream_lag_records",
		"Records after the committed offset.",
		["topic", "partition"],
		async (gauge) => {
			const positions = await Promise.all(subscriptions.map((one) => one.positions()));
			for (const { topic, partition, lag } of positions.flat()) gauge.set({ topic, partition: String(partition) }, lag);
		},
	);
}

/** Three gauges of one question to the record, which a scrape asks once. */
function measureOwed({ metrics, stores, clock }: Parts): void {
	const load = () => stores.verdicts.countOwed();
	const owed = createBriefCache({ forMs: owedForMs, maxEntries: 1, now: clock.now, load });
	metrics.gauge(
		"breakwater_evidence_owed_items",
		"Items that are withheld or before people, and whose bytes are not in the media store yet.",
		[],
		async (gauge) => gauge.set((await owed("all")).evidence),
	);
	metrics.gauge(
		"breakwater_examination_owed_items",
		"Items that are withheld on their bytes alone, and not examined and before people yet.",
		[],
		async (gauge) => gauge.set((await owed("all")).examination),
	);
	metrics.gauge(
		"breakwater_examination_owed_oldest_seconds",
		"How long the first of them has been withheld without being before people.",
		[],
		async (gauge) => gauge.set((await owed("all")).oldestExaminationSeconds),
	);
}

function measureDecoders({ metrics }: Parts, examiner: Pick<ImageExaminer, "load">): void {
	metrics.gauge("breakwater_decodes_waiting", "Pictures that wait for a decoder.", ["lane"], (gauge) => {
		for (const [lane, waiting] of Object.entries(examiner.load?.().waiting ?? {})) gauge.set({ lane }, waiting);
	});
	metrics.gauge(
		"breakwater_costly_files_remembered",
		"Files of which it is remembered that they cost a decoder long: copies wait among the slow, or are not tried again.",
		[],
		(gauge) => gauge.set(examiner.load?.().remembered ?? 0),
	);
}

function measureBreakers({ metrics }: Parts, breakers: Breakers): void {
	metrics.gauge("breakwater_breakers_open", "Breakers for which people decide.", ["kind"], (gauge) => {
		for (const kind of breakerKinds) gauge.set({ kind }, breakers.open.filter((one) => one.kind === kind).length);
	});
}

function measureBanks({ metrics, stores, clock }: Parts, banks: BankFollower): void {
	metrics.gauge("breakwater_bank_sequence", "Last change of the banks applied here.", [], (gauge) =>
		gauge.set(banks.sequence),
	);
	metrics.gauge(
		"breakwater_entries_quarantined",
		"Entries whose matches go to people until someone has looked.",
		[],
		async (gauge) => gauge.set(await stores.entryWatch.countQuarantined()),
	);
	metrics.gauge(
		"breakwater_exemption_banks",
		"Exemption banks that end within two weeks, and those that have ended.",
		["state"],
		async (gauge) => {
			const { ending, expired } = await stores.banks.countExemptions(new Date(clock.now()));
			gauge.set({ state: "ending" }, ending);
			gauge.set({ state: "expired" }, expired);
		},
	);
}
