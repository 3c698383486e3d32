// The keepers of lists of hash prefixes, asked for the whole hashes that begin so. What they learn is a prefix, and no address.

/** `asked` is over, or they did not answer as agreed. */
export type LinkSourceFailure = "fetch-timeout" | "host-failed" | "address-forbidden";

export type FullHashes =
	| {
			readonly kind: "known";
			/** In hex, each beginning with what was asked for. */
			readonly hashes: ReadonlySet<string>;
			/** So long they may be kept. */
			readonly lifetimeMs: number;
	  }
	| { readonly kind: "unavailable"; readonly reason: LinkSourceFailure };

export interface LinkSource extends AsyncDisposable {
	/** Whether somebody can be asked for a bank's list. */
	has(bankName: string): boolean;
	/** `prefix` is of 8 hex digits. Never rejects. */
	ask(bankName: string, prefix: string): Promise<FullHashes>;
}
