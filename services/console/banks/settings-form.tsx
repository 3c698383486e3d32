// A bank's settings: of one that is there, to be changed, or of a new one. Only what was changed is sent.
import { useState } from "preact/hooks";
import type { z } from "zod";
import { settingsFault } from "../../core/banks/bank.ts";
import { widenings } from "../../core/banks/widened-trust.ts";
import {
	type BankChangeRequest,
	bankChangeRequest,
	type NewBankRequest,
	newBankRequest,
	type WireBank,
} from "../../core/wire/bank-api.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { ConfirmForm } from "../parts/confirm-form.tsx";
import { useSays, useWords } from "../shell/console-context.ts";
import { changesOf, newBank, type SettingsValues, valuesOf } from "./settings-values.ts";
import { useWaits } from "./use-waits.ts";

interface Common {
	readonly isBusy: boolean;
	readonly problem: ApiProblem | null;
	readonly onCancel: () => void;
}

export function ChangeForm(
	props: Common & { readonly bank: WireBank; readonly onChange: (change: BankChangeRequest) => void },
) {
	const { bank, onChange, ...common } = props;
	const words = useWords();
	const says = useSays();
	const texts = words.banks.form;
	const [values, set] = useState(valuesOf(bank));
	const [missing, setMissing] = useState<string | null>(null);
	const waits = useWaits();
	const parsed = bankChangeRequest.safeParse(changesOf(values, bank));
	const after = parsed.success ? { ...bank, ...parsed.data } : bank;
	const widened = widenings(bank, after);
	const confirm = () => {
		const fault = parsed.success ? settingsFault(after) : faultyField(texts, parsed.error);
		if (fault !== null) setMissing(texts.faulty(typeof fault === "string" ? fault : says(fault)));
		else if (parsed.success) onChange(parsed.data);
	};
	return (
		<ConfirmForm title={texts.change} text={texts.changeText} {...{ ...common, missing }} onConfirm={confirm}>
			<SettingsFields values={values} onSet={set} />
			<TrustFields values={values} onSet={set} />
			{widened.length > 0 && <p class="notice">{waits({ faults: [...widened] })}</p>}
		</ConfirmForm>
	);
}

export function NewBankForm(props: Common & { readonly onCreate: (bank: NewBankRequest) => void }) {
	const { onCreate, ...common } = props;
	const words = useWords();
	const says = useSays();
	const texts = words.banks.form;
	const [name, setName] = useState("");
	const [kind, setKind] = useState<WireBank["kind"]>("known");
	const [values, set] = useState(valuesOf(newBank));
	const [missing, setMissing] = useState<string | null>(null);
	const confirm = () => {
		const parsed = newBankRequest.safeParse({ category: "", ...changesOf(values, newBank), name, kind });
		const fault = parsed.success ? settingsFault({ ...newBank, ...parsed.data }) : faultyField(texts, parsed.error);
		setMissing(fault === null ? null : texts.faulty(typeof fault === "string" ? fault : says(fault)));
		if (parsed.success && fault === null) onCreate(parsed.data);
	};
	const { bankKind } = words.operations.now;
	return (
		<ConfirmForm title={texts.create} text={texts.createText} {...{ ...common, missing }} onConfirm={confirm}>
			<div class="field-row">
				<label class="field">
					<span>{texts.names.name}</span>
					<input
						value={name}
						maxLength={63}
						autocomplete="off"
						onInput={({ currentTarget }) => setName(currentTarget.value)}
					/>
				</label>
				<label class="field">
					<span>{texts.names.kind}</span>
					<select value={kind} onChange={({ currentTarget }) => setKind(kindOf(currentTarget.value))}>
						<option value="known">{bankKind.known}</option>
						<option value="exempt">{bankKind.exempt}</option>
					</select>
				</label>
			</div>
			<SettingsFields values={values} onSet={set} />
		</ConfirmForm>
	);
}

interface FieldsProps {
	readonly values: SettingsValues;
	readonly onSet: (values: SettingsValues) => void;
}

function SettingsFields({ values, onSet }: FieldsProps) {
	const { names, hints } = useWords().banks.form;
	return (
		<>
			<div class="field-row">
				<TextField of="category" label={names.category} {...{ values, onSet }} maxLength={64} />
				<TextField of="owner" label={names.owner} {...{ values, onSet }} maxLength={128} />
				<label class="field">
					<span>{names.expiresAt}</span>
					<input
						type="date"
						value={values.expires}
						onInput={({ currentTarget }) => onSet({ ...values, expires: currentTarget.value })}
					/>
				</label>
			</div>
			<Check of="newCategory" label={hints.newCategory} {...{ values, onSet }} />
			<Check of="shadow" label={hints.shadow} {...{ values, onSet }} />
			<div class="field-row">
				<TextField of="tightRadiusBits" label={names.tightRadiusBits} {...{ values, onSet }} />
				<TextField of="wideRadiusBits" label={names.wideRadiusBits} {...{ values, onSet }} />
				<TextField of="sharePercent" label={names.enabledRatio} {...{ values, onSet }} />
			</div>
		</>
	);
}

/** What lists may do on one person's word. */
function TrustFields({ values, onSet }: FieldsProps) {
	const { names, hints } = useWords().banks.form;
	return (
		<>
			<p class="quiet">{hints.trust}</p>
			<Check of="trusted" label={names.trusted} {...{ values, onSet }} />
			<label class="field">
				<span>{names.sources}</span>
				<textarea
					rows={3}
					value={values.sources}
					onInput={({ currentTarget }) => onSet({ ...values, sources: currentTarget.value })}
				/>
			</label>
			<p class="quiet">{hints.sources}</p>
			<div class="field-row">
				<TextField of="allowedPercent" label={names.allowedShare} {...{ values, onSet }} />
				<TextField of="allowedEntries" label={names.allowedChange} {...{ values, onSet }} />
			</div>
		</>
	);
}

interface TextFieldProps extends FieldsProps {
	readonly of: Exclude<keyof SettingsValues, "newCategory" | "trusted" | "shadow" | "sources" | "expires">;
	readonly label: string;
	readonly maxLength?: number;
}

function TextField({ of, label, maxLength = 9, values, onSet }: TextFieldProps) {
	return (
		<label class="field">
			<span>{label}</span>
			<input
				maxLength={maxLength}
				autocomplete="off"
				value={values[of]}
				onInput={({ currentTarget }) => onSet({ ...values, [of]: currentTarget.value })}
			/>
		</label>
	);
}

interface CheckProps extends FieldsProps {
	readonly of: "newCategory" | "trusted" | "shadow";
	readonly label: string;
}

function Check({ of, label, values, onSet }: CheckProps) {
	return (
		<label class="check">
			<input
				type="checkbox"
				checked={values[of]}
				onChange={({ currentTarget }) => onSet({ ...values, [of]: currentTarget.checked })}
			/>
			<span>{label}</span>
		</label>
	);
}

function kindOf(value: string): WireBank["kind"] {
	return value === "exempt" ? "exempt" : "known";
}

type FormTexts = ReturnType<typeof useWords>["banks"]["form"];

/** The label of what a schema refuses; where that is no field, nothing was changed. */
function faultyField({ names, nothing }: FormTexts, { issues }: z.ZodError): string {
	const found = Object.entries(names).find(([name]) => name === issues[0]?.path[0]);
	return found?.[1] ?? nothing;
}
