// A receipt is how a reporter comes back: 16 digits, of which the last checks the others (Damm's algorithm, which finds every single
// wrong digit and every two neighbours that changed places). Whoever holds the digits is the reporter; nothing else is asked.

export const receiptLength = 16;

/** Damm, 2004: a totally anti-symmetric quasigroup of order 10. */
const quasigroup: readonly (readonly number[])[] = [
	[0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
	[7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
	[4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
	[1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
	[6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
	[3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
	[5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
	[8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
	[9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
	[2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/** The digit that makes `digits` check; 0 where they do already. */
function checkDigit(digits: string): number {
	return [...digits].reduce((interim, digit) => quasigroup[interim]?.[Number(digit)] ?? 0, 0);
}

/** `number`: at least 0 and below 10^15. */
export function toReceipt(number: bigint): string {
	const digits = number.toString().padStart(receiptLength - 1, "0");
	return `${digits}${checkDigit(digits)}`;
}

export type ReceiptFault = "length" | "digits" | "check";

/** As people type it: spaces, hyphens and dots between digits are theirs. */
export function parseReceipt(
	text: string,
): { readonly ok: true; readonly receipt: string } | { readonly ok: false; readonly fault: ReceiptFault } {
	const receipt = text.normalize("NFKC").replace(/[\s.\-–—]/g, "");
	if (!/^\d*$/.test(receipt)) return { ok: false, fault: "digits" };
	if (receipt.length !== receiptLength) return { ok: false, fault: "length" };
	return checkDigit(receipt) === 0 ? { ok: true, receipt } : { ok: false, fault: "check" };
}

/** In fours, as it is shown and read out. */
export function formatReceipt(receipt: string): string {
	return receipt.replace(/(\d{4})(?=\d)/g, "$1 ");
}
