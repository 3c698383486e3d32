// What a receipt opens: where a report stands, and what its reporter adds.
import type { AppealStore } from "../core/ports/appeal-store.ts";
import type { AddOutcome, ReportForReporter, ReportStore } from "../core/ports/report-store.ts";
import { reportLimits, reportMessage } from "../core/reports/report.ts";
import type { HttpServer } from "../runtime/http/server.ts";
import { sendPage } from "./answer.ts";
import { type AppealDeps, newAppeal } from "./appeal-routes.ts";
import { type CodeDoor, type CodeDoorDeps, openByCode } from "./code-door.ts";
import { enterCodePage } from "./pages/code-page.ts";
import { type ReceiptNotice, reportStatusPage } from "./pages/receipt-page.ts";
import { splitAddresses } from "./read-report.ts";
import type { PortalSecrets } from "./secrets.ts";
import { type Language, prefixOf } from "./words/words.ts";

export interface ReceiptRouteDeps extends CodeDoorDeps, AppealDeps {
	readonly reports: Omit<ReportStore, "submit">;
	readonly appeals: Pick<AppealStore, "appealReport">;
	readonly secrets: PortalSecrets;
}

const noticeOf = { withdrawn: "keptAlready", "too-many": "tooMany" } as const;

export function registerReceiptRoutes(server: HttpServer, language: Language, deps: ReceiptRouteDeps): void {
	const url = `${prefixOf(language)}/receipt`;
	const { reports, secrets } = deps;
	const door: CodeDoor<ReportForReporter, ReceiptNotice> = {
		enter: (typed, fault) => enterCodePage({ language, of: "receipt", typed, fault }),
		find: async (code) => reports.findByReceipt([secrets.hashReceipt(code), await secrets.formerHash(code)]),
		show: ({ code: receipt, found: report, notice }) => reportStatusPage({ language, receipt, report, notice }),
	};
	server.get(url, (_request, reply) => sendPage(reply, door.enter("", null)));
	server.post(url, openByCode(deps, door));
	server.post(
		`${url}/message`,
		openByCode(deps, door, async ({ id }, { message }) => {
			const body = reportMessage.safeParse(message);
			return body.success ? said("messageSent", await reports.addMessage(id, body.data)) : null;
		}),
	);
	server.post(
		`${url}/addresses`,
		openByCode(deps, door, async ({ id }, form) => {
			const addresses = splitAddresses(form.addresses).filter(({ length }) => length <= reportLimits.addressLength);
			return addresses.length === 0 ? null : said("addressesAdded", await reports.addAddresses(id, addresses));
		}),
	);
	server.post(
		`${url}/appeal`,
		openByCode(deps, door, async ({ id }, { message }) => {
			const appeal = newAppeal(message, deps);
			if (appeal === null) return null;
			const answer = await deps.appeals.appealReport(id, appeal);
			if (answer.kind === "refused") return answer.why === "too-late" ? "appealTooLate" : "nothingToAppeal";
			if (answer.isNew) deps.events.appealReceived({ by: "reporter", channel: "portal" });
			return "appealed";
		}),
	);
	server.post(
		`${url}/withdraw`,
		openByCode(deps, door, async ({ id }) => ((await reports.withdraw(id)) ? null : "keptAlready")),
	);
}

function said(added: ReceiptNotice, outcome: AddOutcome): ReceiptNotice {
	return outcome === "added" ? added : noticeOf[outcome];
}
