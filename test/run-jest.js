// Runs Jest. A path given after `--selectProjects` is a path here; Jest itself would take it for one more project and, finding none
// of that name, run every file of the others.
import { existsSync } from "node:fs";
import { run } from "jest";

// Workers and servers are started from there; without them suites wait for what never comes.
if (!existsSync("dist/services")) {
	console.error("Nothing is built yet: npm run build, then once more.");
	process.exit(2);
}

const [, , ...given] = process.argv;
const projects = given.indexOf("--selectProjects") + 1;
const listed = projects === 0 ? [] : given.slice(projects);
const nextFlag = listed.findIndex((word) => word.startsWith("-"));
const paths = (nextFlag < 0 ? listed : listed.slice(0, nextFlag)).filter((word) => word.includes("/"));
await run(["--config", "test/jest.config.js", ...paths, ...given.filter((word) => !paths.includes(word))]);
