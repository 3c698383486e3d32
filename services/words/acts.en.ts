import type { EndedKeys } from "../core/acts/act-kind.ts";
import type { Channel } from "../core/authorities/channel.ts";
import type { EntryJudgement } from "../core/banks/entry-judgement.ts";
import type { DecidedAbout, Decision } from "../core/cases/case.ts";
import type { ClockOutcome } from "../core/clocks/clock-codes.ts";
import type { Role } from "../core/people/user.ts";
import type { BreakerKind } from "../core/policy/breaker.ts";
import type { ReporterKind } from "../core/reports/notice.ts";
import type { RuleStage } from "../core/rules/rule.ts";
import type { ActWords } from "./act-sentence.ts";
import { clockEvents } from "./clock-events.en.ts";
import { accountOrdersEn, ordersEn } from "./order-words.ts";
import { outbreakWordsEn } from "./outbreak-words.ts";
import { sweepActsEn } from "./sweep-act-words.ts";
import { atTierEn as atTier } from "./tier-words.ts";

const decisions: Readonly<Record<Decision, string>> = { remove: "remove", restore: "restore" };
const accountDecisions: Readonly<Record<Decision, string>> = {
	remove: "recommend restricting the account",
	restore: "do not recommend restricting the account",
};
const decisionOn = ({ decision, about }: { readonly decision: Decision; readonly about?: DecidedAbout | undefined }) =>
	(about === "account" ? accountDecisions : decisions)[decision];
const judgements: Readonly<Record<EntryJudgement, string>> = {
	confirm: "confirmed",
	dispute: "disputed",
	clear: "cleared",
};
const scopes: Readonly<Record<BreakerKind, string>> = {
	entry: "an entry",
	bank: "a bank",
	model: "a model",
	rule: "a rule",
	platform: "a platform",
	all: "everything",
};
const stages: Readonly<Record<RuleStage, string>> = {
	draft: "draft",
	backtested: "backtested",
	checked: "checked",
	shadow: "shadow",
	canary: "canary",
	live: "live",
	retired: "retired",
};
const stageOf = (stage: RuleStage, share: number) =>
	`${stages[stage]}${stage === "canary" ? ` for ${Number((share * 100).toPrecision(3))} % of accounts` : ""}`;
const clockOutcomes: Readonly<Record<ClockOutcome, string>> = {
	kept: "stopped in time",
	late: "stopped too late",
	moot: "ended without need",
};
const roleNames: Readonly<Record<Role, string>> = { reviewer: "reviewer", lead: "lead", operator: "operator" };
const rolesOf = (roles: readonly Role[]) => roles.map((one) => roleNames[one]).join(", ");
const asked = (change: string) => (change === "kill-switch" ? "lifting the kill switch of an entry" : "a change");
const changes = (said: { readonly added: number; readonly changed: number; readonly removed: number }) =>
	`${said.added} added, ${said.changed} changed, ${said.removed} removed`;

const reporterKindNames: Readonly<Record<ReporterKind, string>> = {
	"platform-user": "a platform's report button",
	"trusted-flagger": "a trusted flagger",
	hotline: "a hotline",
	partner: "a partner",
};

const channelNames: Readonly<Record<Channel, string>> = {
	...{ key: "key", page: "page", "e-mail": "e-mail", phone: "phone", letter: "letter" },
};
const keysEnd = ({ until = null }: EndedKeys) => (until === null ? "revoked" : `let end at ${until}`);

const { subjects: outbreakSubjects, ends: outbreakEnds } = outbreakWordsEn;

export const english: ActWords = {
	machine: "the machine",
	commandLine: (name) => `${name} (command line)`,
	key: (name) => `${name} (API key)`,
	authority: (login) => `${login} (for an authority)`,
	said: {
		"case-opened": ({ tier }) => `opened the case ${atTier(tier)}`,
		"case-item-added": ({ tier }) => `added an item ${atTier(tier)}`,
		"case-item-gone": () => "noted that the platform has an item no more",
		"case-found-by-sweep": ({ tier }) => `found an earlier item by newer entries, ${atTier(tier)}`,
		"case-judged-again": ({ tier }) => `judged a reported item again, now ${atTier(tier)}`,
		"case-merged-into": () => "made the case a part of another about the same thing",
		"case-took-in": ({ items }) =>
			items === 1
				? "took in another case about the same thing: 1 item"
				: `took in another case about the same thing: ${items} items`,
		"case-specimen-kept": () => "kept one of what spreads, so that it can be looked at",
		"case-spread-changed": ({ action, items }) =>
			action === "limit-spread"
				? `had the spread of ${items} more of an outbreak limited`
				: `had the limit on the spread of ${items} more of an outbreak lifted`,
		"case-outbreak": ({ voices, inSeconds }) => `found it spreading: ${voices} distinct within ${inSeconds / 60} min`,
		"case-requested": ({ asks, isUrgent }) => `received an authority's ${isUrgent ? "urgent " : ""}request for ${asks}`,
		"case-reports-counted": ({ reports }) =>
			reports === 1 ? "counted a report" : `counted what was reported: ${reports} reports by then`,
		"case-reports-answered": ({ reports }) => (reports === 1 ? "answered a reporter" : `answered ${reports} reporters`),
		"case-appealed": ({ by }) =>
			by === "user" ? "received an appeal of the affected user" : "received an appeal of a reporter",
		"case-upheld": (made) => `upheld the decision to ${decisionOn(made)}`,
		"case-overturned": (made) => `overturned the decision to ${decisionOn(made)}`,
		"case-escalated": () => "put the case in front of people",
		"case-claimed": () => "claimed the case",
		"case-released": ({ why }) => (why === "expired" ? "lost the claim, which ran out" : "gave the case back"),
		"case-skipped": () => "passed the case on",
		"case-commented": () => "wrote a note",
		"case-revealed": ({ level }) => `looked at an item at level ${level}`,
		"case-hidden": ({ durationMs }) => `hid an item after ${(durationMs / 1_000).toFixed(1)} s`,
		"case-decided": ({ isFinal, ...made }) =>
			`decided: ${decisionOn(made)}${isFinal ? "" : ", and another person is to agree"}`,
		"case-second-asked": (made) => `asked for a second person to decide: ${decisionOn(made)}`,
		"case-lead-asked": () => "asked for a lead, because two people differ",
		"case-undone": (made) => `took back the decision: ${decisionOn(made)}`,
		"case-reopened": (made) => `reopened the case after the decision: ${decisionOn(made)}`,
		"case-entry-judged": ({ judgement }) => `${judgements[judgement]} a matched entry of a bank`,
		"case-ordered": ({ action }) => `gave the platform an order: ${ordersEn[action]}`,
		"case-strikes-taken-back": ({ strikes }) =>
			`asked again about the account: ${strikes} of its strikes ${strikes === 1 ? "was" : "were"} taken back`,
		"case-strikes-gathered": ({ strikes }) =>
			strikes === 1 ? "gathered a strike of the account" : `gathered ${strikes} strikes of the account`,
		"case-account-ordered": ({ action }) => `told the platform: ${accountOrdersEn[action]}`,
		"case-delivered": ({ attempts }) =>
			attempts === 1 ? "had an order acknowledged" : `had an order acknowledged at attempt ${attempts}`,
		"case-undelivered": ({ reason }) => `gave up sending an order: ${reason}`,

		"bank-created": ({ name, kind }) =>
			`created the bank ${name} of ${kind === "known" ? "known" : "harmless"} content`,
		"bank-changed": ({ name, settings }) => `changed settings of the bank ${name}: ${settings.join(", ")}`,
		"bank-removed": ({ name }) => `removed the bank ${name}`,
		"bank-put-back": ({ name }) => `put the bank ${name} back to an earlier revision`,
		"entries-added": ({ name, ...said }) => `added entries to the bank ${name}: ${changes(said)}`,
		"entry-removed": () => "removed an entry from its bank",
		"entry-opinion-set": ({ source, opinion }) => `set the opinion of ${source} on an entry: ${opinion}`,
		"entry-judged": ({ judgement }) => `${judgements[judgement]} an entry`,
		"entry-quarantined": () => "put an entry into quarantine",
		"content-added": ({ content }) => `added content ${content} to a bank`,
		"content-changed": ({ content }) => `changed content ${content} of a bank`,
		"content-removed": ({ content }) => `removed content ${content} from a bank`,
		"draft-opened": ({ bank, isReplacing }) =>
			`proposed an import to the bank ${bank}${isReplacing ? ", in place of what its source said" : ""}`,
		"draft-accepted": ({ bank, isAlone, ...said }) =>
			`accepted an import to the bank ${bank}${isAlone ? " alone" : ""}: ${changes(said)}`,
		"draft-rejected": ({ bank }) => `rejected an import to the bank ${bank}`,
		"draft-applied": ({ bank, ...said }) => `carried out an import to the bank ${bank}: ${changes(said)}`,

		"change-asked": ({ bank, change }) => `asked for ${asked(change)} of the bank ${bank}, which takes a second person`,
		"change-agreed": ({ bank, change }) => `agreed to ${asked(change)} of the bank ${bank}`,

		"dead-letter-replayed": () => "put a record back into its stream",
		"dead-letter-discarded": () => "discarded a record",
		"job-replayed": () => "handed a job to the queue again",
		"job-discarded": () => "discarded a job",
		"order-replayed": () => "had an order sent again",
		"order-discarded": () => "discarded an order",
		"breaker-opened": ({ kind, perMinute }) =>
			`stopped automatic withholds of ${scopes[kind]}${perMinute === null ? "" : `, at ${Math.round(perMinute)} a minute`}`,
		"breaker-closed": ({ kind }) => `let automatic withholds of ${scopes[kind]} go on`,
		"model-shadow": ({ model, share }) => `put the model ${model} into the shadow for ${share * 100} % of items`,
		"model-end-shadow": () => "ended the shadow model's trial",
		"model-promote": ({ model }) => `made ${model} the model that speaks`,
		"model-accept": ({ model, category }) => `accepted how scores of ${model} are read for ${category}`,
		"model-renew-reference": () => "renewed what scores are expected to be",
		"model-rollback": ({ origin }) => `put the models' settings back to revision ${origin}`,
		"proposal-made": ({ model, category }) => `proposed how scores of ${model} are read for ${category}`,
		"proposal-rejected": ({ model, category }) => `rejected how scores of ${model} would be read for ${category}`,
		"platform-added": ({ name }) => `added the platform ${name}`,
		"platform-webhook-set": ({ isSet }) =>
			isSet ? "set where a platform takes orders" : "took away where a platform takes orders",
		"platform-enabled": () => "let a platform send again",
		"platform-jurisdictions-set": ({ jurisdictions }) =>
			`said whose laws a platform is under: ${jurisdictions.join(", ") || "nobody's"}`,
		"platform-country-set": ({ country }) =>
			country === null ? "said that a platform is of no country" : `said whose law holds for a platform: ${country}`,
		"platform-addresses-set": ({ count }) => `said where a platform shows its content: ${count} kinds of address`,
		"platform-disabled": () => "shut a platform out",
		"platform-key-added": ({ label, mayCurate }) =>
			`gave a platform the key “${label}”${mayCurate ? ", which may change banks" : ""}`,
		"platform-keys-revoked": (keys) => `${keysEnd(keys)} a platform's keys: ${keys.count}`,

		"person-added": ({ login, roles }) => `added ${login} as ${rolesOf(roles)}`,
		"person-roles-set": ({ login, roles }) => `made ${login} ${rolesOf(roles)}`,
		"person-disabled": ({ login }) => `locked ${login} out`,
		"person-enabled": ({ login }) => `let ${login} in again`,
		"password-set": ({ login, isFirst }) =>
			isFirst ? `gave ${login} a first password` : `chose a new password for ${login}`,
		"logged-in": () => "logged in",
		"logged-out": () => "logged out",

		"policy-proposed": ({ revertsTo, mayWithholdMore }) =>
			`${revertsTo === null ? "proposed another policy" : `proposed to go back to revision ${revertsTo} of the policy`}${mayWithholdMore ? ", which may withhold more" : ""}`,
		"policy-accepted": ({ revertsTo }) =>
			revertsTo === null
				? "accepted a proposed policy, which is in force now"
				: `accepted to go back to revision ${revertsTo} of the policy, which is in force now`,
		"policy-asked": ({ asked, examined, moved }) =>
			`asked what ${asked === null ? "a proposed policy" : `revision ${asked} of the policy`} would have made of ${examined} verdicts: ${moved} otherwise`,
		"policy-rejected": () => "rejected a proposed policy",

		"laws-proposed": ({ revertsTo }) =>
			revertsTo === null ? "proposed other laws" : `proposed to go back to revision ${revertsTo} of the laws`,
		"laws-accepted": () => "accepted proposed laws, which are in force now",
		"laws-rejected": () => "rejected proposed laws",

		"silence-begun": ({ until }) =>
			`began to hold back what is told of the case${until === null ? "" : `, until ${until.slice(0, 16).replace("T", " ")} UTC`}`,
		"silence-ended": ({ reports, statements }) =>
			`held back no longer what is told of the case: told ${reports} reporters, sent ${statements} statements of reasons`,

		"templates-proposed": ({ revertsTo }) =>
			revertsTo === null
				? "proposed other words of answers"
				: `proposed to go back to revision ${revertsTo} of the words of answers`,
		"templates-accepted": () => "accepted proposed words of answers, which are in force now",
		"templates-rejected": () => "rejected proposed words of answers",

		"rule-drafted": ({ isChecked }) => `wrote a rule${isChecked ? "" : ", which cannot be asked as it is"}`,
		"rule-backtested": ({ held, examined }) =>
			`held a rule against ${examined} past verdicts: it would have held of ${held}`,
		"rule-advanced": ({ to, share }) => `put a rule into stage ${stageOf(to, share)}`,
		"rule-asked": ({ to, share }) => `asked for a rule's stage ${stageOf(to, share)}, which takes a second person`,
		"rule-approved": ({ to, share }) => `agreed to a rule's stage ${stageOf(to, share)}`,
		"rule-taken-back": ({ from, to }) => `took a rule back from stage ${stages[from]} to ${stages[to]}`,
		"rule-measures-lifted": ({ items }) => `lifted what a machine had done on a rule's word: ${items} in all`,
		"rule-snoozed": ({ of, until }) =>
			`wants to hear nothing of a rule about one ${of === "account" ? "account" : "cluster"} until ${until.slice(0, 16).replace("T", " ")} UTC`,
		"rule-snooze-ended": ({ of }) => `lets a rule speak again of one ${of === "account" ? "account" : "cluster"}`,

		"report-read": () => "read a report of the public",
		"report-written": () => "wrote to a reporter",
		"report-answered": () => "answered a reporter",
		"cluster-merged": ({ members }) =>
			members === 1 ? "made one cluster of two: 1 item moved" : `made one cluster of two: ${members} items moved`,
		...sweepActsEn,
		"outbreak-began": ({ of, voices, inSeconds }) =>
			`found an outbreak of ${outbreakSubjects[of]}: ${voices} distinct within ${inSeconds / 60} min`,
		"outbreak-ended": ({ because }) => `ended an outbreak: ${outbreakEnds[because]}`,
		"reporter-added": ({ name, kind }) => `let ${name} report by a key, as ${reporterKindNames[kind]}`,
		"reporter-enabled": () => "let a reporter use its keys again",
		"reporter-disabled": () => "shut a reporter out",
		"reporter-key-added": () => "gave a reporter a key",
		"reporter-keys-revoked": (keys) => `${keysEnd(keys)} a reporter's keys: ${keys.count}`,

		"clock-started": ({ profile, isUrgent }) => `started a${isUrgent ? "n urgent" : ""} clock of ${profile}`,
		"clock-told": ({ event }) => `told a clock: ${clockEvents[event]}`,
		"clock-warned": ({ profile, fraction }) =>
			`warned that ${Math.round(fraction * 100)} % of the time of ${profile} is over`,
		"clock-breached": ({ profile, dueAt }) => `recorded that the deadline of ${profile} passed at ${dueAt}`,
		"clock-recounted": ({ profile, dueBefore, dueAt }) =>
			`had a clock of ${profile} counted anew: due ${dueAt ?? "at no figure"}, before ${dueBefore ?? "at no figure"}`,
		"clock-reopened": ({ profile }) => `had the clock of ${profile} run again`,
		"clock-ended": ({ profile, outcome, lateByMs }) =>
			`${clockOutcomes[outcome]} the clock of ${profile}${lateByMs === null ? "" : `, ${Math.ceil(lateByMs / 60_000)} min late`}`,

		"authority-added": ({ name, laws }) => `added the authority ${name}, which asks by ${laws.join(", ")}`,
		"authority-enabled": ({ name }) => `let the authority ${name} ask again`,
		"authority-disabled": ({ name }) => `shut the authority ${name} out`,
		"authority-login-added": ({ login }) => `let ${login} log in for an authority`,
		"authority-login-reset": ({ login }) => `gave ${login} a first password, and ended the second factor`,
		"authority-login-disabled": ({ login }) => `locked ${login} out, who asks for an authority`,
		"authority-login-enabled": ({ login }) => `let ${login} ask for an authority again`,
		"authority-login-set-up": () => "secured their account with a second factor",
		"authority-logged-in": () => "logged in for an authority",
		"authority-logged-out": () => "logged out for an authority",
		"authority-recovery-code-used": ({ left }) => `logged in with a recovery code; ${left} are left`,
		"authority-request-entered": ({ channel, arrivedAt }) =>
			`typed in a request that came by ${channelNames[channel]} at ${arrivedAt}`,
		"authority-key-added": () => "gave an authority a key",
		"authority-keys-revoked": (keys) => `${keysEnd(keys)} an authority's keys: ${keys.count}`,

		unread: ({ code }) => `did what this version has no words for (${code})`,
	},
	subjects: {
		authority: "authority",
		bank: "bank",
		breaker: "breaker",
		case: "case",
		clock: "clock",
		"dead-letter": "dead letter",
		draft: "import",
		cluster: "cluster",
		entry: "entry",
		job: "job",
		laws: "laws",
		models: "models",
		order: "order",
		outbreak: "outbreak",
		person: "person",
		platform: "platform",
		policy: "the policy",
		proposal: "proposal",
		report: "report",
		reporter: "reporter",
		templates: "words of answers",
		sweep: "sweep",
		rule: "rule",
		view: "question to the history",
	},
};
