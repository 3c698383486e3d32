// What a receipt opens: where a report stands, and what its reporter adds. The receipt comes in the body of every request: it is in no
// address, no log and no cookie.
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Clock } from "../core/ports/clock.ts";
import type { AddOutcome, ReportForReporter, ReportStore } from "../core/ports/report-store.ts";
import { formatReceipt, parseReceipt } from "../core/reports/receipt.ts";
import { reportLimits, reportMessage } from "../core/reports/report.ts";
import { asBreakwaterError } from "../runtime/http/problem.ts";
import type { HttpServer } from "../runtime/http/server.ts";
import { pause } from "../runtime/pause.ts";
import { sendPage } from "./answer.ts";
import type { PortalLimits } from "./limits.ts";
import { enterReceiptPage, type ReceiptFault, type ReceiptNotice, reportStatusPage } from "./pages/receipt-page.ts";
import { splitAddresses } from "./read-report.ts";
import type { PortalSecrets } from "./secrets.ts";
import { type Language, prefixOf } from "./words/words.ts";

export interface ReceiptRouteDeps {
	readonly reports: Omit<ReportStore, "submit">;
	readonly secrets: PortalSecrets;
	readonly limits: PortalLimits;
	readonly clock: Clock;
	/** Nobody is kept waiting by a process that ends. */
	readonly stopping: AbortSignal;
}

/** Longer than finding and showing a report takes: a wrong receipt is answered no sooner than a right one. */
const answersAfterMs = 250;

const faultOf = { length: "receiptLength", digits: "receiptDigits", check: "receiptCheck" } as const;
const noticeOf = { withdrawn: "keptAlready", "too-many": "tooMany" } as const;

const receiptForm = z.object({
	receipt: z.string().max(100).catch(""),
	message: z.string().max(100_000).catch(""),
	addresses: z.string().max(100_000).catch(""),
});
type ReceiptForm = z.infer<typeof receiptForm>;
type Act = (report: ReportForReporter, form: ReceiptForm) => Promise<ReceiptNotice | null>;

export function registerReceiptRoutes(server: HttpServer, language: Language, deps: ReceiptRouteDeps): void {
	const url = `${prefixOf(language)}/receipt`;
	const enter = (reply: FastifyReply, typed: string, fault: ReceiptFault | null, status = 200) =>
		sendPage(reply, enterReceiptPage({ language, typed, fault }), status);

	const open = (act: Act | null) => async (request: FastifyRequest, reply: FastifyReply) => {
		const begun = deps.clock.now();
		const form = receiptForm.parse(request.body ?? {});
		const parsed = parseReceipt(form.receipt);
		if (!parsed.ok) return enter(reply, form.receipt, faultOf[parsed.fault], 400);
		const { receipt } = parsed;
		if (!(await deps.limits.allows("receipts", request, reply)))
			return enter(reply, formatReceipt(receipt), "receiptLimited", 429);
		try {
			const hash = await deps.secrets.hashReceipt(receipt);
			const found = await deps.reports.findByReceipt(hash);
			const notice = found === null || act === null ? null : await act(found, form);
			const report = act === null ? found : await deps.reports.findByReceipt(hash);
			await pause(begun + answersAfterMs - deps.clock.now(), deps.stopping);
			if (report === null) return enter(reply, formatReceipt(receipt), "receiptUnknown", 404);
			return sendPage(reply, reportStatusPage({ language, receipt, report, notice }));
		} catch (error) {
			if (asBreakwaterError(error).code !== "store-unavailable") throw error;
			return enter(reply, formatReceipt(receipt), "storeAway", 503);
		}
	};
	const { reports } = deps;
	server.get(url, (_request, reply) => enter(reply, "", null));
	server.post(url, open(null));
	server.post(
		`${url}/message`,
		open(async ({ id }, { message }) => {
			const body = reportMessage.safeParse(message);
			return body.success ? said("messageSent", await reports.addMessage(id, body.data)) : null;
		}),
	);
	server.post(
		`${url}/addresses`,
		open(async ({ id }, form) => {
			const addresses = splitAddresses(form.addresses).filter(({ length }) => length <= reportLimits.addressLength);
			return addresses.length === 0 ? null : said("addressesAdded", await reports.addAddresses(id, addresses));
		}),
	);
	server.post(
		`${url}/withdraw`,
		open(async ({ id }) => ((await reports.withdraw(id)) ? null : "keptAlready")),
	);
}

function said(added: ReceiptNotice, outcome: AddOutcome): ReceiptNotice {
	return outcome === "added" ? added : noticeOf[outcome];
}
