// Where platforms appeal for their users, and ask what became of it. It goes into the record at once: once it is answered it is durable, and the
// same order again is the same appeal.
import { appealUntil } from "../core/appeals/appeal.ts";
import type { Jurisdiction } from "../core/clocks/profile.ts";
import { BreakwaterError } from "../core/errors.ts";
import type { Appeal, AppealStore } from "../core/ports/appeal-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import { appealBody, appealParams, appealStatus } from "../core/wire/appeal-api.ts";
import type { Events } from "../runtime/events.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import { refusedAs } from "./refused-appeal.ts";
import type { Guards, PlatformOf } from "./routes.ts";

export interface AppealRouteDeps {
	readonly appeals: Pick<AppealStore, "appealRestriction" | "findOfPlatform">;
	readonly laws: readonly Jurisdiction[];
	readonly clock: Clock;
	readonly events: Pick<Events, "appealReceived">;
}

const tags = ["appeals"];
const security = [{ apiKey: [] }];
const maxBodyBytes = 65_536;

export function registerAppealRoutes(
	server: HttpServer,
	{ appeals, laws, clock, events }: AppealRouteDeps,
	guarded: () => Omit<Guards, "onError">,
	platformOf: PlatformOf,
): void {
	server.route({
		...guarded(),
		method: "POST",
		url: "/v1/appeals",
		bodyLimit: maxBodyBytes,
		schema: {
			tags,
			security,
			summary: "Appeal for a user against what an order hid or removed",
			description:
				"Other people than those who decided look at it. Six months from the decision, or as long as a law says. An order that was appealed is the same appeal: send it again until it is answered.",
			body: appealBody,
			response: { 200: appealStatus, 201: appealStatus, ...problemResponses },
		},
		handler: async (request, reply) => {
			const { orderId, text } = request.body;
			const key = { kind: "order", orderId, platformId: platformOf(request).id } as const;
			const until = (decidedAt: Date) => appealUntil(decidedAt, laws);
			const answer = await appeals.appealRestriction(key, {
				...{ channel: "platform", text, at: new Date(clock.now()), until },
			});
			if (answer.kind === "refused") throw new BreakwaterError(refusedAs[answer.why]);
			if (answer.isNew) events.appealReceived({ by: "user", channel: "platform" });
			return reply.status(answer.isNew ? 201 : 200).send(show(answer.appeal));
		},
	});
	server.route({
		...guarded(),
		method: "GET",
		url: "/v1/appeals/:id",
		schema: {
			tags,
			security,
			summary: "What became of an appeal of a user of yours",
			params: appealParams,
			response: { 200: appealStatus, ...problemResponses },
		},
		handler: async (request) => {
			const found = await appeals.findOfPlatform(request.params.id, platformOf(request).id);
			if (found === null) throw new BreakwaterError("not-found");
			return show(found);
		},
	});
}

function show({ id, orderId, receivedAt, settled }: Appeal) {
	return {
		...{ id, orderId, receivedAt: receivedAt.toISOString() },
		...{ outcome: settled?.outcome ?? null, settledAt: settled?.at.toISOString() ?? null },
	};
}
