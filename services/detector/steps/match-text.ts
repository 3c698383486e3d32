import type { BankLookUps } from "../../core/banks/bank-matcher.ts";
import { linkVersion } from "../../core/hashes/link/link-hash.ts";
import { findLinks, findLinksVersion, mostLinks } from "../../core/links/find-links.ts";
import { mayExamine } from "../../core/policy/legal-basis.ts";
import type { Policies } from "../../core/policy/policy.ts";
import { clearSignal } from "../../core/signals/clear/clear.ts";
import { type MatchedSignal, matchedSignal } from "../../core/signals/matched/matched.ts";
import type { Signal } from "../../core/signals/signal.ts";
import { type UnavailableSignal, unavailableSignal } from "../../core/signals/unavailable/unavailable.ts";
import { unexaminedSignal } from "../../core/signals/unexamined/unexamined.ts";
import type { SettlePrefixes } from "../settle-prefixes.ts";
import { next, type Step } from "../step.ts";
import type { AdmittedPost } from "../values.ts";

export interface MatchTextDeps {
	readonly matcher: Pick<BankLookUps, "version" | "matchText">;
	readonly policies: Pick<Policies, "of">;
	readonly settlePrefixes: SettlePrefixes;
}

/** Looks a post's normalized text up among the banks' known texts. Links beyond the first few hundred are looked up by nobody, which the signals say. */
export function createMatchText(
	deps: MatchTextDeps,
): Step<AdmittedPost, AdmittedPost & { readonly signals: readonly Signal[] }> {
	return async (item) => {
		if (!mayExamine(deps.policies.of(item.platform.id, item.surface, item.country), "matched"))
			return next({ signals: [unexaminedSignal("text", "matched")], ...item });
		const { matches, failures } = await lookUpText(item.text, deps);
		const found = matches.length === 0 ? [clearSignal("text", deps.matcher.version)] : matches;
		return next({ signals: [...found, ...failures], ...item });
	};
}

/** What banks know of a text, wherever it was written. */
export async function lookUpText(
	text: string,
	{ matcher, settlePrefixes }: Pick<MatchTextDeps, "matcher" | "settlePrefixes">,
): Promise<{ readonly matches: readonly MatchedSignal[]; readonly failures: readonly UnavailableSignal[] }> {
	const { matches, failure } = await settlePrefixes(await matcher.matchText(text));
	const unread = hasUnreadLinks(text) ? [unavailableSignal("link", findLinksVersion, "too-many-links")] : [];
	const unsettled = failure === null ? [] : [unavailableSignal("link", linkVersion, failure)];
	return {
		matches: matches.map((match) => matchedSignal("text", matcher.version, match)),
		failures: [...unread, ...unsettled],
	};
}

/** So many links do not fit into less. */
const longestSurelyRead = mostLinks * 4;

function hasUnreadLinks(text: string): boolean {
	return text.length > longestSurelyRead && findLinks(text).isCut;
}
