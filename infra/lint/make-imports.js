// Writes imports.json, Biome's rules of who may import what, as of rooms.js: `node infra/lint/make-imports.js`.
import { writeFileSync } from "node:fs";
import { outside, packagesOfPure, rooms, technologies } from "./rooms.js";

const processes = Object.keys(rooms).filter((room) => rooms[room].includes("parts"));
const everyTechnology = Object.values(technologies).flat();
const inFolder = (folder) => `**/${folder}/**`;

const restrict = (includes, patterns) => {
	const options = { patterns: patterns.map(([message, group]) => ({ group, message })) };
	return { includes, linter: { rules: { style: { noRestrictedImports: { level: "error", options } } } } };
};

const oneWay = (room, alsoAllowed = []) => [
	`${room} may import: ${[...rooms[room], ...alsoAllowed, "itself"].join(", ")}. Who may import what: services/README.md.`,
	[...Object.keys(rooms).filter((other) => ![room, ...rooms[room], ...alsoAllowed].includes(other)), ...outside].map(
		inFolder,
	),
];
const ownAdapter = (name) => [
	"Each technology lives in its own adapter.",
	everyTechnology.filter((one) => !technologies[name]?.includes(one)),
];

function ofPure(room) {
	const packages = packagesOfPure[room];
	const nothingElse = `${room} is pure: besides rooms it imports ${packages.join(" and ")}, no other package.`;
	return restrict(
		[`services/${room}/**`],
		[[nothingElse, ["*", "@*/**", "!.", "!..", ...packages.map((one) => `!${one}`)]], oneWay(room)],
	);
}

const another = "An adapter never imports another adapter.";
/** Paths to another adapter differ by how deep a file lies. */
function ofAdapter(name) {
	return [
		[`services/adapters/${name}/*`, "../"],
		[`services/adapters/${name}/*/**`, "../../"],
	].map(([files, up]) =>
		restrict(
			[files],
			[
				oneWay("adapters"),
				[another, [`${up}*/**`, `!${up}../**`]],
				[another, [inFolder("adapters")]],
				ownAdapter(name),
			],
		),
	);
}

/** The console has a folder of its own that is named parts. */
function ofConsole() {
	const [message, folders] = oneWay("console");
	const browser = ["node:*", ...everyTechnology, "fastify", "pino", "prom-client", "undici"];
	return ["*", "*/*", "*/*/**"].map((files, depth) =>
		restrict(
			[`services/console/${files}`, "!**/vite.config.ts"],
			[
				["The console runs in the browser.", browser],
				[message, [...folders.filter((one) => one !== inFolder("parts")), `${"../".repeat(depth + 1)}parts/**`]],
			],
		),
	);
}

const ofLibrary = (room) => restrict([`services/${room}/**`], [oneWay(room), ownAdapter(null)]);
const ofProcess = (room) => [
	restrict([`services/${room}/**`, "!**/compose.ts"], [oneWay(room), ownAdapter(null)]),
	restrict([`services/${room}/compose.ts`], [oneWay(room, ["adapters"]), ownAdapter(null)]),
];

const overrides = [
	...Object.keys(packagesOfPure).map(ofPure),
	...["*", ...Object.keys(technologies)].flatMap(ofAdapter),
	...ofConsole(),
	...["bank-file", "runtime", "parts"].map(ofLibrary),
	...processes.flatMap(ofProcess),
];

/** The file's text, a line for each rule. */
export const text = `{"overrides":[\n${overrides.map((one) => JSON.stringify(one)).join(",\n")}\n]}\n`;

if (process.argv[1]?.endsWith("make-imports.js")) writeFileSync(new URL("imports.json", import.meta.url), text);
