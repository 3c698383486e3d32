export interface Closing extends AsyncDisposable {
	/** Remembers a part to be closed with the whole, and hands it back. */
	keep<T extends AsyncDisposable>(part: T): T;
}

/** Closes what was opened, in reverse order; what fails to close does not keep the rest open. (AsyncDisposableStack needs Node 24.) */
export function createClosing(): Closing {
	const parts: AsyncDisposable[] = [];
	return {
		keep(part) {
			parts.push(part);
			return part;
		},
		async [Symbol.asyncDispose]() {
			const errors: unknown[] = [];
			for (const part of parts.splice(0).reverse()) {
				try {
					await part[Symbol.asyncDispose]();
				} catch (error) {
					errors.push(error);
				}
			}
			if (errors.length > 0) throw new AggregateError(errors, "not everything could be closed");
		},
	};
}
