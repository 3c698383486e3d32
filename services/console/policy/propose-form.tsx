// A proposal of one value of one setting, everywhere or where people say. Several at once are proposed from a file: `breakwater policy propose`.
import { useState } from "preact/hooks";
import { type SettingName, settingName, settingNames } from "../../core/policy/settings.ts";
import { country as countrySchema } from "../../core/wire/country.ts";
import { surface as surfaceSchema, surfaces } from "../../core/wire/item-event.ts";
import type { NewPolicyProposalRequest } from "../../core/wire/policy-api.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { ReasonForm } from "../parts/reason-form.tsx";
import { useWords } from "../shell/console-context.ts";
import { choicesFor, partOf, type SettingInput, settingInputs } from "./setting-inputs.ts";
import { type Platforms, usePolicyWords } from "./use-policy-words.ts";

interface FormProps {
	/** The revision that is shown. */
	readonly base: number;
	readonly platforms: Platforms;
	readonly problem: ApiProblem | null;
	readonly isBusy: boolean;
	readonly onPropose: (request: NewPolicyProposalRequest) => void;
	readonly onCancel: () => void;
}

interface Entered {
	readonly platform: string;
	readonly surface: string;
	readonly country: string;
	readonly setting: SettingName;
	readonly key: string;
	readonly value: string;
}

/** In place of a value: the override has none of its own, or the model's score asks nobody. */
const noValue = "-";

export function ProposeForm({ base, platforms, onPropose, ...rest }: FormProps) {
	const texts = useWords().policy.form;
	const [entered, set] = useState<Entered>({
		platform: "",
		surface: "",
		country: "",
		setting: "actions",
		key: "K2",
		value: "",
	});
	const value = enteredValue(entered);
	const isOfNoCountry = entered.country !== "" && !countrySchema.safeParse(entered.country).success;
	const confirm = (why: string) => {
		if (value === undefined) return;
		const platform = platforms.find(({ id }) => id === entered.platform)?.id ?? null;
		const surface = surfaceSchema.safeParse(entered.surface).data ?? null;
		const settings = partOf(entered.setting, entered.key === "" ? null : entered.key, value);
		const country = countrySchema.safeParse(entered.country).data ?? null;
		const isEverywhere = platform === null && surface === null && country === null;
		const change = isEverywhere ? { default: settings } : { overrides: [{ platform, surface, country, settings }] };
		onPropose({ base, why, what: { kind: "change", change } });
	};
	return (
		<ReasonForm
			title={texts.title}
			text={texts.text}
			onConfirm={confirm}
			isIncomplete={value === undefined || isOfNoCountry}
			{...rest}
		>
			<div class="policy-form">
				<ScopeFields {...{ entered, set, platforms }} />
				<SettingFields {...{ entered, set }} />
			</div>
		</ReasonForm>
	);
}

interface FieldsProps {
	readonly entered: Entered;
	readonly set: (entered: Entered) => void;
}

function ScopeFields({ entered, set, platforms }: FieldsProps & { readonly platforms: Platforms }) {
	const { policy, terms } = useWords();
	const texts = policy.form;
	return (
		<div class="field-row">
			<label class="field">
				<span>{texts.platform}</span>
				<select
					value={entered.platform}
					onChange={({ currentTarget }) => set({ ...entered, platform: currentTarget.value, value: "" })}
				>
					<option value="">{texts.everyPlatform}</option>
					{platforms.map(({ id, name }) => (
						<option key={id} value={id}>
							{name}
						</option>
					))}
				</select>
			</label>
			<label class="field">
				<span>{texts.surface}</span>
				<select
					value={entered.surface}
					onChange={({ currentTarget }) => set({ ...entered, surface: currentTarget.value, value: "" })}
				>
					<option value="">{texts.everySurface}</option>
					{surfaces.map((one) => (
						<option key={one} value={one}>
							{terms.surface[one]}
						</option>
					))}
				</select>
			</label>
			<label class="field">
				<span>{texts.country}</span>
				<input
					type="text"
					value={entered.country}
					placeholder={texts.everyCountry}
					maxLength={2}
					autocomplete="off"
					spellcheck={false}
					onInput={({ currentTarget }) =>
						set({ ...entered, country: currentTarget.value.trim().toUpperCase(), value: "" })
					}
				/>
			</label>
		</div>
	);
}

function SettingFields({ entered, set }: FieldsProps) {
	const texts = useWords().policy.form;
	const says = usePolicyWords();
	const { setting, key } = entered;
	const { keys }: SettingInput = settingInputs[setting];
	return (
		<>
			<label class="field">
				<span>{texts.setting}</span>
				<select
					value={setting}
					onChange={({ currentTarget }) => {
						const next = settingName.parse(currentTarget.value);
						set({ ...entered, setting: next, key: settingInputs[next].keys[0] ?? "", value: "" });
					}}
				>
					{settingNames.map((one) => (
						<option key={one} value={one}>
							{says.words.heading[one]}
						</option>
					))}
				</select>
			</label>
			<div class="field-row">
				{keys.length > 0 && (
					<label class="field">
						<span>{texts.of}</span>
						<select
							value={key}
							onChange={({ currentTarget }) => set({ ...entered, key: currentTarget.value, value: "" })}
						>
							{keys.map((one) => (
								<option key={one} value={one}>
									{says.keyName(setting, one)}
								</option>
							))}
						</select>
					</label>
				)}
				<ValueField {...{ entered, set }} />
			</div>
		</>
	);
}

function ValueField({ entered, set }: FieldsProps) {
	const texts = useWords().policy.form;
	const says = usePolicyWords();
	const { setting, key, value } = entered;
	const input: SettingInput = settingInputs[setting];
	const mayBeNone = !isForAll(entered) || setting === "modelThresholds";
	const none = mayBeNone ? [noValue] : [];
	if (input.kind === "choice") {
		const choices = [...choicesFor(setting, key === "" ? null : key), ...none];
		return (
			<label class="field">
				<span>{texts.value}</span>
				<select value={value} onChange={({ currentTarget }) => set({ ...entered, value: currentTarget.value })}>
					<option value="">{texts.choose}</option>
					{choices.map((one) => (
						<option key={one} value={one}>
							{one === noValue ? says.words.asElsewhere : says.leaf({ setting, key, value: one })}
						</option>
					))}
				</select>
			</label>
		);
	}
	const { least, most, step } = input;
	return (
		<>
			<label class="field">
				<span>{setting === "undoWithinMs" ? texts.minutes : texts.value}</span>
				<input
					type="number"
					min={least}
					max={most}
					step={step}
					disabled={value === noValue}
					value={value === noValue ? "" : value}
					onInput={({ currentTarget }) => set({ ...entered, value: currentTarget.value })}
				/>
			</label>
			{mayBeNone && (
				<label class="check">
					<input
						type="checkbox"
						checked={value === noValue}
						onChange={({ currentTarget }) => set({ ...entered, value: currentTarget.checked ? noValue : "" })}
					/>
					<span>{isForAll(entered) ? texts.noThreshold : says.words.asElsewhere}</span>
				</label>
			)}
		</>
	);
}

function isForAll({ platform, surface, country }: Entered): boolean {
	return platform === "" && surface === "" && country === "";
}

/** Undefined while it is none. */
function enteredValue({ setting, value }: Entered): string | number | null | undefined {
	if (value === noValue) return null;
	if (value === "") return undefined;
	const input: SettingInput = settingInputs[setting];
	if (input.kind === "choice") return value;
	const typed = Number(value);
	return typed >= input.least && typed <= input.most ? Math.round(typed * input.unit * 1e6) / 1e6 : undefined;
}
