// One bank: what it is set to, what it would have done in shadow, and its history, to any step of which it can be put back.
import { useState } from "preact/hooks";
import type {
	BankChangeRequest,
	BankRevision,
	RevertBankAnswer,
	SwitchBankAnswer,
	WireBank,
} from "../../core/wire/bank-api.ts";
import { type Acting, useAct } from "../hooks/use-act.ts";
import { useReread } from "../hooks/use-reread.ts";
import { useResource } from "../hooks/use-resource.ts";
import { ConfirmForm } from "../parts/confirm-form.tsx";
import { OutcomeLines } from "../parts/outcome-lines.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { Loaded, PlainPage } from "../shell/plain-page.tsx";
import { BankFacts } from "./bank-facts.tsx";
import { BankHistory } from "./bank-history.tsx";
import { isProposed } from "./proposal-card.tsx";
import { ChangeForm } from "./settings-form.tsx";
import { useWaits } from "./use-waits.ts";

type Asking =
	| { readonly kind: "switch"; readonly bank: WireBank }
	| { readonly kind: "change"; readonly bank: WireBank }
	| { readonly kind: "revert"; readonly to: BankRevision };

const revisionsAtOnce = 50;

export function BankScreen({ name }: { readonly name: string }) {
	const { bank: texts, form, proposals } = useWords().banks;
	const waits = useWaits();
	const { client, go, may } = useDesk();
	const [limit, setLimit] = useState(revisionsAtOnce);
	const found = useResource(`bank ${name} ${limit}`, async () => {
		const [{ banks }, { revisions }, { drafts }] = await Promise.all([
			client.banks(),
			client.bankHistory(name, limit),
			client.bankDrafts(),
		]);
		const proposed = drafts.filter((draft) => isProposed(draft) && draft.bankName === name);
		return { bank: banks.find((one) => one.name === name) ?? null, revisions, proposed };
	});
	useReread(found.reload);
	const [asking, setAsking] = useState<Asking | null>(null);
	const acting = useAct(() => setAsking(null), found.reload);
	const ask = (next: Asking | null) => {
		acting.forget();
		setAsking(next);
	};
	const mayAsk = may("bank:change") && asking === null;
	return (
		<PlainPage
			title={texts.title(name)}
			class="now banks"
			aside={<a href="#/banks">{texts.all}</a>}
			onBack={() => go({ name: "banks" })}
		>
			<OutcomeLines outcome={acting.outcome} problem={asking === null ? acting.problem : null} />
			{asking !== null && <Ask asking={asking} name={name} acting={acting} onCancel={() => ask(null)} />}
			<Loaded resource={found}>
				{({ bank, revisions, proposed }) => (
					<>
						{proposed.map((draft) => (
							<p key={draft.id} class="notice">
								{waits(draft)} <a href="#/banks">{proposals.onBanks}</a>
							</p>
						))}
						<section>
							<h2>{texts.settings}</h2>
							{bank === null ? (
								<p class="quiet">{revisions.length === 0 ? texts.never : texts.removed}</p>
							) : (
								<BankFacts bank={bank} />
							)}
							{bank !== null && mayAsk && (
								<div class="button-row">
									<button type="button" class="button" onClick={() => ask({ kind: "change", bank })}>
										{form.change}…
									</button>
									<button type="button" class="button" onClick={() => ask({ kind: "switch", bank })}>
										{bank.enabled ? texts.switchOff : texts.switchOn}…
									</button>
								</div>
							)}
						</section>
						<section>
							<h2>{texts.history}</h2>
							<BankHistory
								bank={name}
								revisions={revisions}
								onRevert={mayAsk ? (to) => ask({ kind: "revert", to }) : null}
							/>
							{revisions.length === limit && limit < 500 && (
								<button type="button" class="button" onClick={() => setLimit(Math.min(500, limit * 2))}>
									{texts.more}
								</button>
							)}
						</section>
					</>
				)}
			</Loaded>
		</PlainPage>
	);
}

interface AskProps {
	readonly asking: Asking;
	readonly name: string;
	readonly acting: Acting;
	readonly onCancel: () => void;
}

function Ask({ asking, name, acting: { act, problem, isBusy }, onCancel }: AskProps) {
	const { bank: texts, form } = useWords().banks;
	const { client } = useDesk();
	const waits = useWaits();
	const orWaits = (done: string) => (answer: SwitchBankAnswer) =>
		answer.waiting === null ? done : waits(answer.waiting);
	const common = { problem, isBusy, onCancel };
	if (asking.kind === "switch") {
		const { enabled } = asking.bank;
		return (
			<ConfirmForm
				title={enabled ? texts.switchOff : texts.switchOn}
				text={enabled ? texts.switchOffText : texts.switchOnText}
				onConfirm={() => act(orWaits(enabled ? texts.isOff : texts.isOn), () => client.switchBank(name, !enabled))}
				{...common}
			/>
		);
	}
	if (asking.kind === "change") {
		const change = (request: BankChangeRequest) => act(orWaits(form.changed), () => client.changeBank(name, request));
		return <ChangeForm bank={asking.bank} onChange={change} {...common} />;
	}
	const { revision, sequence } = asking.to;
	const said = ({ restored, changed, removed, waiting }: RevertBankAnswer) => {
		const done = texts.reverted(restored, changed, removed);
		return waiting === null ? done : `${done} ${waits(waiting)}`;
	};
	return (
		<ConfirmForm
			title={texts.revertTitle(revision ?? sequence)}
			text={texts.revertText}
			onConfirm={() => act(said, () => client.revertBank(name, sequence))}
			{...common}
		/>
	);
}
