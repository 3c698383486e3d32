// One act as one sentence, with a link to what it was done to.
import { type Act, toAct } from "../../core/acts/act.ts";
import { caseId, reportId } from "../../core/ids.ts";
import type { WireAct } from "../../core/wire/acts-api.ts";
import { actorWords, saidWords, subjectWords } from "../../words/act-sentence.ts";
import { wordFor } from "../language/dictionary.ts";
import { CaseLink } from "../parts/case-link.tsx";
import { ClockTime } from "../parts/moment.tsx";
import { useActWords, useDesk, useWords } from "../shell/console-context.ts";
import { hashOf, neededPermission, type Route, shortIdOf } from "../shell/route.ts";

export function ActLine({ act: wire }: { readonly act: WireAct }) {
	const words = useActWords();
	const texts = useWords().log;
	const { sequence, at, ...said } = wire;
	const act = toAct(sequence, { ...said, at });
	const { category } = useWords().terms;
	const code = "category" in act.details ? act.details.category : null;
	const named = typeof code === "string" ? { details: { ...act.details, category: wordFor(category, code) } } : {};
	return (
		<li>
			<span class="numbers quiet" title={texts.number(sequence)}>
				<ClockTime at={at} />
			</span>
			<span>
				<strong>{actorWords(words, act.actor)}</strong> {saidWords(words, { ...act, ...named } as Act)}
				<Subject act={act} />
				{act.reason !== null && <q class="trail-said">{act.reason}</q>}
			</span>
		</li>
	);
}

function Subject({ act }: { readonly act: Act }) {
	const words = useActWords();
	const { may } = useDesk();
	const { kind, id } = act.on;
	// There is one of each, and the sentence names it.
	if (kind === "models" || kind === "policy") return null;
	const name = subjectWords(words, kind);
	const ofCase = kind === "case" ? caseId.safeParse(id) : null;
	const route = routeTo(act);
	const isOpen = route !== null && may(neededPermission[route.name]);
	// People named a rule: its id is its name.
	const called = kind === "rule" ? id : shortIdOf(id);
	return (
		<span class="quiet">
			{" · "}
			{name} {ofCase?.success === true && <CaseLink id={ofCase.data} />}
			{ofCase?.success !== true && (isOpen ? <a href={hashOf(route)}>{called}</a> : called)}
		</span>
	);
}

type Linked = Exclude<Route, { readonly name: "start" | "missing" }>;

/** The screen on which the thing is seen; null where it has none. */
function routeTo({ on: { kind, id }, details }: Act): Linked | null {
	if (kind === "bank" || kind === "draft") {
		const bank = "bank" in details ? details.bank : "name" in details ? details.name : null;
		return bank === null ? { name: "banks" } : { name: "bank", bank };
	}
	if (kind === "dead-letter" || kind === "job" || kind === "order") return { name: "stuck", kind };
	if (kind === "rule") return { name: "rule", rule: id };
	const report = kind === "report" ? reportId.safeParse(id) : null;
	if (report?.success === true) return { name: "report", id: report.data };
	if (kind === "proposal") return { name: "models" };
	return kind === "breaker" ? { name: "now" } : null;
}
