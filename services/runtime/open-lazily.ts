interface Lazy<T> {
	/** Opens it, the first time. */
	get(): T;
	/** Null where nobody has needed it yet. */
	readonly opened: T | null;
	[Symbol.asyncDispose](): Promise<void>;
}

/** What is opened when it is first needed, and closed if it was. */
export function openLazily<T extends AsyncDisposable>(open: () => T): Lazy<T> {
	let opened: T | null = null;
	return {
		get() {
			opened ??= open();
			return opened;
		},
		get opened() {
			return opened;
		},
		[Symbol.asyncDispose]: async () => opened?.[Symbol.asyncDispose](),
	};
}
