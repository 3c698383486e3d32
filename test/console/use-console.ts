import { afterAll, beforeAll } from "@jest/globals";
import { type ConsoleFixture, startConsole } from "./console-fixture.ts";

/** The console of a file of tests: there before what the file prepares, gone after its last test. */
export function useConsole(...settings: Parameters<typeof startConsole>): ConsoleFixture {
	let started: ConsoleFixture | undefined;
	beforeAll(async () => {
		started = await startConsole(...settings);
	}, 120_000);
	afterAll(async () => {
		await started?.[Symbol.asyncDispose]();
	});
	return new Proxy({} as ConsoleFixture, {
		get: (_none, name) => {
			if (started === undefined) throw new Error("the console starts before the tests, and not before that");
			return Reflect.get(started, name);
		},
	});
}
