// Where authorities ask on pages, and see what became of it: the same request, the same deadlines and the same answer as by their key.
import { z } from "zod";
import { maxRequestBytes } from "../../core/authorities/authority-request.ts";
import type { ErrorCode } from "../../core/errors.ts";
import { requestId } from "../../core/ids.ts";
import type { AuthorityDesk } from "../../runtime/authority-desk.ts";
import { asBreakwaterError } from "../../runtime/http/problem.ts";
import type { HttpServer } from "../../runtime/http/server.ts";
import { sendPage } from "../answer.ts";
import { type AuthorityFault, noSuchRequestPage, tooLargePage } from "../pages/authority-layout.ts";
import { askPage, requestListPage, requestPage } from "../pages/authority-request-pages.ts";
import { type Language, prefixOf } from "../words/words.ts";
import type { Door, Visit } from "./door.ts";
import { authorityForm, emptyRequest, readRequest } from "./read-request.ts";

export interface RequestRouteDeps {
	readonly door: Door;
	readonly desk: AuthorityDesk;
}

const listed = 100;

export function registerRequestRoutes(server: HttpServer, language: Language, { door, desk }: RequestRouteDeps): void {
	const at = (path: string) => `${prefixOf(language)}/authority${path}`;
	const showForm = ({ visitor, reply }: Visit, form: typeof emptyRequest, faults: readonly AuthorityFault[]) =>
		sendPage(reply, askPage({ language, visitor, form, faults }), statusOf(faults));
	server.get(
		at(""),
		door.opens(language, async ({ session, visitor, reply }) => {
			const requests = await desk.list(session.user.authority, listed);
			return sendPage(reply, requestListPage({ language, visitor }, requests, listed));
		}),
	);
	server.get(
		at("/ask"),
		door.opens(language, async (visit) => showForm(visit, emptyRequest, [])),
	);
	server.post(
		at("/ask"),
		{
			bodyLimit: maxRequestBytes,
			errorHandler: (error, request, reply) =>
				asBreakwaterError(error).code === "content-too-large"
					? sendPage(reply, tooLargePage(language), 413)
					: server.errorHandler(error, request, reply),
		},
		door.opens(language, async (visit) => {
			const { session, request, reply } = visit;
			const form = authorityForm.parse(request.body ?? {});
			const read = await readRequest(form, withDocument.parse(request.body ?? {}).document);
			if (!read.ok) return showForm(visit, form, read.faults);
			const arrival = { channel: "page", account: session.user.id } as const;
			try {
				const { id, isNew } = await desk.receive(session.user.authority, read.request, arrival);
				return reply.redirect(at(`/requests/${id}${isNew ? "" : "?again=1"}`), 303);
			} catch (error) {
				const fault = faultOfCode[asBreakwaterError(error).code];
				if (fault === undefined) throw error;
				return showForm(visit, form, [fault]);
			}
		}),
	);
	server.get(
		at("/requests/:id"),
		door.opens(language, async ({ session, visitor, request, reply }) => {
			const { id } = z.object({ id: requestId.nullable().catch(null) }).parse(request.params);
			const shown = id === null ? null : await desk.show(session.user.authority, id);
			if (shown === null) return sendPage(reply, noSuchRequestPage(language, visitor), 404);
			const { again } = z.object({ again: z.string().optional() }).parse(request.query);
			return sendPage(reply, requestPage({ language, visitor }, shown, again !== undefined));
		}),
	);
}

/** What only the record knows to be wrong; a broken rule is that of the silence, which must lie ahead. */
const faultOfCode: Partial<Record<ErrorCode, AuthorityFault>> = {
	"reference-taken": "referenceTaken",
	"rule-broken": "silence",
};

function statusOf(faults: readonly AuthorityFault[]): number {
	if (faults.length === 0) return 200;
	return faults.includes("referenceTaken") ? 409 : 400;
}

const withDocument = z.object({ document: z.unknown().optional() });
