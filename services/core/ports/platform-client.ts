import type { AnyOrderMessage, AnyStatementMessage } from "../wire/account-order.ts";
import type { ReportMessage } from "../wire/reporting-api.ts";
import type { Platform } from "./platform-store.ts";

export type DeliveryOutcome =
	| { readonly kind: "delivered"; readonly status: number }
	/** Worth another attempt; `retryAfterMs` is the platform's own wish. */
	| { readonly kind: "failed"; readonly reason: string; readonly retryAfterMs: number | null }
	/** The platform said that it will never take this (410, or no webhook configured). */
	| { readonly kind: "refused"; readonly reason: string };

/** Hands orders to platforms by signed webhook (Standard Webhooks). The order's id is the `webhook-id`, the same on every attempt. */
export interface PlatformClient {
	/** Sends a message that orders nothing (`breakwater.test.v1`), signed like an order. */
	test(platform: Platform, signal: AbortSignal): Promise<DeliveryOutcome>;
	deliver(platform: Platform, order: AnyOrderMessage, signal: AbortSignal): Promise<DeliveryOutcome>;
	/** Sends the statement of an order that was obeyed before. */
	state(platform: Platform, message: AnyStatementMessage, signal: AbortSignal): Promise<DeliveryOutcome>;
	/** Tells a reporter what became of a report, signed like an order; `id` is the `webhook-id`. */
	tell(
		reporter: Pick<Platform, "webhook">,
		notice: { readonly id: string; readonly message: ReportMessage },
		signal: AbortSignal,
	): Promise<DeliveryOutcome>;
	[Symbol.asyncDispose](): Promise<void>;
}
