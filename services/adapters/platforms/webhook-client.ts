import { Webhook } from "standardwebhooks";
import { request } from "undici";
import { uuidv7 } from "../../core/ids.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { DeliveryOutcome, PlatformClient } from "../../core/ports/platform-client.ts";
import type { Platform } from "../../core/ports/platform-store.ts";
import type { TestMessage } from "../../core/wire/order.ts";
import { errorCode } from "../../runtime/error-code.ts";
import { anyAddress, isAddressForbidden, openGuardedAgent } from "../../runtime/guarded-agent.ts";

export interface WebhookClientOptions {
	readonly timeoutMs: number;
	/** Some platforms live on the operator's own network; off, an order never goes to a private address. */
	readonly allowPrivateAddresses: boolean;
	readonly clock: Clock;
}

const longestRetryAfterMs = 3_600_000;

export function createWebhookClient(options: WebhookClientOptions): PlatformClient {
	const agent = openGuardedAgent({
		timeoutMs: options.timeoutMs,
		connections: 32,
		...(options.allowPrivateAddresses ? { isAddressAllowed: anyAddress } : {}),
	});
	const send = async (
		{ webhook }: Pick<Platform, "webhook">,
		id: string,
		message: object,
		signal: AbortSignal,
	): Promise<DeliveryOutcome> => {
		if (webhook === null) return { kind: "refused", reason: "no-webhook" };
		const body = JSON.stringify(message);
		const at = new Date(options.clock.now());
		const timeout = AbortSignal.timeout(options.timeoutMs);
		try {
			const response = await request(webhook.url, {
				method: "POST",
				dispatcher: agent,
				signal: AbortSignal.any([signal, timeout]),
				headers: {
					"content-type": "application/json",
					"user-agent": "breakwater",
					"webhook-id": id,
					"webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
					"webhook-signature": new Webhook(webhook.secret).sign(id, at, body),
				},
				body,
			});
			// What the platform says beyond its status is of no use here.
			response.body.on("error", () => undefined);
			await response.body.dump({ limit: 65_536 }).catch(() => undefined);
			return toOutcome(response.statusCode, response.headers["retry-after"], at);
		} catch (error) {
			return { kind: "failed", reason: timeout.aborted ? "timeout" : reasonOf(error), retryAfterMs: null };
		}
	};
	return {
		deliver: (platform, order, signal) => send(platform, order.orderId, order, signal),
		state: (platform, message, signal) => send(platform, message.statementId, message, signal),
		test(platform, signal) {
			const nowMs = options.clock.now();
			const message: TestMessage = { type: "breakwater.test.v1", sentAt: new Date(nowMs).toISOString() };
			return send(platform, uuidv7(nowMs), message, signal);
		},
		tell: (reporter, { id, message }, signal) => send(reporter, id, message, signal),
		async [Symbol.asyncDispose]() {
			await agent.destroy();
		},
	};
}

function toOutcome(status: number, retryAfter: string | string[] | undefined, now: Date): DeliveryOutcome {
	if (status >= 200 && status < 300) return { kind: "delivered", status };
	if (status === 410) return { kind: "refused", reason: "status-410" };
	return { kind: "failed", reason: `status-${status}`, retryAfterMs: parseRetryAfter(retryAfter, now) };
}

/** Seconds or an HTTP date (RFC 9110, section 10.2.3), an hour at most. */
function parseRetryAfter(value: string | string[] | undefined, now: Date): number | null {
	if (typeof value !== "string") return null;
	const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
	return Number.isFinite(ms) ? Math.min(longestRetryAfterMs, Math.max(0, ms)) : null;
}

/** Codes only: a message could quote the address. */
function reasonOf(error: unknown): string {
	if (isAddressForbidden(error)) return "address-forbidden";
	const code = errorCode(error) ?? "unknown";
	if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) return "tls-error";
	if (code.includes("TIMEOUT")) return "timeout";
	if (code === "ECONNREFUSED") return "connection-refused";
	if (code === "ECONNRESET" || code === "UND_ERR_SOCKET") return "connection-reset";
	if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "name-not-found";
	return "connection-failed";
}
