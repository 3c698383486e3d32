// Jest's runtime, with Node's own modules in place of Jest's: what one test file has loaded, the next one in the same worker finds loaded.
// A test cannot replace a module, and the state of a module is shared; none of ours relies on either.
import asyncHooks from "node:async_hooks";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import "./register.js";
import { useGlobals } from "./globals.js";
import { formatStack } from "./stack-trace.js";

const require = createRequire(import.meta.url);

/** Where Jest's framework keeps who hears of its events. */
const eventHandlers = Symbol.for("EVENT_HANDLERS");

export default class NativeRuntime {
	#storages = [];

	getSourceMaps() {
		return new Map();
	}

	/**
	 * Anew for each test file: its state is one file's tests. What a framework leaves behind where a vm context would have ended with
	 * its file is taken away, or each event and each promise would pass through those of all files before it.
	 */
	requireInternalModule(path) {
		delete require.cache[path];
		delete globalThis[eventHandlers];
		const { AsyncLocalStorage } = asyncHooks;
		const storages = this.#storages;
		asyncHooks.AsyncLocalStorage = class extends AsyncLocalStorage {
			constructor(...args) {
				super(...args);
				storages.push(this);
			}
		};
		try {
			return require(path);
		} finally {
			asyncHooks.AsyncLocalStorage = AsyncLocalStorage;
		}
	}

	requireModule(path) {
		return require(path);
	}

	setGlobalsForRuntime(globals) {
		// In place of the one of Jest, which knows nothing of what the hooks compile.
		Error.prepareStackTrace = formatStack;
		useGlobals(globals);
	}

	unstable_shouldLoadAsEsm() {
		return true;
	}

	async unstable_importModule(path) {
		await import(pathToFileURL(path).href);
	}

	getAllCoverageInfoCopy() {
		return undefined;
	}

	enterTestCode() {}

	leaveTestCode() {}

	teardown() {
		for (const storage of this.#storages) storage.disable();
	}
}
