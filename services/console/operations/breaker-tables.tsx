import { type BreakerScope, scopeText } from "../../core/policy/breaker.ts";
import type { BreakersAnswer, WireBreaker } from "../../core/wire/breakers-api.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { Ago } from "../parts/moment.tsx";
import { useWords } from "../shell/console-context.ts";

interface OpenProps {
	readonly open: readonly WireBreaker[];
	/** Null where this person may not close them. */
	readonly onClose: ((one: WireBreaker) => void) | null;
}

export function OpenBreakers({ open, onClose }: OpenProps) {
	const words = useWords();
	const texts = words.operations.breakers;
	const act: Column<WireBreaker> = {
		name: texts.columns.act,
		cell: (one) => (
			<button type="button" class="button" onClick={() => onClose?.(one)}>
				{texts.close}…
			</button>
		),
	};
	return (
		<DataTable
			rows={open}
			keyOf={scopeText}
			columns={[
				{ name: texts.columns.what, cell: (one) => <ScopeName scope={one} label={one.label} /> },
				{ name: texts.columns.since, cell: ({ openedAt }) => <Ago at={openedAt} /> },
				{ name: texts.columns.by, cell: ({ openedBy }) => openedBy ?? texts.machine },
				{
					name: texts.columns.reason,
					cell: ({ reason, perMinute, baselinePerMinute }) => (
						<>
							{reason ?? texts.tooFast}{" "}
							{perMinute !== null && (
								<span class="quiet">{texts.rate(Math.round(perMinute), Math.round(baselinePerMinute ?? 0))}</span>
							)}
						</>
					),
				},
				...(onClose === null ? [] : [act]),
			]}
		/>
	);
}

export function BreakerHistory({ history }: Pick<BreakersAnswer, "history">) {
	const words = useWords();
	const texts = words.operations.breakers;
	return (
		<details>
			<summary>{texts.history}</summary>
			<ol class="trail">
				{history.map((one, index) => (
					<li key={index}>
						<span class="numbers quiet">
							<Ago at={one.at} />
						</span>
						<span>
							<strong>{one.by ?? texts.machine}</strong> {texts.acts[one.act]} ·{" "}
							<ScopeName scope={one} label={one.label} />
							{one.reason === null ? ` · ${texts.tooFast}` : <q class="trail-said">{one.reason}</q>}
						</span>
					</li>
				))}
			</ol>
		</details>
	);
}

function ScopeName({ scope, label }: { readonly scope: BreakerScope; readonly label: string }) {
	const { kinds } = useWords().operations.breakers;
	return (
		<>
			{kinds[scope.kind]} {scope.kind !== "all" && <span class="code">{label}</span>}
		</>
	);
}
