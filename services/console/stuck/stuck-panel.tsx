import { useState } from "preact/hooks";
import type { StuckAct, StuckKind } from "../../core/stuck/stuck.ts";
import type { StuckQuery } from "../api/review-client.ts";
import { useAct } from "../hooks/use-act.ts";
import { useReread } from "../hooks/use-reread.ts";
import { useResource } from "../hooks/use-resource.ts";
import { Choice } from "../parts/choice.tsx";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { OutcomeLines } from "../parts/outcome-lines.tsx";
import { ReasonForm } from "../parts/reason-form.tsx";
import { StatePanel } from "../parts/state-panel.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { Loaded } from "../shell/plain-page.tsx";
import { LastActs } from "./last-acts.tsx";
import { timesOf, type When, whens } from "./when.ts";

/** Why, with its word and, where it is known, how many. */
export interface Reason {
	readonly code: string;
	readonly text: string;
}

interface PanelProps<T> {
	readonly kind: StuckKind;
	/** Tells one list from another of the same kind. */
	readonly name?: string;
	readonly load: (query: StuckQuery) => Promise<readonly T[]>;
	readonly reasonsOf: (rows: readonly T[]) => readonly Reason[];
	readonly nameOf: (row: T) => string;
	readonly columns: readonly Column<T>[];
	/** False where nothing can be done with the rows. */
	readonly isOpen?: boolean;
}

const rowsAtOnce = 100;
const mostRows = 500;

interface Asking {
	readonly act: StuckAct;
	/** All that the filter finds, or what is selected. */
	readonly isWhole: boolean;
}

export function StuckPanel<T extends { readonly id: string }>(props: PanelProps<T>) {
	const { kind, name = "", load, reasonsOf, nameOf, columns, isOpen = true } = props;
	const texts = useWords().stuck;
	const { client, may, nowMs } = useDesk();
	const [reason, setReason] = useState("");
	const [when, setWhen] = useState<When>("any");
	const [limit, setLimit] = useState(rowsAtOnce);
	const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
	const [asking, setAsking] = useState<Asking | null>(null);
	const query = () => ({ ...(reason === "" ? {} : { reason }), ...timesOf(when, nowMs()) });
	const rows = useResource(`${kind} ${name} ${reason} ${when} ${limit}`, () => load({ ...query(), limit }));
	useReread(rows.reload);
	const acting = useAct(() => {
		setSelected(new Set());
		setAsking(null);
	}, rows.reload);
	const ask = (next: Asking | null) => {
		acting.forget();
		setAsking(next);
	};
	const canAct = isOpen && may("dead-letter:replay");
	const isFiltered = reason !== "" || when !== "any";
	const reasons = reasonsOf(rows.value ?? []);
	return (
		<>
			<div class="queue-tools">
				<Choice
					label={texts.reason}
					value={reason}
					onChoose={setReason}
					options={[{ code: "", text: texts.anyReason }, ...withChosen(reasons, reason)]}
				/>
				<Choice
					label={texts.when.label}
					value={when}
					onChoose={(next) => setWhen(whens.find((one) => one === next) ?? "any")}
					options={whens.map((code) => ({ code, text: texts.when[code] }))}
				/>
			</div>
			<OutcomeLines outcome={acting.outcome} problem={asking === null ? acting.problem : null} />
			<Loaded resource={rows}>
				{(found) =>
					found.length === 0 ? (
						<StatePanel title={texts.empty}>
							<p>{isFiltered ? texts.emptyFiltered : texts.kinds[kind].empty}</p>
						</StatePanel>
					) : (
						<>
							<DataTable
								rows={found}
								keyOf={({ id }) => id}
								columns={columns}
								selection={
									canAct
										? {
												selected,
												onSelect: setSelected,
												nameOfAll: texts.selectAll,
												nameOf: (row) => texts.selectOne(nameOf(row)),
											}
										: null
								}
							/>
							{found.length === limit && (
								<Cut shown={limit} onMore={limit < mostRows ? () => setLimit(Math.min(mostRows, limit * 2)) : null} />
							)}
							{isOpen && !canAct && <p class="quiet">{texts.readOnly}</p>}
							{canAct && asking === null && (
								<Verbs kind={kind} count={selected.size} isFiltered={isFiltered} onAsk={ask} />
							)}
						</>
					)
				}
			</Loaded>
			{asking !== null && (
				<ReasonForm
					title={texts.kinds[kind][asking.act].title(asking.isWhole ? null : selected.size)}
					text={texts.kinds[kind][asking.act].text}
					problem={acting.problem}
					onConfirm={(why) =>
						acting.act(texts.done[asking.act], () =>
							client.actOnStuck(kind, asking.act, { ...(asking.isWhole ? query() : { ids: [...selected] }), why }),
						)
					}
					onCancel={() => ask(null)}
				/>
			)}
			<LastActs asOf={acting.outcome} kind={kind} />
		</>
	);
}

/** The chosen reason stays in the list though its last row is gone. */
function withChosen(reasons: readonly Reason[], chosen: string): readonly Reason[] {
	const isThere = chosen === "" || reasons.some(({ code }) => code === chosen);
	return isThere ? reasons : [...reasons, { code: chosen, text: chosen }];
}

/** What is shown is not all that there is. */
function Cut({ shown, onMore }: { readonly shown: number; readonly onMore: (() => void) | null }) {
	const { stuck, queue } = useWords();
	return (
		<div class="button-row">
			<p class="quiet numbers">{stuck.shownFirst(shown)}</p>
			{onMore !== null && (
				<button type="button" class="button" onClick={onMore}>
					{queue.more}
				</button>
			)}
		</div>
	);
}

interface VerbsProps {
	readonly kind: StuckKind;
	readonly count: number;
	readonly isFiltered: boolean;
	readonly onAsk: (asking: Asking) => void;
}

function Verbs({ kind, count, isFiltered, onAsk }: VerbsProps) {
	const texts = useWords().stuck;
	const acts = ["replayed", "discarded"] as const;
	return (
		<div class="button-row">
			{acts.map((act) => (
				<button
					key={act}
					type="button"
					class="button"
					disabled={count === 0}
					onClick={() => onAsk({ act, isWhole: false })}
				>
					{texts.kinds[kind][act].name}…
				</button>
			))}
			<p class="quiet numbers" role="status">
				{texts.selected(count)}
			</p>
			{isFiltered &&
				acts.map((act) => (
					<button key={act} type="button" class="button" onClick={() => onAsk({ act, isWhole: true })}>
						{texts.whole(texts.kinds[kind][act].name)}…
					</button>
				))}
		</div>
	);
}
