// Jest's runtime, with Node's own modules in place of Jest's: what one test file has loaded, the next one in the same worker finds loaded.
// A test cannot replace a module, and the state of a module is shared; none of ours relies on either.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import "./register.js";
import { useGlobals } from "./globals.js";
import { formatStack } from "./stack-trace.js";

const require = createRequire(import.meta.url);

export default class NativeRuntime {
	getSourceMaps() {
		return new Map();
	}

	/** Anew for each test file: its state is one file's tests. */
	requireInternalModule(path) {
		delete require.cache[path];
		return require(path);
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

	teardown() {}
}
