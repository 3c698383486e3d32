// Breakers on automatic withholds: which are open, why, and closing them. The kill switch for everything is here too.
import { useState } from "preact/hooks";
import type { BreakerRequest, WireBreaker } from "../../core/wire/breakers-api.ts";
import { type ApiProblemCode, problemOf } from "../api/api-problem.ts";
import { useResource } from "../hooks/use-resource.ts";
import { Ago } from "../parts/moment.tsx";
import { ProblemLine } from "../parts/state-panel.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { ReasonForm } from "./reason-form.tsx";

type Asked = { readonly act: "open" | "close" } & Omit<BreakerRequest, "reason"> & { readonly label: string };

export function BreakerPanel({ asOf }: { readonly asOf: string }) {
	const words = useWords();
	const texts = words.operations.breakers;
	const { client, may } = useDesk();
	// Read again whenever the page around it is.
	const found = useResource(`breakers ${asOf}`, () => client.breakers());
	const [asked, setAsked] = useState<Asked | null>(null);
	const [problem, setProblem] = useState<ApiProblemCode | null>(null);
	const open = found.value?.open ?? [];
	const isAllOpen = open.some(({ kind }) => kind === "all");
	const switchIt = async (reason: string) => {
		if (asked === null) return;
		try {
			await client.switchBreaker(asked.act, { kind: asked.kind, key: asked.key, reason });
			setAsked(null);
			setProblem(null);
			found.reload();
		} catch (error) {
			setProblem(problemOf(error).code);
		}
	};
	return (
		<section aria-labelledby="breakers-title">
			<h2 id="breakers-title">{texts.title}</h2>
			{found.problem !== null && <ProblemLine code={found.problem} />}
			{found.value !== null && open.length === 0 && <p>{texts.none}</p>}
			{open.length > 0 && (
				<>
					<p class="notice notice-problem">{texts.some(open.length)}</p>
					<BreakerTable
						open={open}
						onClose={may("breaker:switch") ? (one) => setAsked({ act: "close", ...one }) : null}
					/>
				</>
			)}
			{asked === null && may("breaker:switch") && !isAllOpen && (
				<button
					type="button"
					class="button"
					onClick={() => setAsked({ act: "open", kind: "all", key: "*", label: texts.kinds.all })}
				>
					{texts.openAll}…
				</button>
			)}
			{asked !== null && (
				<ReasonForm
					title={asked.act === "open" ? texts.openAllTitle : texts.closeTitle(asked.label)}
					text={asked.act === "open" ? texts.openAllText : texts.closeText}
					problem={problem}
					onConfirm={switchIt}
					onCancel={() => setAsked(null)}
				/>
			)}
		</section>
	);
}

function BreakerTable(props: {
	readonly open: readonly WireBreaker[];
	readonly onClose: ((one: WireBreaker) => void) | null;
}) {
	const words = useWords();
	const texts = words.operations.breakers;
	const { onClose } = props;
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
					{props.open.map((one) => (
						<tr key={`${one.kind}:${one.key}`}>
							<th scope="row">
								{texts.kinds[one.kind]} {one.kind !== "all" && <span class="code">{one.label}</span>}
							</th>
							<td>
								<Ago at={one.openedAt} />
							</td>
							<td>{one.openedBy ?? texts.machine}</td>
							<td>
								{one.reason}
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
