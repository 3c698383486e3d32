// A bank's settings: of one that is there, to be changed, or of a new one. Only what was changed is sent.
import { useState } from "preact/hooks";
import type { z } from "zod";
import { settingsFault } from "../../core/matching/bank.ts";
import {
	type BankChangeRequest,
	bankChangeRequest,
	type NewBankRequest,
	newBankRequest,
	type WireBank,
} from "../../core/wire/bank-api.ts";
import type { ApiProblemCode } from "../api/api-problem.ts";
import { ConfirmForm } from "../parts/confirm-form.tsx";
import { useWords } from "../shell/console-context.ts";
import { changesOf, newBank, type SettingsValues, valuesOf } from "./settings-values.ts";

interface Common {
	readonly isBusy: boolean;
	readonly problem: ApiProblemCode | null;
	readonly onCancel: () => void;
}

export function ChangeForm(
	props: Common & { readonly bank: WireBank; readonly onChange: (change: BankChangeRequest) => void },
) {
	const { bank, onChange, ...common } = props;
	const words = useWords();
	const texts = words.banks.form;
	const [values, set] = useState(valuesOf(bank));
	const [missing, setMissing] = useState<string | null>(null);
	const confirm = () => {
		const parsed = bankChangeRequest.safeParse(changesOf(values, bank));
		const fault = parsed.success ? settingsFault({ ...bank, ...parsed.data }) : faultyField(texts, parsed.error);
		setMissing(fault === null ? null : texts.faulty(words.machineSays(fault)));
		if (parsed.success && fault === null) onChange(parsed.data);
	};
	return (
		<ConfirmForm title={texts.change} text={texts.changeText} {...{ ...common, missing }} onConfirm={confirm}>
			<SettingsFields values={values} onSet={set} />
		</ConfirmForm>
	);
}

export function NewBankForm(props: Common & { readonly onCreate: (bank: NewBankRequest) => void }) {
	const { onCreate, ...common } = props;
	const words = useWords();
	const texts = words.banks.form;
	const [name, setName] = useState("");
	const [kind, setKind] = useState<WireBank["kind"]>("known");
	const [values, set] = useState(valuesOf(newBank));
	const [missing, setMissing] = useState<string | null>(null);
	const confirm = () => {
		const parsed = newBankRequest.safeParse({ category: "", ...changesOf(values, newBank), name, kind });
		const fault = parsed.success ? settingsFault({ ...newBank, ...parsed.data }) : faultyField(texts, parsed.error);
		setMissing(fault === null ? null : texts.faulty(words.machineSays(fault)));
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

type TextField = Exclude<keyof SettingsValues, "trusted" | "shadow" | "sources">;

function SettingsFields({ values, onSet }: FieldsProps) {
	const { names, hints } = useWords().banks.form;
	const field = (name: TextField, label: string, attributes: object = {}) => (
		<label class="field" key={name}>
			<span>{label}</span>
			<input
				autocomplete="off"
				{...attributes}
				value={values[name]}
				onInput={({ currentTarget }) => onSet({ ...values, [name]: currentTarget.value })}
			/>
		</label>
	);
	const check = (name: "trusted" | "shadow", label: string) => (
		<label class="check">
			<input
				type="checkbox"
				checked={values[name]}
				onChange={({ currentTarget }) => onSet({ ...values, [name]: currentTarget.checked })}
			/>
			<span>{label}</span>
		</label>
	);
	const numeric = { inputMode: "decimal", maxLength: 9 };
	return (
		<>
			<div class="field-row">
				{field("category", names.category, { maxLength: 64 })}
				{field("owner", names.owner, { maxLength: 128 })}
				{field("expires", names.expiresAt, { type: "date" })}
			</div>
			<label class="field">
				<span>{names.sources}</span>
				<textarea
					rows={3}
					value={values.sources}
					onInput={({ currentTarget }) => onSet({ ...values, sources: currentTarget.value })}
				/>
			</label>
			<p class="quiet">{hints.sources}</p>
			{check("trusted", hints.trusted)}
			{check("shadow", hints.shadow)}
			<div class="field-row">
				{field("tightRadiusBits", names.tightRadiusBits, numeric)}
				{field("wideRadiusBits", names.wideRadiusBits, numeric)}
				{field("sharePercent", names.enabledRatio, numeric)}
			</div>
			<div class="field-row">
				{field("allowedPercent", names.allowedShare, numeric)}
				{field("allowedEntries", names.allowedChange, numeric)}
			</div>
		</>
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
