// The log of acts: who did or saw what, by thing, actor and time.
import { useState } from "preact/hooks";
import { subjectKinds } from "../../core/acts/act-kind.ts";
import type { ActsQuery } from "../../core/wire/acts-api.ts";
import { type Resource, useResource } from "../hooks/use-resource.ts";
import { Choice } from "../parts/choice.tsx";
import { StatePanel } from "../parts/state-panel.tsx";
import { useActWords, useDesk, useWords } from "../shell/console-context.ts";
import { Loaded, PlainPage } from "../shell/plain-page.tsx";
import { timesOf } from "../stuck/when.ts";
import { ActLine } from "./act-line.tsx";

const pageSize = 50;
const spans = ["any", "hour", "day", "week"] as const;
type Span = (typeof spans)[number];

interface Filter {
	readonly kind: string;
	readonly actor: string;
	readonly span: Span;
}

const unfiltered: Filter = { kind: "", actor: "", span: "any" };

export function LogScreen() {
	const texts = useWords().log;
	const { client, may, nowMs } = useDesk();
	const [filter, setFilter] = useState(unfiltered);
	const [before, setBefore] = useState<number | null>(null);
	const acts = useResource(JSON.stringify([filter, before]), () =>
		client.acts({ ...queryOf(filter, nowMs()), ...(before === null ? {} : { before }), limit: pageSize }),
	);
	const choose = (chosen: Partial<Filter>) => {
		setBefore(null);
		setFilter({ ...filter, ...chosen });
	};
	return (
		<PlainPage title={texts.title} class="log">
			<p class="quiet">
				{texts.intro} {!may("case:read") && texts.noCases}
			</p>
			<FilterBar filter={filter} onChoose={choose} />
			<Loaded resource={acts}>
				{({ acts: found }) =>
					found.length === 0 ? (
						<StatePanel title={texts.empty}>
							<p>{before === null ? texts.emptyText : texts.emptyOlder}</p>
						</StatePanel>
					) : (
						<ol class="trail">
							{found.map((act) => (
								<ActLine key={act.sequence} act={act} />
							))}
						</ol>
					)
				}
			</Loaded>
			<Pages acts={acts} isFirst={before === null} onTurn={setBefore} />
		</PlainPage>
	);
}

function queryOf({ kind, actor, span }: Filter, nowMs: number): ActsQuery {
	return {
		on: kind === "" ? undefined : kind,
		actor: actor === "" ? undefined : actor,
		since: timesOf(span, nowMs).since,
	};
}

interface FilterBarProps {
	readonly filter: Filter;
	readonly onChoose: (chosen: Partial<Filter>) => void;
}

function FilterBar({ filter, onChoose }: FilterBarProps) {
	const texts = useWords().log;
	const words = useActWords();
	return (
		<div class="queue-tools">
			<Choice
				label={texts.on}
				value={filter.kind}
				onChoose={(next) => onChoose({ kind: next })}
				options={[
					{ code: "", text: texts.anything },
					...subjectKinds.map((code) => ({ code, text: words.subjects[code] })),
				]}
			/>
			<Choice
				label={texts.since}
				value={filter.span}
				onChoose={(next) => onChoose({ span: spans.find((one) => one === next) ?? "any" })}
				options={spans.map((code) => ({ code, text: texts.spans[code] }))}
			/>
			<label class="field field-inline">
				<span>{texts.actor}</span>
				<input
					type="text"
					value={filter.actor}
					placeholder={texts.actorHint}
					autocomplete="off"
					spellcheck={false}
					onChange={(event) => onChoose({ actor: event.currentTarget.value.trim() })}
				/>
			</label>
		</div>
	);
}

interface PagesProps {
	readonly acts: Resource<{ readonly acts: readonly { readonly sequence: number }[] }>;
	readonly isFirst: boolean;
	readonly onTurn: (before: number | null) => void;
}

function Pages({ acts: { value, reload }, isFirst, onTurn }: PagesProps) {
	const texts = useWords().log;
	const last = value?.acts.at(-1);
	return (
		<div class="button-row">
			{isFirst ? (
				<button type="button" class="button" onClick={reload}>
					{texts.refresh}
				</button>
			) : (
				<button type="button" class="button" onClick={() => onTurn(null)}>
					{texts.newest}
				</button>
			)}
			{last !== undefined && value?.acts.length === pageSize && (
				<button type="button" class="button" onClick={() => onTurn(last.sequence)}>
					{texts.older}
				</button>
			)}
		</div>
	);
}
