// What happened around an item lately: how much its account sent, how new it was, what became of what it sent, how many accounts sent the same. Counted only while a rule that detectors ask
// reads it (ports/count-store.ts), and kept with the verdict as it was read: a backtest reads what was read then.
import type { FactDeclarations, FactValues } from "./fact.ts";

/** Items that one count looks at, the newest ones: a flood costs no more than this. */
export const mostCounted = 1_000;

const minuteMs = 60_000;
const items = { type: "int", evidence: "content", since: 2 } as const;
const ofAccount = { ...items, isOfAuthor: true } as const;
const ofDoings = { ...ofAccount, isTally: true } as const;
const history = { type: "int", evidence: "content", since: 3, isOfAuthor: true } as const;

const latelyFacts = {
	account: {
		items5m: { ...ofDoings, says: "items of its account within 5 minutes, itself included; at most 1000" },
		items1h: { ...ofDoings, says: "items of its account within an hour, itself included; at most 1000" },
		items1d: { ...ofDoings, says: "items of its account within a day, itself included; at most 1000" },
		removed: { ...ofDoings, says: "items of its account that people removed, and did not take back; at most 1000" },
		restored: { ...history, says: "items of its account that were withheld, and that people let be; at most 1000" },
		withheld: { ...history, isTally: true, says: "items of its account that are withheld now; at most 1000" },
		ageHours: {
			...history,
			says: "whole hours since its account was made, as the platform says (accountcreated), or since it was first seen here; who was there before that was watched is taken to be a day older",
		},
		firstDayRate: {
			...history,
			type: "double",
			isTally: true,
			says: "items an hour that its account sent so far, in the first 24 hours of it; 0 where it is older",
		},
	},
	cluster: {
		accounts1h: {
			...items,
			says: "accounts that sent the same text, file or confirmed copy within an hour, its own included; among the newest 1000",
		},
		accounts1d: {
			...items,
			says: "accounts that sent the same text, file or confirmed copy within a day, its own included; among the newest 1000",
		},
	},
} as const satisfies Readonly<Record<string, FactDeclarations>>;

export const latelyGroups: Readonly<Record<string, FactDeclarations>> = latelyFacts;

/** By name, and how far back each looks; null: without end. */
const windowsMs = {
	"account.items5m": 5 * minuteMs,
	"account.items1h": 60 * minuteMs,
	"account.items1d": 1_440 * minuteMs,
	"account.removed": null,
	"account.restored": null,
	"account.withheld": null,
	"account.ageHours": null,
	"account.firstDayRate": 1_440 * minuteMs,
	"cluster.accounts1h": 60 * minuteMs,
	"cluster.accounts1d": 1_440 * minuteMs,
} as const;
export type LatelyName = keyof typeof windowsMs;
export const latelyNames = [
	"account.items5m",
	"account.items1h",
	"account.items1d",
	"account.removed",
	"account.restored",
	"account.withheld",
	"account.ageHours",
	"account.firstDayRate",
	"cluster.accounts1h",
	"cluster.accounts1d",
] as const satisfies readonly LatelyName[];

/** 0 where it was not asked for. */
export type LatelyCounts = Readonly<Record<LatelyName, number>>;

export function latelyAmong(reads: ReadonlySet<string>): ReadonlySet<LatelyName> {
	return new Set(latelyNames.filter((name) => reads.has(name)));
}

/** How long what was counted is needed; 0 where nothing is. */
export function keptMs(asked: ReadonlySet<LatelyName>): number {
	return Math.max(0, ...[...asked].map((name) => windowsMs[name] ?? 0));
}

const firstHours = 24;

/** Within its first hour an account has had an hour. */
export function firstDayRate(items1d: number, ageHours: number): number {
	return ageHours < firstHours ? items1d / Math.max(1, ageHours) : 0;
}

export function latelyFactsOf(counts: LatelyCounts): Readonly<Record<string, FactValues>> {
	return Object.fromEntries(
		Object.entries(latelyFacts).map(([group, declared]) => [
			group,
			Object.fromEntries(
				latelyNames.flatMap((full) => {
					const name = full.slice(group.length + 1);
					return full.startsWith(`${group}.`) && name in declared ? [[name, counts[full]]] : [];
				}),
			),
		]),
	);
}
