// A file of known hashes, chosen in the browser, becomes a draft. Nothing of it enters the bank before someone accepts the draft.
import { useRef, useState } from "preact/hooks";
import type { WireBank } from "../../core/wire/bank-api.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import type { BankFileUpload } from "../api/review-client.ts";
import { ConfirmForm } from "../parts/confirm-form.tsx";
import { useWords } from "../shell/console-context.ts";

interface FormProps {
	readonly banks: readonly WireBank[];
	readonly isBusy: boolean;
	readonly problem: ApiProblem | null;
	readonly onUpload: (upload: BankFileUpload) => void;
	readonly onCancel: () => void;
}

export function UploadForm({ banks, isBusy, problem, onUpload, onCancel }: FormProps) {
	const texts = useWords().banks.imports.upload;
	const [bank, setBank] = useState(banks[0]?.name ?? "");
	const [isReplacing, setReplacing] = useState(false);
	const [missing, setMissing] = useState<string | null>(null);
	const file = useRef<HTMLInputElement>(null);
	const source = useRef<HTMLInputElement>(null);
	const confirm = () => {
		const chosen = file.current?.files?.[0];
		setMissing(chosen === undefined ? texts.missing : null);
		if (chosen === undefined) file.current?.focus();
		else onUpload({ bank, file: chosen, source: source.current?.value.trim() ?? "", isReplacing });
	};
	return (
		<ConfirmForm
			title={texts.title}
			text={isReplacing ? `${texts.text} ${texts.replacingText}` : texts.text}
			{...{ missing, problem, isBusy, onCancel }}
			onConfirm={confirm}
		>
			<div class="field-row">
				<label class="field">
					<span>{texts.bank}</span>
					<select value={bank} onChange={({ currentTarget }) => setBank(currentTarget.value)}>
						{banks.map(({ id, name }) => (
							<option key={id} value={name}>
								{name}
							</option>
						))}
					</select>
				</label>
				<label class="field">
					<span>{texts.source}</span>
					<input ref={source} maxLength={128} placeholder={bank} autocomplete="off" />
				</label>
			</div>
			<label class="field">
				<span>{texts.file}</span>
				<input ref={file} type="file" accept=".csv,.json,.jsonl,.ndjson" aria-describedby="formats" />
			</label>
			<p class="quiet" id="formats">
				{texts.formats}
			</p>
			<label class="check">
				<input
					type="checkbox"
					checked={isReplacing}
					onChange={({ currentTarget }) => setReplacing(currentTarget.checked)}
				/>
				<span>{texts.replacing}</span>
			</label>
		</ConfirmForm>
	);
}
