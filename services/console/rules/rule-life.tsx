// The revisions that are in use or on their way, each with its next steps; one key back, and the kill switch.
import { stepsFrom } from "../../core/rules/life.ts";
import { askedStages } from "../../core/rules/rule.ts";
import type { RuleAnswer, WireRule } from "../../core/wire/rules-api.ts";
import { formatCount } from "../format/number.ts";
import { Ago, Moment } from "../parts/moment.tsx";
import { useDesk, usePreferences, useWords } from "../shell/console-context.ts";
import type { Asking } from "./ask-of-rule.tsx";
import { useRuleWords } from "./use-rule-words.ts";

interface LifeProps {
	readonly rule: RuleAnswer;
	readonly onAsk: ((asking: Asking) => void) | null;
	readonly onBacktest: (revision: number, from: string | null) => void;
}

export function RuleLife({ rule: { revisions, isStopped, answered }, onAsk, onBacktest }: LifeProps) {
	const { may } = useDesk();
	const texts = useWords().rules;
	const inUse = revisions.filter(({ stage }) => stage !== "retired");
	const isAsked = inUse.some(({ stage }) => askedStages.some((one) => one === stage));
	return (
		<section>
			<h2>{texts.life.title}</h2>
			{isStopped && <p class="notice notice-problem">{texts.life.isStopped}</p>}
			{inUse.length === 0 && <p class="quiet">{texts.life.over}</p>}
			{inUse.map((one) => (
				<Revision
					key={one.revision}
					silence={answered.find(({ revision }) => revision === one.revision) ?? null}
					{...{ one, onAsk, onBacktest }}
				/>
			))}
			<div class="button-row">
				{may("policy:decide") && isAsked && (
					<button type="button" class="button" disabled={onAsk === null} onClick={() => onAsk?.({ kind: "back" })}>
						{texts.back.name}…
					</button>
				)}
				{may("breaker:switch") && (isAsked || isStopped) && (
					<button
						type="button"
						class="button"
						disabled={onAsk === null}
						onClick={() => onAsk?.({ kind: isStopped ? "go-on" : "stop" })}
					>
						{isStopped ? texts.goOn.name : texts.stop.name}…
					</button>
				)}
			</div>
		</section>
	);
}

interface RevisionProps extends Omit<LifeProps, "rule"> {
	readonly one: WireRule;
	/** Null where it never was silent. */
	readonly silence: RuleAnswer["answered"][number] | null;
}

function Revision({ one, silence, onAsk, onBacktest }: RevisionProps) {
	const { may } = useDesk();
	const { words, language } = usePreferences();
	const texts = words.rules;
	const says = useRuleWords();
	const { revision, stage, share, since, endsAt, waiting } = one;
	return (
		<article class="rule-revision" data-revision={revision} data-stage={stage}>
			<h3>
				{texts.revision(String(revision))}: {says.stage(stage, share)}
			</h3>
			<p class="quiet">
				{texts.life.since} <Ago at={since} />
				{endsAt !== null && (
					<>
						{" · "}
						{texts.life.endsAt} <Moment at={endsAt} />
					</>
				)}
			</p>
			<p>{texts.life.means[stage]}</p>
			{silence !== null && (
				<p>
					{texts.life.silent(formatCount(silence.items, language))} <Ago at={silence.lastAt} />
				</p>
			)}
			{waiting !== null && (
				<p class="notice">
					{texts.waitsFor(says.stage(waiting.stage, waiting.share), waiting.askedBy)} <q>{waiting.why}</q>{" "}
					{waiting.isMine && texts.life.another}
				</p>
			)}
			{may("policy:decide") && <Steps {...{ one, onAsk, onBacktest }} />}
		</article>
	);
}

function Steps({ one, onAsk, onBacktest }: Omit<RevisionProps, "silence">) {
	const texts = useWords().rules;
	const { revision, stage, share, waiting } = one;
	return (
		<div class="button-row">
			{stage === "checked" && (
				<button type="button" class="button" disabled={onAsk === null} onClick={() => onBacktest(revision, null)}>
					{texts.backtest.begin}
				</button>
			)}
			{waiting !== null && !waiting.isMine && (
				<button
					type="button"
					class="button button-main"
					disabled={onAsk === null}
					onClick={() => onAsk?.({ kind: "approve", to: waiting.stage, share: waiting.share })}
				>
					{texts.approve.name}…
				</button>
			)}
			{stepsFrom(stage).map((to) => (
				<button
					key={to}
					type="button"
					class="button"
					disabled={onAsk === null}
					onClick={() => onAsk?.({ kind: "advance", revision, from: stage, to, share })}
				>
					{stage === to ? texts.advance.otherShare : texts.advance.to[to]}…
				</button>
			))}
		</div>
	);
}
