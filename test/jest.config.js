import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

const rootDir = fileURLToPath(new URL("..", import.meta.url));

const project = (displayName, folder, extra = {}) => ({
	displayName,
	rootDir,
	testEnvironment: "<rootDir>/test/support/native/environment.js",
	runtime: "<rootDir>/test/support/native/runtime.js",
	testMatch: [`<rootDir>/test/${folder}/**/*.test.ts`],
	testPathIgnorePatterns: ["/node_modules/", "/dist/"],
	modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.cache/", "<rootDir>/.data/"],
	// Node's own modules, compiled by native/hooks.js.
	transform: {},
	...extra,
});

// Suites that need a database share one embedded PostgreSQL; each takes a database of its own from it.
const withPostgres = {
	globalSetup: "<rootDir>/test/support/start-postgres.js",
	globalTeardown: "<rootDir>/test/support/stop-postgres.js",
};

export default {
	rootDir,
	// Most suites wait for servers and processes more than they compute: three at a time on two processors. They share one PostgreSQL and its connections.
	maxWorkers: Math.min(6, Math.ceil(1.5 * availableParallelism())),
	testTimeout: 120_000,
	reporters: ["default", "<rootDir>/test/support/count-reporter.js"],
	projects: [
		project("unit", "unit"),
		project("contract", "contract", withPostgres),
		project("integration", "integration", { ...withPostgres, globals: { scoringBackends: ["onnx", "wasm", "cpu"] } }),
		project("e2e", "e2e", withPostgres),
		project("console", "console", withPostgres),
		// The suites of the model backends again, on the native library too: where that is missing, they fail.
		project("scoring", "integration/tensorflow", {
			...withPostgres,
			globals: { scoringBackends: ["node", "onnx", "wasm"], mustBePrepared: process.env.CI === "true" },
		}),
		project("cluster", "cluster"),
		project("scale", "scale"),
	],
};
