import { type Dictionary, wordFor } from "../language/dictionary.ts";

/** Why a platform did not take an order; `status-NNN` is what it answered. */
export function orderReason(reason: string, { stuck }: Dictionary): string {
	const [, status] = /^status-(\d{3})$/.exec(reason) ?? [];
	return status === undefined ? wordFor(stuck.orderReasons, reason) : stuck.answered(status);
}
