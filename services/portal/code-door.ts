// What a code of sixteen digits opens: a report, or what was restricted. The code comes in the body of every request: it is in no address, no log
// and no cookie. A wrong one is answered no sooner than a right one.
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Clock } from "../core/ports/clock.ts";
import { formatReceipt, parseReceipt } from "../core/reports/receipt.ts";
import { asBreakwaterError } from "../runtime/http/problem.ts";
import { pause } from "../runtime/pause.ts";
import { sendPage } from "./answer.ts";
import type { Html } from "./html.ts";
import type { PortalLimits } from "./limits.ts";
import type { CodeFault } from "./pages/code-page.ts";

export interface CodeDoorDeps {
	readonly limits: PortalLimits;
	readonly clock: Clock;
	/** Nobody is kept waiting by a process that ends. */
	readonly stopping: AbortSignal;
}

/** Longer than finding and showing something takes. */
const answersAfterMs = 250;

const faultOf = { length: "receiptLength", digits: "receiptDigits", check: "receiptCheck" } as const;

const codeForm = z.object({
	receipt: z.string().max(100).catch(""),
	message: z.string().max(100_000).catch(""),
	addresses: z.string().max(100_000).catch(""),
});
type CodeForm = z.infer<typeof codeForm>;

export interface CodeDoor<Found, Notice> {
	/** Asks for the code, and says what was wrong with the last. */
	readonly enter: (typed: string, fault: CodeFault | null) => Html;
	readonly find: (code: string) => Promise<Found | null>;
	readonly show: (shown: { readonly code: string; readonly found: Found; readonly notice: Notice | null }) => Html;
}

/** What is shown is read again after an act. */
type Act<Found, Notice> = (found: Found, form: CodeForm, code: string) => Promise<Notice | null>;

export function openByCode<Found, Notice>(
	{ limits, clock, stopping }: CodeDoorDeps,
	{ enter, find, show }: CodeDoor<Found, Notice>,
	act: Act<Found, Notice> | null = null,
) {
	return async (request: FastifyRequest, reply: FastifyReply) => {
		const begun = clock.now();
		const form = codeForm.parse(request.body ?? {});
		const parsed = parseReceipt(form.receipt);
		if (!parsed.ok) return sendPage(reply, enter(form.receipt, faultOf[parsed.fault]), 400);
		const { receipt: code } = parsed;
		const refuse = (fault: CodeFault, status: number) => sendPage(reply, enter(formatReceipt(code), fault), status);
		if (!(await limits.allows("receipts", request, reply))) return refuse("receiptLimited", 429);
		try {
			const found = await find(code);
			const notice = found === null || act === null ? null : await act(found, form, code);
			const shown = act === null ? found : await find(code);
			await pause(begun + answersAfterMs - clock.now(), stopping);
			if (shown === null) return refuse("receiptUnknown", 404);
			return sendPage(reply, show({ code, found: shown, notice }));
		} catch (error) {
			if (asBreakwaterError(error).code !== "store-unavailable") throw error;
			return refuse("storeAway", 503);
		}
	};
}
