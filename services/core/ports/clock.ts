/** Wall-clock time in Unix milliseconds. Injected, so that tests can move it. */
export interface Clock {
	now(): number;
}
