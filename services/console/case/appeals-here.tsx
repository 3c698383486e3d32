// Who asks that other people decide, and why; and that whoever decides now sees the case as it was before.
import { isUndecided } from "../../core/cases/case.ts";
import type { WireAppeal, WireCaseDetail } from "../../core/wire/review-case.ts";
import { ClockTime } from "../parts/moment.tsx";
import { useWords } from "../shell/console-context.ts";

export function AppealsHere({ detail }: { readonly detail: WireCaseDetail }) {
	const texts = useWords().casePage.appeals;
	if (detail.appeals.length === 0) return null;
	return (
		<section aria-labelledby="appeals-title">
			<h2 id="appeals-title">{texts.title}</h2>
			<p class="notice">{texts[standingOf(detail)]}</p>
			{detail.appeals.map((one) => (
				<AppealHere key={one.id} appeal={one} />
			))}
		</section>
	);
}

/** Whoever decided already, before or after the appeal, sees everything. */
function standingOf({ isUnderAppeal, outlook, state }: WireCaseDetail): "blind" | "others" | "undecided" | "decided" {
	if (isUnderAppeal) return outlook.needsAnotherPerson ? "others" : "blind";
	return isUndecided(state) ? "undecided" : "decided";
}

function AppealHere({ appeal: { by, channel, text, receivedAt, outcome } }: { readonly appeal: WireAppeal }) {
	const texts = useWords().casePage.appeals;
	return (
		<div>
			<p>
				<strong>{texts.by[by]}</strong> {texts.channels[channel]}{" "}
				<span class="tag">{outcome === null ? texts.waiting : texts.outcomes[outcome]}</span>
			</p>
			<p class="quiet">
				{texts.received} <ClockTime at={receivedAt} />
			</p>
			{by === "reporter" ? <p class="quiet">{texts.withReport}</p> : <p class="said">{text}</p>}
		</div>
	);
}
