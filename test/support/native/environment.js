// Jest's environment for tests that run in the worker process itself, without a vm context: what the project declares as globals is set there.
export default class NativeEnvironment {
	// Of Jest's own use alone: its console and its hooks stay off the process.
	global = {};
	moduleMocker = {};

	constructor({ projectConfig }) {
		Object.assign(globalThis, projectConfig.globals);
	}

	getVmContext() {
		return null;
	}

	async setup() {}

	async teardown() {}
}
