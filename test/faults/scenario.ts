import type { Feed, FeedPlan } from "./drive-feed.ts";
import type { Servers } from "./servers.ts";
import type { Ground, Plantings, System, SystemOptions } from "./system.ts";

/** One row of the table: a fault that is inflicted while the feed runs. */
export interface Scenario extends Pick<SystemOptions, "profile"> {
	/** What `--only` looks for. */
	readonly name: string;
	/** For the table. */
	readonly fault: string;
	/** What the fault needs besides; a scenario without shares its processes with others. */
	readonly conditions?: (ground: Ground) => Promise<Conditions>;
	readonly feed?: Partial<Pick<FeedPlan, "postsPerSecond" | "picturesPerSecond" | "repeatedPercent">>;
	/** Resolves once the fault is over, with how often it was inflicted. Rejects where the system did not do what it promises. */
	readonly inflict: (context: FaultContext) => Promise<number>;
}

/** Set up before the processes start, taken down after they have ended. */
export interface Conditions extends AsyncDisposable {
	readonly env: Readonly<Record<string, string>>;
	readonly entries?: SystemOptions["entries"];
}

export interface FaultContext {
	readonly servers: Servers;
	readonly system: System;
	readonly plantings: Plantings;
	readonly feed: Feed;
	/** The short form fits into CI's time; the full one takes the times that the fault is named for. */
	readonly isFull: boolean;
	/** Decided by the run's seed. */
	readonly random: () => number;
}
