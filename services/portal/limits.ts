// How much one network may ask of the portal. Schools and phone companies put many people behind one address: the limits are far above what
// they need, and far below a flood.
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { waitAfter } from "../runtime/http/rate-limit.ts";
import type { HttpServer } from "../runtime/http/server.ts";
import { networkOf } from "./network.ts";

/** The requests of one network in a minute. A browser that does not run scripts has shown no work: fewer of those. */
const perMinute = { worked: 120, unworked: 10, receipts: 10, logins: 20 } as const;
/** Attempts to log in with one login, from wherever: with the password in hand, guessing a code takes years. */
const ofOneLogin = { max: 10, windowMs: 10 * 60_000 } as const;
const minuteMs = 60_000;

type Limited = keyof typeof perMinute | "loginsOfOne";

const withLogin = z.object({ login: z.string().catch("") }).catch({ login: "" });

export interface PortalLimits {
	/** False where the network has had its share; tells by `retry-after` when it may ask again. */
	allows(limited: Limited, request: FastifyRequest, reply: FastifyReply): Promise<boolean>;
}

/** Needs the plugin of rate limits. Counted in this process: behind a balancer each portal has its own count. */
export function createLimits(server: HttpServer): PortalLimits {
	const limitOf = (max: number) =>
		server.createRateLimit({ max, timeWindow: minuteMs, keyGenerator: (request) => networkOf(request.ip) });
	const limits = {
		worked: limitOf(perMinute.worked),
		unworked: limitOf(perMinute.unworked),
		receipts: limitOf(perMinute.receipts),
		logins: limitOf(perMinute.logins),
		loginsOfOne: server.createRateLimit({
			...{ max: ofOneLogin.max, timeWindow: ofOneLogin.windowMs },
			keyGenerator: (request) => withLogin.parse(request.body).login.trim().toLowerCase(),
		}),
	} satisfies Record<Limited, unknown>;
	return {
		async allows(limited, request, reply) {
			const waitSeconds = waitAfter(await limits[limited](request));
			if (waitSeconds !== null) reply.header("retry-after", waitSeconds);
			return waitSeconds === null;
		},
	};
}
