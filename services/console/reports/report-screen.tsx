// One report: what was said, what was written since, and the way back to its reporter. Addresses are text, never links: nobody opens one
// by mistake.
import { useId, useState } from "preact/hooks";
import type { ReportId } from "../../core/ids.ts";
import type { ReportAnswer } from "../../core/wire/report-api.ts";
import { useAct } from "../hooks/use-act.ts";
import { useResource } from "../hooks/use-resource.ts";
import { type Fact, Facts } from "../parts/facts.tsx";
import { Ago, ClockTime } from "../parts/moment.tsx";
import { OutcomeLines } from "../parts/outcome-lines.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { Loaded, PlainPage } from "../shell/plain-page.tsx";

export function ReportScreen({ id }: { readonly id: ReportId }) {
	const texts = useWords().reports;
	const { client } = useDesk();
	const report = useResource(`report ${id}`, () => client.report(id), { isView: true });
	return (
		<PlainPage title={texts.title} class="now">
			<p>
				<a href="#/reports">← {texts.back}</a>
			</p>
			<Loaded resource={report}>
				{(found) => (
					<>
						<Said report={found} />
						<Messages messages={found.messages} />
						{found.withdrawnAt === null ? (
							<Writing id={id} onEnded={report.reload} />
						) : (
							<p class="notice">{texts.withdrawn}</p>
						)}
					</>
				)}
			</Loaded>
		</PlainPage>
	);
}

function Said({ report }: { readonly report: ReportAnswer }) {
	const texts = useWords().reports;
	const { facts } = texts;
	const rows: readonly Fact[] = [
		[facts.received, <ClockTime key="received" at={report.receivedAt} />],
		[facts.source, texts.sources[report.source]],
		[facts.platform, report.platformName],
		[facts.account, report.accountName],
		[facts.seen, report.seen],
		[facts.contact, report.contact === "" ? facts.noContact : report.contact],
		[facts.signature, report.signature],
		[facts.goodFaith, report.isGoodFaith ? facts.stated : ""],
		[facts.language, facts.languages[report.language]],
	];
	return (
		<section>
			<h2>{texts.subjects[report.about]}</h2>
			{report.isDangerNow && <p class="notice notice-problem">{texts.danger}</p>}
			<Facts facts={rows.filter(([, value]) => value !== "")} />
			{report.text !== "" && (
				<>
					<h3>{texts.says}</h3>
					<p class="said">{report.text}</p>
				</>
			)}
			{report.addresses.length > 0 && (
				<>
					<h3>{texts.addresses}</h3>
					<p class="quiet">{texts.addressesNote}</p>
					<ul>
						{report.addresses.map((address) => (
							<li key={address} class="code">
								{address}
							</li>
						))}
					</ul>
					<p>{texts.alike(report.alike.reports, report.alike.reporters)}</p>
				</>
			)}
		</section>
	);
}

function Messages({ messages }: Pick<ReportAnswer, "messages">) {
	const texts = useWords().reports;
	return (
		<section>
			<h2>{texts.messages}</h2>
			{messages.length === 0 && <p class="quiet">{texts.noMessages}</p>}
			<ol class="trail">
				{messages.map(({ from, body, sentAt }) => (
					<li key={`${sentAt} ${body}`}>
						<span class="numbers quiet">
							<Ago at={sentAt} />
						</span>
						<span>
							<strong>{from ?? texts.fromReporter}</strong> <span class="said">{body}</span>
						</span>
					</li>
				))}
			</ol>
		</section>
	);
}

function Writing({ id, onEnded }: { readonly id: ReportId; readonly onEnded: () => void }) {
	const texts = useWords().reports;
	const { client } = useDesk();
	const [body, setBody] = useState("");
	const { act, outcome, problem, isBusy } = useAct(() => setBody(""), onEnded);
	const field = useId();
	const send = (isAnswer: boolean) =>
		act(isAnswer ? texts.answered : texts.sent, () => client.writeToReporter(id, { body, isAnswer }));
	const isEmpty = body.trim() === "";
	return (
		<section>
			<h2>
				<label for={field}>{texts.write}</label>
			</h2>
			<p class="quiet">{texts.writeNote}</p>
			<OutcomeLines outcome={outcome} problem={problem} />
			<textarea
				id={field}
				rows={4}
				maxLength={5_000}
				value={body}
				onInput={(event) => setBody(event.currentTarget.value)}
			/>
			<p class="button-row">
				<button type="button" class="button" disabled={isBusy || isEmpty} onClick={() => send(false)}>
					{texts.send}
				</button>
				<button type="button" class="button button-main" disabled={isBusy || isEmpty} onClick={() => send(true)}>
					{texts.answer}
				</button>
			</p>
			<p class="quiet">{texts.answerNote}</p>
		</section>
	);
}
