import { useEffect, useRef, useState } from "preact/hooks";
import type { RuleBody } from "../../core/rules/rule.ts";
import type { CheckRuleAnswer } from "../../core/wire/rules-api.ts";
import { useDesk } from "../shell/console-context.ts";

const restMs = 250;

export type Check =
	| { readonly kind: "empty" }
	/** Something was typed since the last answer. */
	| { readonly kind: "asked" }
	| { readonly kind: "answered"; readonly answer: CheckRuleAnswer }
	/** Review could not be asked: whether it is right is not known. */
	| { readonly kind: "unknown" };

/** What is wrong with a rule, asked of review when the keyboard rests. */
export function useRuleCheck(body: RuleBody | null): Check {
	const { client } = useDesk();
	const [check, setCheck] = useState<Check>({ kind: "empty" });
	const asked = useRef(0);
	const key = body === null ? null : JSON.stringify(body);
	useEffect(() => {
		asked.current += 1;
		const mine = asked.current;
		if (body === null) {
			setCheck({ kind: "empty" });
			return;
		}
		setCheck((old) => (old.kind === "answered" ? old : { kind: "asked" }));
		const timer = setTimeout(() => {
			client.checkRule(body).then(
				(answer) => mine === asked.current && setCheck({ kind: "answered", answer }),
				() => mine === asked.current && setCheck({ kind: "unknown" }),
			);
		}, restMs);
		return () => clearTimeout(timer);
	}, [key]);
	return check;
}
