// What a rule in shadow said, and what it would have changed, by day: nothing of it was done.
import type { RuleAnswer } from "../../core/wire/rules-api.ts";
import { formatCount } from "../format/number.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Facts } from "../parts/facts.tsx";
import { usePreferences } from "../shell/console-context.ts";

type Day = RuleAnswer["shadow"][number];

const daysShown = 31;

export function ShadowSums({ rule: { revisions, shadow } }: { readonly rule: RuleAnswer }) {
	const { words, language } = usePreferences();
	const texts = words.rules.shadow;
	const newest = shadow[0]?.revision ?? null;
	const isInShadow = revisions.some(({ stage }) => stage === "shadow");
	if (newest === null) {
		if (!isInShadow) return null;
		return (
			<section>
				<h2>{texts.title}</h2>
				<p class="quiet">{texts.nothing}</p>
			</section>
		);
	}
	const count = (value: number) => formatCount(value, language);
	const days = shadow.filter(({ revision }) => revision === newest);
	const sum = (of: (day: Day) => number) => count(days.reduce((all, day) => all + of(day), 0));
	const columns = [
		{ name: texts.day, cell: ({ day }: Day) => day },
		...parts.map((part) => ({
			name: texts.sums[part],
			isNumber: true,
			cell: (day: Day) => count(day[part]),
		})),
	];
	return (
		<section>
			<h2>{texts.title}</h2>
			<p class="quiet">{texts.text(String(newest))}</p>
			<Facts facts={parts.map((part) => [texts.sums[part], sum((day) => day[part])] as const)} />
			<details>
				<summary>{texts.byDay}</summary>
				<DataTable rows={days.slice(0, daysShown)} keyOf={({ day }) => day} columns={columns} />
			</details>
		</section>
	);
}

const parts = [
	"held",
	"wouldWithhold",
	"wouldReview",
	"wouldLetPass",
	"failed",
] as const satisfies readonly (keyof Day)[];
