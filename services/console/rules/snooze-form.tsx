// About whom a rule is not to be heard, for how many days, and why.
import { useState } from "preact/hooks";
import { clusterId } from "../../core/ids.ts";
import { mostSnoozeDays } from "../../core/rules/snooze.ts";
import type { SnoozeRuleRequest } from "../../core/wire/rules-api.ts";
import type { Acting } from "../hooks/use-act.ts";
import { ReasonForm } from "../parts/reason-form.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { TextField } from "./text-field.tsx";

interface SnoozeFormProps {
	readonly name: string;
	readonly acting: Acting;
	readonly onCancel: () => void;
}

const usualDays = 14;
const dayMs = 86_400_000;

export function SnoozeForm({ name, acting, onCancel }: SnoozeFormProps) {
	const { client } = useDesk();
	const texts = useWords().rules.snooze;
	const [kind, setKind] = useState<"account" | "cluster">("account");
	const [platform, setPlatform] = useState("");
	const [who, setWho] = useState("");
	const [days, setDays] = useState(String(usualDays));
	const lasting = Number(days);
	const of = asked(kind, platform.trim(), who.trim());
	const isIncomplete = of === null || !(lasting > 0 && lasting <= mostSnoozeDays);
	const confirm = (why: string) => {
		if (of === null) return null;
		const until = new Date(Date.now() + lasting * dayMs).toISOString();
		return acting.act(texts.done, () => client.snoozeRule(name, { of, until, why }));
	};
	return (
		<ReasonForm
			title={texts.title(name)}
			text={texts.text}
			onConfirm={confirm}
			{...{ isIncomplete, onCancel, problem: acting.problem, isBusy: acting.isBusy }}
		>
			<label class="field">
				<span>{texts.about}</span>
				<select
					value={kind}
					onChange={({ currentTarget }) => setKind(currentTarget.value === "cluster" ? "cluster" : "account")}
				>
					<option value="account">{texts.anAccount}</option>
					<option value="cluster">{texts.aCluster}</option>
				</select>
			</label>
			{kind === "account" && <TextField label={texts.platform} value={platform} onInput={setPlatform} />}
			<TextField label={kind === "account" ? texts.account : texts.cluster} value={who} onInput={setWho} />
			<label class="field">
				<span>{texts.days}</span>
				<input
					type="number"
					min={1}
					max={mostSnoozeDays}
					value={days}
					onInput={({ currentTarget }) => setDays(currentTarget.value)}
				/>
			</label>
		</ReasonForm>
	);
}

/** Null while something is missing. */
function asked(kind: "account" | "cluster", platform: string, who: string): SnoozeRuleRequest["of"] | null {
	if (kind === "account") return platform === "" || who === "" ? null : { kind, platform, accountId: who };
	const cluster = clusterId.safeParse(who);
	return cluster.success ? { kind, clusterId: cluster.data } : null;
}
