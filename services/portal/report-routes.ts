// The form, and what becomes of it. A receipt is shown once its report is durable; where that is not known the form comes back as it was
// filled in, and may be sent again: the same form makes the same receipt, and one report.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../core/ports/clock.ts";
import type { ReportStore } from "../core/ports/report-store.ts";
import type { Events } from "../runtime/events.ts";
import { asBreakwaterError } from "../runtime/http/problem.ts";
import type { HttpServer } from "../runtime/http/server.ts";
import { sendPage } from "./answer.ts";
import { isSolved, newChallenge } from "./challenge.ts";
import type { PortalLimits } from "./limits.ts";
import { networkOf } from "./network.ts";
import { type ReportFault, reportPage } from "./pages/report-page.ts";
import { sentPage } from "./pages/sent-page.ts";
import { emptyForm, type ReportForm, readReport, reportForm } from "./read-report.ts";
import type { PortalSecrets } from "./secrets.ts";
import { type Language, prefixOf } from "./words/words.ts";

export interface ReportRouteDeps {
	readonly reports: Pick<ReportStore, "submit">;
	readonly secrets: PortalSecrets;
	readonly limits: PortalLimits;
	readonly clock: Clock;
	readonly events: Pick<Events, "reportReceived" | "reportRefused">;
}

export function registerReportRoutes(server: HttpServer, language: Language, deps: ReportRouteDeps): void {
	const url = `${prefixOf(language)}/report`;
	const showForm = async (reply: FastifyReply, form: ReportForm, { faults, status, token }: Shown) => {
		const formToken = token ?? deps.secrets.newFormToken(deps.clock.now());
		const challenge = await newChallenge(deps.secrets, formToken);
		return sendPage(reply, reportPage({ language, formToken, challenge, form, faults }), status);
	};
	server.get(url, (_request, reply) => showForm(reply, emptyForm, { faults: [], status: 200, token: null }));
	server.post(url, async (request, reply) => {
		const { form: token, work, ...form } = reportForm.parse(request.body ?? {});
		const refused = await whyRefused({ token, work }, request, reply, deps);
		if (refused !== null) {
			deps.events.reportRefused({ why: refused });
			// A form that we did not give, or whose day is over, is given anew.
			const again = refused === "form" ? { status: 400, token: null } : { status: 429, token };
			return showForm(reply, form, { faults: [refused], ...again });
		}
		const read = readReport(form, language);
		if (!read.ok) {
			deps.events.reportRefused({ why: "malformed" });
			return showForm(reply, form, { faults: read.faults, status: 400, token });
		}
		const { secrets, reports, clock, events } = deps;
		const receipt = secrets.receiptOf(token);
		try {
			const receiptHash = secrets.hashReceipt(receipt);
			const reporter = secrets.reporterOf(networkOf(request.ip), clock.now());
			const { isNew } = await reports.submit({ receiptHash, source: "public", reporter, input: read.input });
			if (isNew) events.reportReceived({ source: "public", isDangerNow: read.input.isDangerNow });
		} catch (error) {
			if (asBreakwaterError(error).code !== "store-unavailable") throw error;
			events.reportRefused({ why: "unavailable" });
			return showForm(reply, form, { faults: ["unavailable"], status: 503, token });
		}
		return sendPage(reply, sentPage({ language, receipt, isDangerNow: form.isDangerNow }), 201);
	});
}

interface Shown {
	readonly faults: readonly ReportFault[];
	readonly status: number;
	/** Null for a new one. */
	readonly token: string | null;
}

type Refusal = "form" | "limited";

async function whyRefused(
	{ token, work }: { readonly token: string; readonly work: string },
	request: FastifyRequest,
	reply: FastifyReply,
	{ secrets, limits, clock }: ReportRouteDeps,
): Promise<Refusal | null> {
	if (secrets.readFormToken(token, clock.now()) === null) return "form";
	const isWorked = work !== "" && (await isSolved(secrets, token, work));
	return (await limits.allows(isWorked ? "worked" : "unworked", request, reply)) ? null : "limited";
}
