// What spreads faster than it should, with a case or without one.
import { standingOut } from "../core/outbreaks/outbreak.ts";
import type { Outbreak, OutbreakStore } from "../core/ports/outbreak-store.ts";
import { outbreaksAnswer, type WireListedOutbreak } from "../core/wire/outbreaks-api.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";

interface OutbreakRouteDeps {
	readonly guard: Guard;
	readonly outbreaks: Pick<OutbreakStore, "list">;
}

const shown = 100;
const hour = 3_600;

export function registerOutbreakRoutes(server: HttpServer, { guard, outbreaks }: OutbreakRouteDeps): void {
	server.route({
		method: "GET",
		url: "/api/outbreaks",
		schema: {
			tags: ["status"],
			summary: "What spreads faster than it should, what goes on first, then what ended last",
			response: { 200: outbreaksAnswer, ...problemResponses },
		},
		onRequest: guard.needs("status:read"),
		handler: async () => ({ outbreaks: (await outbreaks.list(shown)).map(showListed) }),
	});
}

function showListed({
	id,
	subject,
	label,
	foundAt,
	alert,
	latest,
	caseId,
	spread,
	ended,
	trippedBy,
}: Outbreak): WireListedOutbreak {
	const { voices, expected } = standingOut(alert);
	return {
		...{ id, of: subject.kind, label, caseId, spread },
		trippedIn: trippedBy?.caseId ?? null,
		foundAt: foundAt.toISOString(),
		alert: { voices, expected, inSeconds: alert.inSeconds },
		lastHour: latest.windows.find(({ seconds }) => seconds === hour)?.voices ?? 0,
		ended: ended === null ? null : { at: ended.at.toISOString(), because: ended.because },
	};
}
