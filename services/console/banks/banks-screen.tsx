// Imports before they are accepted, entries in quarantine, and the banks themselves. Never a hash.
import { useEffect, useState } from "preact/hooks";
import type { EntryJudgement } from "../../core/matching/entry-judgement.ts";
import type { QuarantineAnswer, WireDraft } from "../../core/wire/bank-api.ts";
import { type ApiProblemCode, problemOf } from "../api/api-problem.ts";
import { useResource } from "../hooks/use-resource.ts";
import { useKeys } from "../keys/use-keys.ts";
import { ReasonForm } from "../operations/reason-form.tsx";
import { FailedPanel, LoadingPanel, ProblemLine } from "../parts/state-panel.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { DraftCard } from "./draft-card.tsx";
import { QuarantineTable } from "./quarantine-table.tsx";
import { SettingsTable } from "./settings-table.tsx";

type Entry = QuarantineAnswer["entries"][number];
type Asking =
	| { readonly kind: "reject"; readonly draft: WireDraft }
	| { readonly kind: "judge"; readonly entry: Entry; readonly judgement: EntryJudgement };

const lookEveryMs = 3_000;

export function BanksScreen() {
	const words = useWords();
	const { client, showHelp } = useDesk();
	const texts = words.banks;
	const all = useResource("banks", async () => {
		const [{ banks }, { drafts }, { entries }] = await Promise.all([
			client.banks(),
			client.bankDrafts(),
			client.quarantine(),
		]);
		return { banks, drafts, entries };
	});
	const [asking, setAsking] = useState<Asking | null>(null);
	const [outcome, setOutcome] = useState<string | null>(null);
	const [problem, setProblem] = useState<ApiProblemCode | null>(null);
	useKeys({ scope: "plain", run: ({ kind }) => kind === "help" && showHelp() });
	useEffect(() => {
		document.title = `${texts.title} · ${words.shell.name}`;
	}, [texts, words]);
	// What is being carried out moves by itself.
	const isMoving = all.value?.drafts.some(({ state }) => state === "accepted" || state === "building") ?? false;
	useEffect(() => {
		const timer = isMoving ? setInterval(all.reload, lookEveryMs) : undefined;
		return () => clearInterval(timer);
	}, [isMoving, all.reload]);
	const act = async (done: string, run: () => Promise<unknown>) => {
		setProblem(null);
		setOutcome(null);
		try {
			await run();
			setOutcome(done);
			setAsking(null);
		} catch (error) {
			setProblem(problemOf(error).code);
		}
		all.reload();
	};
	if (all.value === null)
		return (
			<main id="content" class="page">
				{all.problem === null ? <LoadingPanel /> : <FailedPanel code={all.problem} onRetry={all.reload} />}
			</main>
		);
	const { banks, drafts, entries } = all.value;
	return (
		<main id="content" class="page now banks">
			<div class="page-head">
				<h1>{texts.title}</h1>
			</div>
			{outcome !== null && (
				<p class="notice" role="status">
					{outcome}
				</p>
			)}
			{problem !== null && asking === null && <ProblemLine code={problem} />}
			{asking !== null && <AskWhy asking={asking} problem={problem} act={act} onCancel={() => setAsking(null)} />}
			<section>
				<h2>{texts.imports.title}</h2>
				<p class="quiet">{drafts.length === 0 ? texts.imports.none : texts.imports.intro}</p>
				{drafts.map((draft) => (
					<DraftCard
						key={draft.id}
						draft={draft}
						onAccept={() => act(texts.imports.accepted, () => client.acceptDraft(draft.id))}
						onReject={() => setAsking({ kind: "reject", draft })}
					/>
				))}
			</section>
			<section>
				<h2>{texts.quarantine.title}</h2>
				<p class="quiet">{entries.length === 0 ? texts.quarantine.none : texts.quarantine.intro}</p>
				{entries.length > 0 && (
					<QuarantineTable
						entries={entries}
						onJudge={(entry, judgement) => setAsking({ kind: "judge", entry, judgement })}
					/>
				)}
			</section>
			<section>
				<h2>{texts.settings.title}</h2>
				<SettingsTable banks={banks} />
			</section>
		</main>
	);
}

interface AskWhyProps {
	readonly asking: Asking;
	readonly problem: ApiProblemCode | null;
	readonly act: (done: string, run: () => Promise<unknown>) => Promise<void>;
	readonly onCancel: () => void;
}

function AskWhy({ asking, problem, act, onCancel }: AskWhyProps) {
	const { imports, quarantine } = useWords().banks;
	const { client } = useDesk();
	if (asking.kind === "reject") {
		const { id, origin } = asking.draft;
		return (
			<ReasonForm
				title={imports.rejectTitle(origin)}
				text={imports.rejectText}
				onConfirm={(why) => act(imports.rejected, () => client.rejectDraft(id, why))}
				{...{ problem, onCancel }}
			/>
		);
	}
	const { entry, judgement } = asking;
	return (
		<ReasonForm
			title={quarantine.judgeTitle[judgement]}
			text={`${entry.bankName}: ${quarantine.judgeText[judgement]}`}
			onConfirm={(why) => act(quarantine.judged, () => client.judgeEntry(entry.id, { judgement, why }))}
			{...{ problem, onCancel }}
		/>
	);
}
