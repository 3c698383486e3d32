// Judges items of the past again: banks, policy and breakers are those of the items that arrive now.

import { type BankLookUps, fractionOf } from "../../core/banks/bank-matcher.ts";
import { authorAskedOf, clusterKeyOf, keyOfStream } from "../../core/cases/cluster-key.ts";
import { askStanding, type StandingDecisions } from "../../core/clusters/standing-decision.ts";
import type { EntryId } from "../../core/ids.ts";
import { itemKindParts } from "../../core/items/catalogue.ts";
import type { BreakerScope } from "../../core/policy/breaker.ts";
import { mayExamine } from "../../core/policy/legal-basis.ts";
import type { Policies } from "../../core/policy/policy.ts";
import { shortenVerdict } from "../../core/policy/shorten-verdict.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { JudgedAgain } from "../../core/ports/sweep-store.ts";
import type { SignalCatalogue } from "../../core/signals/catalogue.ts";
import { copyOf } from "../../core/signals/decided/decided.ts";
import { matchedSignal, matchesOf } from "../../core/signals/matched/matched.ts";
import {
	answersFor,
	effectOf,
	type PastItem,
	reachOf,
	signalsAgain,
	signalsKept,
} from "../../core/sweeps/judge-again.ts";
import { verdictOf } from "../steps/decide.ts";
import type { AskOfPast } from "./past-rules.ts";

export interface JudgeItemsDeps {
	readonly matcher: Pick<BankLookUps, "version" | "lookUp">;
	readonly policies: Pick<Policies, "of">;
	readonly breakers: { isOpen(scope: BreakerScope): boolean };
	readonly standing: Pick<StandingDecisions, "of">;
	readonly signalCatalogue: SignalCatalogue;
	readonly clock: Clock;
}

/** What items are judged again for. */
export interface JudgedFor {
	/** Which of the entries that the items match changed; asked once for all of them. */
	changedAmong(ids: readonly EntryId[]): Promise<ReadonlySet<EntryId>>;
	/** Null where no rule is asked. */
	readonly rule: { readonly name: string; readonly ask: AskOfPast } | null;
}

/** `of`: null where somebody reported the items, and whatever they come to now is asked. */
export type JudgeItems = (items: readonly PastItem[], of: JudgedFor | null) => Promise<readonly JudgedAgain[]>;

/** By what an item is the very same as another; a post that is a link and nothing else by that, however it is written. */
const sameTypes = ["sha256", "link", "text"] as const;

export function createJudgeItems(deps: JudgeItemsDeps): JudgeItems {
	const { matcher, policies, breakers, standing, signalCatalogue: catalogue, clock } = deps;
	const isOpen = (scope: BreakerScope) => breakers.isOpen(scope);
	const judge = async (item: PastItem, rule: JudgedFor["rule"]) => {
		const policy = policies.of(item.platformId, item.surface, item.country);
		const { again = null } = item;
		const comparable = mayExamine(policy, "matched") ? item.hashes : [];
		// Who looked again has asked the banks, too.
		const unasked = again === null ? comparable : [];
		const found = await Promise.all(
			unasked.map(async (one) => ({ ...one, found: await matcher.lookUp(one.type, one.hash, reachOf(one.type)) })),
		);
		const byType = new Map(item.hashes.map(({ type, hash }) => [type, hash]));
		const sha256 = byType.get("sha256");
		const [same = null] = sameTypes.flatMap((type) => {
			const hash = byType.get(type);
			return hash === undefined ? [] : [{ type, hash }];
		});
		const content = same?.hash;
		const coin = content === undefined ? 0 : fractionOf(content);
		const matches = answersFor(found, { nowMs: clock.now(), coin });
		const { detector } = itemKindParts[item.kind];
		const spoken =
			again === null
				? [
						...signalsKept(item, matches, rule?.name ?? null),
						...matches.map((match) => matchedSignal(detector, matcher.version, match)),
					]
				: signalsAgain(item, again);
		const asked =
			comparable.length === 0
				? null
				: askStanding({ same, confirmed: item.cluster, links: item.links, signals: spoken }, standing, catalogue);
		const known = asked === null ? spoken : [...spoken, asked];
		const signals = [...known, ...(rule?.ask(item, { signals: known, policy, isOpen }) ?? [])];
		const { platformId: id, surface } = item;
		const verdict = verdictOf({ platform: { id }, surface, isWithheld: false }, signals, policy, deps);
		const copy = copyOf(verdict);
		const entries = signals.flatMap((one) => catalogue.entryOf(one) ?? []);
		const hashes = sha256 === undefined ? null : { sha256 };
		return {
			...{ item, full: verdict },
			...shortenVerdict(verdict, { policy, catalogue, isOpen }),
			copy,
			clusterKey:
				item.openCluster ??
				clusterKeyOf({
					...{ itemId: item.id, clusterId: item.cluster?.clusterId ?? null, copyOf: copy?.caseId ?? null },
					...{ hashes, entries, wording: byType.get("text") ?? null },
					authorCase: authorAskedOf(verdict, item, catalogue),
					streamCase: item.live === null ? null : keyOfStream(item.platformId, item.authorId, item.live),
				}),
		};
	};
	return async (items, of) => {
		const rule = of?.rule ?? null;
		const judged = await Promise.all(items.map((item) => judge(item, rule)));
		const named = judged.flatMap(({ full }) => matchesOf(full.signals).map(({ entryId }) => entryId));
		const entries = (await of?.changedAmong([...new Set(named)])) ?? null;
		const news = entries === null ? null : { entries, rule: rule?.name ?? null };
		return judged.map(({ full, ...one }) => ({ ...one, effect: effectOf(one.item, full, news) }));
	};
}
