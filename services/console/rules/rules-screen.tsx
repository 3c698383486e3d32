// The rules that operators wrote: in which stage of its life each is, and what waits for a second person.
import type { WireRule } from "../../core/wire/rules-api.ts";
import { useReread } from "../hooks/use-reread.ts";
import { useResource } from "../hooks/use-resource.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { Ago } from "../parts/moment.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { Loaded, PlainPage } from "../shell/plain-page.tsx";
import { hashOf } from "../shell/route.ts";
import { useRuleWords } from "./use-rule-words.ts";

export function RulesScreen() {
	const { client, may } = useDesk();
	const texts = useWords().rules;
	const rules = useResource("rules", () => client.rules());
	useReread(rules.reload);
	const columns = useColumns(rules.value?.stopped ?? []);
	return (
		<PlainPage title={texts.title} class="now banks">
			<p class="quiet">{texts.intro}</p>
			<Loaded resource={rules}>
				{({ rules: all }) =>
					all.length === 0 ? (
						<p class="quiet">{texts.none}</p>
					) : (
						<DataTable rows={all} keyOf={({ body, revision }) => `${body.name} ${revision}`} columns={columns} />
					)
				}
			</Loaded>
			{may("policy:decide") && (
				<a class="button" href={hashOf({ name: "rule", rule: null })}>
					{texts.write}
				</a>
			)}
		</PlainPage>
	);
}

function useColumns(stopped: readonly string[]): readonly Column<WireRule>[] {
	const texts = useWords().rules;
	const says = useRuleWords();
	return [
		{
			name: texts.columns.rule,
			cell: ({ body: { name } }) => <a href={hashOf({ name: "rule", rule: name })}>{name}</a>,
		},
		{ name: texts.columns.revision, isNumber: true, cell: ({ revision }) => revision },
		{
			name: texts.columns.stage,
			cell: ({ body, stage, share }) => (
				<>
					{says.stage(stage, share)}
					{stopped.includes(body.name) && <span class="tag"> {texts.stopped}</span>}
				</>
			),
		},
		{ name: texts.columns.since, cell: ({ since }) => <Ago at={since} /> },
		{ name: texts.columns.does, cell: ({ body }) => says.does(body.does) },
		{ name: texts.columns.owner, cell: ({ body }) => body.owner },
		{ name: texts.columns.reviewBy, cell: ({ body }) => body.reviewBy },
		{
			name: texts.columns.waits,
			cell: ({ waiting }) =>
				waiting === null ? "–" : texts.waitsFor(says.stage(waiting.stage, waiting.share), waiting.askedBy),
		},
	];
}
