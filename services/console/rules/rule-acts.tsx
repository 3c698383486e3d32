// Who changed what: each revision as it was written and why, and all acts on the rule for those who may read acts.
import type { RuleAnswer } from "../../core/wire/rules-api.ts";
import { useResource } from "../hooks/use-resource.ts";
import { ActLine } from "../log/act-line.tsx";
import { Ago } from "../parts/moment.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { useRuleWords } from "./use-rule-words.ts";

const actsShown = 50;

export function RuleActs({ name, rule: { revisions } }: { readonly name: string; readonly rule: RuleAnswer }) {
	const { may } = useDesk();
	const texts = useWords().rules;
	const says = useRuleWords();
	return (
		<section>
			<h2>{texts.history.title}</h2>
			<ol class="policy-revisions" reversed>
				{revisions.map(({ revision, stage, share, body, madeBy, madeAt, why }) => (
					<li key={revision}>
						<p>
							<strong>{texts.revision(String(revision))}</strong> · {says.stage(stage, share)} · {madeBy},{" "}
							<Ago at={madeAt} /> <q>{why}</q>
						</p>
						<pre class="code rule-when">{body.when}</pre>
						<p class="quiet">{says.does(body.does)}</p>
					</li>
				))}
			</ol>
			{may("act:read") && <Acts key={JSON.stringify(revisions)} name={name} />}
		</section>
	);
}

function Acts({ name }: { readonly name: string }) {
	const { client } = useDesk();
	const texts = useWords().rules;
	const { value, problem } = useResource(name, () => client.acts({ on: `rule:${name}`, limit: actsShown }));
	if (value === null) return <p class="quiet">{problem === null ? "" : texts.history.failed}</p>;
	return (
		<details open>
			<summary>{texts.history.acts}</summary>
			<ol class="trail">
				{value.acts.map((act) => (
					<ActLine key={act.sequence} act={act} />
				))}
			</ol>
		</details>
	);
}
