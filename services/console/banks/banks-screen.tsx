// Imports before they are accepted, entries in quarantine, and the banks themselves. Never a hash.
import { useEffect, useState } from "preact/hooks";
import type { EntryJudgement } from "../../core/banks/entry-judgement.ts";
import type { ChangedBank, NewBankRequest, QuarantineAnswer, WireBank, WireDraft } from "../../core/wire/bank-api.ts";
import type { BankFileUpload } from "../api/review-client.ts";
import { formatCount } from "../format/number.ts";
import { type Acting, useAct } from "../hooks/use-act.ts";
import { useReread } from "../hooks/use-reread.ts";
import { useResource } from "../hooks/use-resource.ts";
import { OutcomeLines } from "../parts/outcome-lines.tsx";
import { ReasonForm } from "../parts/reason-form.tsx";
import { useDesk, usePreferences, useSays, useWords } from "../shell/console-context.ts";
import { Loaded, PlainPage } from "../shell/plain-page.tsx";
import { BankTable } from "./bank-table.tsx";
import { DraftCard } from "./draft-card.tsx";
import { Expiry } from "./expiry.tsx";
import { isProposed, ProposalCard } from "./proposal-card.tsx";
import { QuarantineTable } from "./quarantine-table.tsx";
import { NewBankForm } from "./settings-form.tsx";
import { UploadForm } from "./upload-form.tsx";
import { useWaits } from "./use-waits.ts";

type Entry = QuarantineAnswer["entries"][number];
type Asking =
	| { readonly kind: "upload" }
	| { readonly kind: "create" }
	| { readonly kind: "accept" | "reject"; readonly draft: WireDraft }
	| { readonly kind: "judge"; readonly entry: Entry; readonly judgement: EntryJudgement };

interface Everything {
	readonly banks: readonly WireBank[];
	readonly drafts: readonly WireDraft[];
	readonly entries: readonly Entry[];
}

const lookEveryMs = 2_000;

export function BanksScreen() {
	const { client } = useDesk();
	const texts = useWords().banks;
	const all = useResource("banks", async (): Promise<Everything> => {
		const [{ banks }, { drafts }, { entries }] = await Promise.all([
			client.banks(),
			client.bankDrafts(),
			client.quarantine(),
		]);
		return { banks, drafts, entries };
	});
	useReread(all.reload);
	const [asking, setAsking] = useState<Asking | null>(null);
	const acting = useAct(() => setAsking(null), all.reload);
	// What is being read or carried out moves by itself.
	const isMoving =
		acting.isBusy || all.value?.drafts.some(({ state }) => state === "accepted" || state === "building") === true;
	useEffect(() => {
		const timer = isMoving ? setInterval(all.reload, lookEveryMs) : undefined;
		return () => clearInterval(timer);
	}, [isMoving, all.reload]);
	const ask = (next: Asking | null) => {
		acting.forget();
		setAsking(next);
	};
	return (
		<PlainPage title={texts.title} class="now banks">
			<OutcomeLines outcome={acting.outcome} problem={asking === null ? acting.problem : null} />
			<Loaded resource={all}>
				{(everything) => (
					<>
						{asking !== null && (
							<Ask asking={asking} banks={everything.banks} acting={acting} onCancel={() => ask(null)} />
						)}
						<Sections everything={everything} isAsking={asking !== null} onAsk={ask} />
					</>
				)}
			</Loaded>
		</PlainPage>
	);
}

interface SectionsProps {
	readonly everything: Everything;
	readonly isAsking: boolean;
	readonly onAsk: (asking: Asking) => void;
}

function Sections({ everything: { banks, drafts, entries }, isAsking, onAsk }: SectionsProps) {
	const { words, language } = usePreferences();
	const { may } = useDesk();
	const { imports, proposals, quarantine, settings, form } = words.banks;
	const proposed = drafts.filter(isProposed);
	const imported = drafts.filter((draft) => !isProposed(draft));
	const decisions = (draft: WireDraft) => ({
		onAccept: () => onAsk({ kind: "accept", draft }),
		onReject: () => onAsk({ kind: "reject", draft }),
	});
	return (
		<>
			{proposed.length > 0 && (
				<section>
					<h2>{proposals.title}</h2>
					<p class="quiet">{proposals.intro}</p>
					{proposed.map((draft) => (
						<ProposalCard key={draft.id} draft={draft} {...decisions(draft)} />
					))}
				</section>
			)}
			<section>
				<h2>{imports.title}</h2>
				<p class="quiet">{imported.length === 0 ? imports.none : imports.intro}</p>
				{may("bank:change") && banks.length > 0 && !isAsking && (
					<button type="button" class="button" onClick={() => onAsk({ kind: "upload" })}>
						{imports.upload.open}…
					</button>
				)}
				{imported.map((draft) => (
					<DraftCard key={draft.id} draft={draft} {...decisions(draft)} />
				))}
			</section>
			<section>
				<h2>{quarantine.title}</h2>
				<p class="quiet">{entries.length === 0 ? quarantine.none : quarantine.intro}</p>
				{entries.length > 0 && (
					<QuarantineTable
						entries={entries}
						onJudge={(entry, judgement) => onAsk({ kind: "judge", entry, judgement })}
					/>
				)}
			</section>
			<section>
				<h2>{settings.title}</h2>
				{may("bank:change") && !isAsking && (
					<button type="button" class="button" onClick={() => onAsk({ kind: "create" })}>
						{form.create}…
					</button>
				)}
				<BankTable
					banks={banks}
					more={[
						{
							name: quarantine.title,
							isNumber: true,
							cell: ({ quarantinedCount }) => (quarantinedCount === 0 ? "–" : formatCount(quarantinedCount, language)),
						},
						{ name: settings.columns.owner, cell: ({ owner }) => owner ?? "–" },
						{ name: settings.columns.expires, cell: ({ expiresAt }) => <Expiry at={expiresAt} /> },
					]}
				/>
			</section>
		</>
	);
}

interface AskProps {
	readonly asking: Asking;
	readonly banks: readonly WireBank[];
	readonly acting: Acting;
	readonly onCancel: () => void;
}

function Ask({ asking, banks, acting: { act, problem, isBusy }, onCancel }: AskProps) {
	const { words, language } = usePreferences();
	const { imports, proposals, quarantine, form } = words.banks;
	const { client } = useDesk();
	const says = useSays();
	const waits = useWaits();
	const common = { problem, isBusy, onCancel };
	switch (asking.kind) {
		case "upload": {
			const said = (draft: WireDraft) => (draft.state === "open" ? imports.upload.done : imports.upload.nothing);
			const upload = (one: BankFileUpload) => act(said, () => client.uploadBankFile(one));
			return <UploadForm banks={banks} onUpload={upload} {...common} />;
		}
		case "create": {
			const said = ({ name, waiting }: ChangedBank) =>
				waiting === null ? form.created(name) : `${form.created(name)} ${waits(waiting)}`;
			const create = (bank: NewBankRequest) => act(said, () => client.createBank(bank));
			return <NewBankForm onCreate={create} {...common} />;
		}
		case "accept": {
			const { origin, bankName, delta } = asking.draft;
			if (isProposed(asking.draft))
				return (
					<ReasonForm
						title={proposals.acceptTitle(bankName)}
						text={proposals.acceptText(asking.draft.faults.map(says).join("; "))}
						onConfirm={(why) => act(proposals.accepted, () => client.acceptDraft(asking.draft, why))}
						{...common}
					/>
				);
			const [added, changed, removed] = [delta.added, delta.changed, delta.removed].map((value) =>
				formatCount(value, language),
			);
			return (
				<ReasonForm
					title={imports.acceptTitle(origin, bankName)}
					text={imports.acceptText(added, changed, removed)}
					onConfirm={(why) => act(imports.accepted, () => client.acceptDraft(asking.draft, why))}
					{...common}
				/>
			);
		}
		case "reject": {
			const { id, origin, bankName } = asking.draft;
			const isProposal = isProposed(asking.draft);
			return (
				<ReasonForm
					title={isProposal ? proposals.rejectTitle(bankName) : imports.rejectTitle(origin)}
					text={isProposal ? proposals.rejectText : imports.rejectText}
					onConfirm={(why) => act(imports.rejected, () => client.rejectDraft(id, why))}
					{...common}
				/>
			);
		}
		case "judge": {
			const { entry, judgement } = asking;
			return (
				<ReasonForm
					title={quarantine.judgeTitle[judgement]}
					text={`${entry.bankName}: ${quarantine.judgeText[judgement]}`}
					onConfirm={(why) => act(quarantine.judged, () => client.judgeEntry(entry.id, { judgement, why }))}
					{...common}
				/>
			);
		}
	}
}
