import type { BreakerScope } from "../../core/policy/breaker.ts";
import type { BreakersAnswer, WireBreaker } from "../../core/wire/breakers-api.ts";
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
	return (
		<div class="table-frame">
			<table class="plain-table">
				<thead>
					<tr>
						<th scope="col">{texts.columns.what}</th>
						<th scope="col">{texts.columns.since}</th>
						<th scope="col">{texts.columns.by}</th>
						<th scope="col">{texts.columns.reason}</th>
						{onClose !== null && <th scope="col">{texts.columns.act}</th>}
					</tr>
				</thead>
				<tbody>
					{open.map((one) => (
						<tr key={`${one.kind}:${one.key}`}>
							<th scope="row">
								<ScopeName scope={one} label={one.label} />
							</th>
							<td>
								<Ago at={one.openedAt} />
							</td>
							<td>{one.openedBy ?? texts.machine}</td>
							<td>
								{words.machineSays(one.reason)}
								{one.perMinute !== null && (
									<span class="quiet">
										{" "}
										{texts.rate(Math.round(one.perMinute), Math.round(one.baselinePerMinute ?? 0))}
									</span>
								)}
							</td>
							{onClose !== null && (
								<td>
									<button type="button" class="button" onClick={() => onClose(one)}>
										{texts.close}…
									</button>
								</td>
							)}
						</tr>
					))}
				</tbody>
			</table>
		</div>
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
							<q class="trail-said">{words.machineSays(one.reason)}</q>
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
