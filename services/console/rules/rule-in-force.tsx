// What machines did on the rule's word that is still in force: what becomes of it, and its end all at once.
import { afterRule } from "../../core/measures/after-rule.ts";
import { measureKinds } from "../../core/measures/measure.ts";
import type { RuleAnswer } from "../../core/wire/rules-api.ts";
import { formatCount } from "../format/number.ts";
import { useDesk, usePreferences } from "../shell/console-context.ts";
import type { Asking } from "./ask-of-rule.tsx";

interface InForceProps {
	readonly rule: RuleAnswer;
	readonly onAsk: ((asking: Asking) => void) | null;
}

/** Nothing where nothing is in force. */
export function RuleInForce({ rule: { inForce, revisions, isStopped }, onAsk }: InForceProps) {
	const { may } = useDesk();
	const { words, language } = usePreferences();
	const texts = words.rules.inForce;
	const speaks = revisions.some(({ stage }) => stage === "canary" || stage === "live");
	const becomes = afterRule(inForce, { isAsked: speaks && !isStopped });
	if (becomes === "nothing") return null;
	return (
		<section>
			<h2>{texts.title}</h2>
			{measureKinds.map(
				(kind) => inForce[kind] > 0 && <p key={kind}>{texts.counts[kind](formatCount(inForce[kind], language))}</p>,
			)}
			<p class="quiet">{texts.becomes[becomes]}</p>
			{may("policy:decide") && (
				<button type="button" class="button" disabled={onAsk === null} onClick={() => onAsk?.({ kind: "lift" })}>
					{words.rules.lift.name}…
				</button>
			)}
		</section>
	);
}
