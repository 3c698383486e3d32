// Jest's environment for tests that run in the worker process itself, without a vm context: what the project declares as globals is set there.
import { measureFile } from "./measure-file.js";

export default class NativeEnvironment {
	// Of Jest's own use alone: its console and its hooks stay off the process.
	global = {};
	moduleMocker = {};
	#measured;

	constructor({ projectConfig }, { testPath }) {
		Object.assign(globalThis, projectConfig.globals);
		this.#measured = measureFile(testPath);
	}

	getVmContext() {
		return null;
	}

	async setup() {}

	async teardown() {
		this.#measured();
	}
}
