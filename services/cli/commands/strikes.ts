// Repeat infringers: what people removed of one account, and what laws then ask to consider. Nothing is executed by it.
import type { Command } from "commander";
import type { CaseState } from "../../core/cases/case.ts";
import type { CaseId } from "../../core/ids.ts";
import { createPolicies } from "../../core/policy/policy.ts";
import type { AccountStrikes, Strike } from "../../core/ports/strike-store.ts";
import { accountKey } from "../../core/strikes/account-case.ts";
import type { AccountRestriction } from "../../core/strikes/account-restriction.ts";
import { leastOf, type StrikeFinding, strikeFindings } from "../../core/strikes/strike-findings.ts";
import { accountRestrictionsEnglish } from "../../words/account-restrictions.en.ts";
import { withParts } from "../lazy-compose.ts";
import { print, table } from "../output.ts";
import { parseCount } from "../parse-options.ts";
import { requirePlatform } from "../require-platform.ts";

/** How many cases of one account are shown at most, the newest decision first. */
const mostCases = 20;
const yearMs = 365 * 86_400_000;

interface ListOptions {
	readonly all?: true;
	readonly limit: number;
}

export function addStrikeCommands(program: Command): void {
	const strikes = program
		.command("strikes")
		.description("Strikes: what people removed of one account and did not take back; laws say when there are too many");
	strikes
		.command("list")
		.description("List accounts of which a law asks to consider a suspension, those with most strikes first")
		.option("--all", "every account with a strike in the last year")
		.option("--limit <n>", "how many at most", parseCount, 50)
		.action(async ({ all, limit }: ListOptions, command: Command) => {
			const found = await withParts(async ({ stores, clock }) => {
				const { set: laws } = await stores.laws.current();
				const now = new Date(clock.now());
				const least = all === true ? { since: new Date(now.getTime() - yearMs), atLeast: 1 } : leastOf(laws, now);
				const accounts = least === null ? [] : await stores.strikes.list({ ...least, limit });
				const judged = accounts.map((one) => ({
					...one,
					findings: strikeFindings(one.strikes, laws, { now, suspensions: 0 }),
				}));
				return all === true ? judged : judged.filter(({ findings }) => findings.some(isAsked));
			});
			print(command, found, describeAll);
		});
	strikes
		.command("show")
		.argument("<platform>", "its name")
		.argument("<account>", "the platform's own id of it")
		.description(
			"Show an account's strikes with their cases, how each law counts them, and the cases about the account",
		)
		.action(async (platformName: string, accountId: string, _, command: Command) => {
			const found = await withParts(async ({ stores, clock }) => {
				const { set: laws } = await stores.laws.current();
				const platform = await requirePlatform(stores, platformName);
				const own = await stores.strikes.ofAccount({ platformName, accountId });
				const search = accountKey(platform.id, accountId);
				const cases = (await stores.cases.list({ search, limit: mostCases, offset: 0 }))
					.filter((one) => one.accountId === accountId)
					.map(async ({ id, state }) => {
						const told = (await stores.strikes.ofCase(id))?.orders.at(-1);
						return { id, state, restriction: told?.restriction ?? null };
					});
				const { revision, set } = await stores.policy.current();
				const policy = createPolicies(set, revision).of(platform.id, "public", platform.country);
				return {
					...{ platformName, accountId, cases: await Promise.all(cases), restriction: policy.accountRestriction },
					strikes: own,
					findings: strikeFindings(own, laws, { now: new Date(clock.now()), suspensions: 0 }),
				};
			});
			print(command, found, describeOne);
		});
}

type Judged = AccountStrikes & { readonly findings: readonly StrikeFinding[] };

function isAsked({ recommendation }: StrikeFinding): boolean {
	return recommendation.kind !== "none";
}

function describeAll(accounts: readonly Judged[]): string {
	if (accounts.length === 0) return "no account has so many strikes";
	return table(
		["platform", "account", "strikes", "the last", "to consider"],
		accounts.map(({ platformName, accountId, strikes, findings }) => [
			...[platformName, accountId, strikes.length, strikes[0]?.at.toISOString() ?? null],
			findings.filter(isAsked).map(say).join("; ") || "–",
		]),
	);
}

function say({ law, recommendation }: StrikeFinding): string {
	switch (recommendation.kind) {
		case "none":
			return `${law}: nothing`;
		case "suspend":
			return `${law}: suspend for ${recommendation.atLeastDays} to ${recommendation.atMostDays} days`;
		case "suspend-permanently":
			return `${law}: suspend for good`;
	}
}

interface AccountCase {
	readonly id: CaseId;
	readonly state: CaseState;
	/** What its platform was told last by it; null where it was told of none. */
	readonly restriction: AccountRestriction | null;
}

function describeOne({
	strikes,
	findings,
	cases,
	restriction,
}: {
	readonly restriction: AccountRestriction;
	readonly cases: readonly AccountCase[];
	readonly strikes: readonly Strike[];
	readonly findings: readonly StrikeFinding[];
}) {
	const counts = findings.flatMap(({ law, counts: all }) =>
		all.map(({ count, threshold, withinDays }) => [law, `${count} of ${threshold}`, `${withinDays} days`]),
	);
	const rows = strikes.map(({ at, caseId, itemId, category }) => [at.toISOString(), category, caseId, itemId]);
	return [
		strikes.length === 0 ? "no strikes" : table(["removed", "category", "case", "item"], rows),
		"",
		table(["law", "counts", "within"], counts),
		...findings.filter(isAsked).map((one) => `to consider, by people: ${say(one)}`),
		`if people recommend a restriction: ${accountRestrictionsEnglish[restriction]}`,
		...describeCases(cases),
	].join("\n");
}

function describeCases(cases: readonly AccountCase[]): readonly string[] {
	if (cases.length === 0) return [];
	const rows = cases.map(({ id, state, restriction }) => [id, state, restriction ?? "–"]);
	return ["", table(["case about it", "state", "recommended"], rows)];
}
