// Writing a rule: its expression with completion and what is wrong in place, what it does, who answers for it. Kept as a draft that no
// detector asks.
import { useMemo, useRef, useState } from "preact/hooks";
import type { CheckRuleAnswer, RuleFactsAnswer, WireRule } from "../../core/wire/rules-api.ts";
import { useAct } from "../hooks/use-act.ts";
import { OutcomeLines } from "../parts/outcome-lines.tsx";
import { useDesk, useSays, useWords } from "../shell/console-context.ts";
import { CodeEditor } from "./code-editor.tsx";
import { EffectFields } from "./effect-fields.tsx";
import { bodyToCheck, emptyForm, formOf, type RuleForm, readForm } from "./rule-form.ts";
import { TextField } from "./text-field.tsx";
import { type Check, useRuleCheck } from "./use-rule-check.ts";
import { useRuleWords } from "./use-rule-words.ts";

interface EditorProps {
	readonly facts: RuleFactsAnswer;
	/** Null: a new rule. */
	readonly newest: WireRule | null;
	readonly onSaved: () => void;
}

const noFaults: CheckRuleAnswer["faults"] = [];

export function RuleEditor({ facts, newest, onSaved }: EditorProps) {
	const { may, nowMs, session } = useDesk();
	const texts = useWords().rules.editor;
	const says = useRuleWords();
	const [form, setForm] = useState<RuleForm>(() =>
		newest === null ? emptyForm(session.user.displayName, nowMs()) : formOf(newest.body),
	);
	const body = useMemo(() => bodyToCheck(form), [form]);
	const check = useRuleCheck(body);
	const change = (part: Partial<RuleForm>) => setForm((old) => ({ ...old, ...part }));
	const faults = check.kind === "answered" ? check.answer.faults : noFaults;
	return (
		<section class="rule-editor">
			<h2>{texts.title}</h2>
			{newest === null && (
				<TextField label={texts.name} hint={texts.nameHint} value={form.name} onInput={(name) => change({ name })} />
			)}
			<div class="field">
				<span>{texts.when}</span>
				<CodeEditor
					label={texts.when}
					value={form.when}
					onInput={(when) => change({ when })}
					textOf={says.fault}
					{...{ facts, faults }}
				/>
				<p class="quiet">{texts.whenHint}</p>
				<Checked check={check} />
			</div>
			<EffectFields form={form} onChange={change} />
			<div class="field-row">
				<TextField label={texts.category} value={form.category} onInput={(category) => change({ category })} />
				<TextField label={texts.owner} value={form.owner} onInput={(owner) => change({ owner })} />
				<label class="field">
					<span>{texts.reviewBy}</span>
					<input
						type="date"
						value={form.reviewBy}
						onInput={({ currentTarget }) => change({ reviewBy: currentTarget.value })}
					/>
				</label>
			</div>
			{may("policy:decide") && <Save {...{ form, newest, onSaved }} />}
			<FactList facts={facts} />
		</section>
	);
}

function Checked({ check }: { readonly check: Check }) {
	const texts = useWords().rules.editor;
	const says = useRuleWords();
	if (check.kind === "answered" && check.answer.faults.length > 0)
		return (
			<div class="notice notice-problem rule-faults" role="alert">
				{check.answer.faults.map((fault) => (
					<p key={fault.code}>{says.fault(fault)}</p>
				))}
			</div>
		);
	const text =
		check.kind === "answered"
			? texts.isRight(String(check.answer.cost ?? 0))
			: check.kind === "unknown"
				? texts.notChecked
				: check.kind === "asked"
					? texts.checking
					: texts.empty;
	return (
		<p class="quiet" role="status">
			{text}
		</p>
	);
}

function Save({ form, newest, onSaved }: Pick<EditorProps, "newest" | "onSaved"> & { readonly form: RuleForm }) {
	const { client, go } = useDesk();
	const texts = useWords().rules.editor;
	const saysFault = useSays();
	const [missing, setMissing] = useState<string | null>(null);
	const why = useRef<HTMLInputElement>(null);
	const acting = useAct(
		() => undefined,
		() => undefined,
	);
	const save = (event: Event) => {
		event.preventDefault();
		acting.forget();
		const read = readForm(form);
		const reason = why.current?.value.trim() ?? "";
		if ("faults" in read) return setMissing(read.faults.map(saysFault).join("; "));
		if (reason === "") {
			setMissing(texts.whyMissing);
			return why.current?.focus();
		}
		setMissing(null);
		return acting.act(
			({ rule, cost }) => (cost === null ? texts.keptWrong : texts.kept(String(rule.revision))),
			async () => {
				const kept = await client.draftRule({ body: read.body, why: reason });
				if (newest === null) go({ name: "rule", rule: read.body.name });
				else onSaved();
				return kept;
			},
		);
	};
	return (
		<form class="rule-save" onSubmit={save} noValidate>
			<OutcomeLines outcome={acting.outcome} problem={acting.problem} />
			{missing !== null && (
				<p class="notice notice-problem" role="alert">
					{missing}
				</p>
			)}
			<label class="field">
				<span>{texts.why}</span>
				<input ref={why} maxLength={500} autocomplete="off" />
			</label>
			<button type="submit" class="button button-main" disabled={acting.isBusy}>
				{newest === null ? texts.keep : texts.keepRevision}
			</button>
		</form>
	);
}

/** What may be read, for who does not know it by heart; the descriptions are those of the catalogue. */
function FactList({ facts: { facts, calls } }: Pick<EditorProps, "facts">) {
	const texts = useWords().rules.editor;
	return (
		<details>
			<summary>{texts.facts(String(facts.length))}</summary>
			<dl class="rule-facts" lang="en">
				{facts.map(({ name, type, says, spelling }) => (
					<div key={name}>
						<dt>
							<code>{name}</code> {spelling !== undefined && <code>{spelling}</code>} <span class="quiet">{type}</span>
						</dt>
						<dd>{says}</dd>
					</div>
				))}
			</dl>
			<p class="quiet">
				{texts.calls} <code>{calls.join(", ")}</code>
			</p>
		</details>
	);
}
