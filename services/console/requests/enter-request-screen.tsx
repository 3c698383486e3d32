// A form for whoever took an authority's call, mail or letter: what they were asked for, by which way, and when it arrived.
import { useState } from "preact/hooks";
import { typedChannels } from "../../core/authorities/channel.ts";
import type { AuthorityRequestAnswer } from "../../core/wire/authority-api.ts";
import type { AuthoritiesAnswer, RequestEntryAnswer } from "../../core/wire/request-entry-api.ts";
import { useAct } from "../hooks/use-act.ts";
import { useResource } from "../hooks/use-resource.ts";
import { ClockTime } from "../parts/moment.tsx";
import { OneOf } from "../parts/one-of.tsx";
import { OutcomeLines } from "../parts/outcome-lines.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { Loaded, PlainPage } from "../shell/plain-page.tsx";
import { asks, blankEntry, type EntryForm, toEntry } from "./entry-form.ts";

export function EnterRequestScreen() {
	const texts = useWords().requests;
	const { client } = useDesk();
	const found = useResource("authorities", () => client.authorities());
	return (
		<PlainPage title={texts.title} class="now">
			<p class="quiet">{texts.intro}</p>
			<Loaded resource={found}>
				{({ authorities }) =>
					authorities.length === 0 ? <p class="quiet">{texts.none}</p> : <EntryOf authorities={authorities} />
				}
			</Loaded>
		</PlainPage>
	);
}

function EntryOf({ authorities }: AuthoritiesAnswer) {
	const texts = useWords().requests;
	const { client } = useDesk();
	const blank = blankEntry(authorities[0]?.id ?? "");
	const [form, setForm] = useState<EntryForm>(blank);
	const [received, setReceived] = useState<AuthorityRequestAnswer | null>(null);
	const [missing, setMissing] = useState<string | null>(null);
	const { act, outcome, problem, isBusy } = useAct(
		() => setForm(blank),
		() => undefined,
	);
	const submit = async (event: Event) => {
		event.preventDefault();
		setReceived(null);
		const read = await toEntry(form);
		setMissing(read.ok ? null : texts[read.fault]);
		if (read.ok && !isBusy) await act(says, () => client.enterRequest(read.entry));
	};
	const says = ({ isNew, request }: RequestEntryAnswer) => {
		setReceived(request);
		return isNew ? texts.saved(request.reference) : texts.again(request.reference);
	};
	return (
		<form class="entry" onSubmit={submit}>
			{missing !== null && (
				<p class="notice notice-problem" role="alert">
					{missing}
				</p>
			)}
			<OutcomeLines outcome={outcome} problem={problem} />
			{received !== null && <Received of={received} />}
			<Origin form={form} set={setForm} authorities={authorities} />
			<Substance form={form} set={setForm} />
			<p class="button-row">
				<button type="submit" class="button" disabled={isBusy}>
					{texts.save}
				</button>
			</p>
		</form>
	);
}

function Received({ of }: { readonly of: AuthorityRequestAnswer }) {
	const texts = useWords().requests;
	if (of.deadlines.length === 0) return <p>{texts.noDeadline}</p>;
	return (
		<ul>
			{of.deadlines.map(({ law, dueAt }) => (
				<li key={law}>
					<span class="code">{law}</span>{" "}
					{dueAt !== null && (
						<>
							{texts.due}: <ClockTime at={dueAt} />
						</>
					)}
				</li>
			))}
		</ul>
	);
}

interface PartProps {
	readonly form: EntryForm;
	readonly set: (form: EntryForm) => void;
}

function Origin({ form, set, authorities }: PartProps & AuthoritiesAnswer) {
	const texts = useWords().requests;
	return (
		<>
			<label class="field">
				<span>{texts.authority}</span>
				<select
					value={form.authority}
					onChange={({ currentTarget }) => set({ ...form, authority: currentTarget.value })}
				>
					{authorities.map(({ id, name, jurisdiction }) => (
						<option key={id} value={id}>
							{name} ({jurisdiction})
						</option>
					))}
				</select>
			</label>
			<p>{texts.channel}</p>
			<OneOf
				label={texts.channel}
				value={form.channel}
				codes={typedChannels}
				textOf={(one) => texts.channels[one]}
				onChoose={(channel) => set({ ...form, channel })}
			/>
			<label class="field">
				<span>{texts.arrived}</span>
				<input
					type="datetime-local"
					value={form.arrived}
					onInput={({ currentTarget }) => set({ ...form, arrived: currentTarget.value })}
				/>
			</label>
			<p class="quiet">
				{form.arrived === "" ? (
					texts.arrivedNote
				) : (
					<>
						{texts.arrivedIs} <ClockTime at={new Date(form.arrived).toISOString()} />
					</>
				)}
			</p>
		</>
	);
}

function Substance({ form, set }: PartProps) {
	const texts = useWords().requests;
	const lines = (
		name: "legalBasis" | "addresses" | "urgentReason" | "note" | "silenceBasis",
		rows: number,
		maxLength: number,
	) => (
		<label class="field">
			<span>{texts[name]}</span>
			<textarea
				rows={rows}
				maxLength={maxLength}
				value={form[name]}
				onInput={({ currentTarget }) => set({ ...form, [name]: currentTarget.value })}
			/>
		</label>
	);
	return (
		<>
			<label class="field">
				<span>{texts.reference}</span>
				<input
					maxLength={200}
					autocomplete="off"
					value={form.reference}
					onInput={({ currentTarget }) => set({ ...form, reference: currentTarget.value })}
				/>
			</label>
			<p>{texts.asks}</p>
			<OneOf
				label={texts.asks}
				value={form.asks}
				codes={asks}
				textOf={(one) => texts.asksSays[one]}
				onChoose={(what) => set({ ...form, asks: what })}
			/>
			{lines("legalBasis", 2, 2_000)}
			{lines("addresses", 4, 200_000)}
			{lines("urgentReason", 2, 2_000)}
			{lines("note", 3, 5_000)}
			{lines("silenceBasis", 2, 2_000)}
			<label class="field">
				<span>{texts.silenceUntil}</span>
				<input
					type="datetime-local"
					value={form.silenceUntil}
					onInput={({ currentTarget }) => set({ ...form, silenceUntil: currentTarget.value })}
				/>
			</label>
			<label class="field">
				<span>{texts.document}</span>
				<input
					type="file"
					onChange={({ currentTarget }) => set({ ...form, document: currentTarget.files?.[0] ?? null })}
				/>
			</label>
		</>
	);
}
