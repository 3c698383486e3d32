import type { BankLookUps } from "../../core/banks/bank-matcher.ts";
import { linkVersion } from "../../core/hashes/link/link-hash.ts";
import { findLinks, findLinksVersion, mostLinks } from "../../core/links/find-links.ts";
import { mayExamine } from "../../core/policy/legal-basis.ts";
import type { Policies } from "../../core/policy/policy.ts";
import { clearSignal } from "../../core/signals/clear/clear.ts";
import { matchedSignal } from "../../core/signals/matched/matched.ts";
import type { Signal } from "../../core/signals/signal.ts";
import { unavailableSignal } from "../../core/signals/unavailable/unavailable.ts";
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
export function createMatchText({
	matcher,
	policies,
	settlePrefixes,
}: MatchTextDeps): Step<AdmittedPost, AdmittedPost & { readonly signals: readonly Signal[] }> {
	return async (item) => {
		if (!mayExamine(policies.of(item.platform.id, item.surface, item.country), "matched"))
			return next({ ...item, signals: [unexaminedSignal("text", "matched")] });
		const { version } = matcher;
		const { matches, failure } = await settlePrefixes(await matcher.matchText(item.text));
		const found: readonly Signal[] =
			matches.length === 0
				? [clearSignal("text", version)]
				: matches.map((match) => matchedSignal("text", version, match));
		const unread = hasUnreadLinks(item.text) ? [unavailableSignal("link", findLinksVersion, "too-many-links")] : [];
		const unsettled = failure === null ? [] : [unavailableSignal("link", linkVersion, failure)];
		return next({ ...item, signals: [...found, ...unread, ...unsettled] });
	};
}

/** So many links do not fit into less. */
const longestSurelyRead = mostLinks * 4;

function hasUnreadLinks(text: string): boolean {
	return text.length > longestSurelyRead && findLinks(text).isCut;
}
