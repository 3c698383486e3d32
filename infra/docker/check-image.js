// npm run check:image [-- --keep]: the container file as far as it can be tried without an engine, as root on Debian with debootstrap. Each
// stage's commands run in a bare root of its own, then the image's entry point starts, answers its health check and ends on SIGTERM.
// Not tried: layers, the engine's own network and limits, and the images' exact contents.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ignore from "@balena/dockerignore";
import { makeRoot, read, run, within } from "./chroot.js";
import { readStages } from "./read-stages.js";
import { checkVersions } from "./released-versions.js";

const file = "infra/docker/Dockerfile";
const cache = resolve(".cache/check-image");
const findings = [];
const find = (text) => {
	findings.push(text);
	console.log(`!! ${text}`);
};

if (process.getuid?.() !== 0) fail("run it as root: it changes roots");
if (spawnSync("debootstrap", ["--version"]).error !== undefined)
	fail("install debootstrap: apt-get install debootstrap");

const stages = readStages(readFileSync(file, "utf8"));
const context = contextFiles();
const roots = new Map();
for (const stage of stages) buildStage(stage);
await tryImage(stages.at(-1));
for (const { image, answer } of checkVersions(readFileSync("docker-compose.yml", "utf8"))) {
	console.log(`   ${image}: ${answer}`);
	if (answer === "not found") find(`${image} was never released under this number`);
}
if (!process.argv.includes("--keep")) for (const root of roots.values()) run("rm", ["-rf", root]);
console.log(`${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;

function fail(text) {
	console.error(text);
	process.exit(2);
}

/** What an engine would be sent: what git knows or would, less .dockerignore. */
function contextFiles() {
	const known = read("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { maxBuffer: 64e6 });
	const all = known.split("\0").filter((name) => name !== "" && existsSync(name));
	return ignore().add(readFileSync(".dockerignore", "utf8")).filter(all);
}

function buildStage({ image, name, steps }) {
	const root = join(cache, `root-${name}`);
	console.log(`== stage ${name} from ${image}`);
	console.log(`   Node ${makeRoot(image, root, cache)}`);
	roots.set(name, root);
	const at = { folder: "/", env: {}, user: null };
	for (const step of steps) {
		console.log(`-- ${step.keyword} ${step.command ?? step.target ?? ""}`);
		if (step.keyword === "WORKDIR") at.folder = join(at.folder, step.folder);
		if (step.keyword === "ENV") Object.assign(at.env, step.env);
		if (step.keyword === "USER") at.user = step.user;
		if (step.keyword === "COPY") copy(step, join(root, at.folder));
		if (step.keyword === "RUN") {
			const { command, args, env } = within(root, { ...at, words: ["/bin/sh", "-c", step.command] });
			run(command, args, { env });
		}
		mkdirSync(join(root, at.folder), { recursive: true });
	}
}

function copy({ from, sources, target }, folder) {
	const isFolder = target.endsWith("/") || sources.length > 1;
	for (const source of sources) {
		const to = isFolder ? join(folder, target, source.split("/").at(-1)) : join(folder, target);
		mkdirSync(dirname(to), { recursive: true });
		if (from !== null) {
			const given = roots.get(from) ?? fail(`${from} is no stage before this one`);
			if (existsSync(join(given, source))) run("cp", ["-aT", join(given, source), to]);
			else find(`COPY --from=${from} ${source}: it is not there`);
			continue;
		}
		const files = context.filter((name) => name === source || name.startsWith(`${source}/`));
		if (files.length === 0) find(`COPY ${source}: the context does not have it`);
		for (const name of files) {
			const place = name === source ? to : join(to, name.slice(source.length + 1));
			mkdirSync(dirname(place), { recursive: true });
			run("cp", ["-P", "--preserve=mode", name, place]);
		}
	}
}

/** Starts it as Compose would, on the embedded profile: as the image's user, with its environment and entry point. */
async function tryImage({ name, steps }) {
	const root = roots.get(name);
	const last = (keyword) => steps.filter((step) => step.keyword === keyword).at(-1);
	const user = last("USER")?.user ?? null;
	if (user === null || user === "root") find("the image runs as root");
	const folder = last("WORKDIR").folder;
	const ports = last("EXPOSE").ports;
	const named = ["INTAKE", "DETECTOR", "TAKEDOWN", "REVIEW", "PORTAL"].map((role, at) => [
		`BREAKWATER_${role}_PORT`,
		`${18_750 + at}`,
	]);
	if (ports.length !== named.length) find(`${ports.length} ports are exposed, ${named.length} are listened on`);
	const settings = Object.assign({}, ...steps.flatMap((step) => (step.keyword === "ENV" ? [step.env] : [])));
	const env = { ...settings, ...Object.fromEntries(named), BREAKWATER_PROFILE: "embedded" };
	const start = (words) => within(root, { folder, env, user, words });

	console.log("== the image, started");
	const entry = last("ENTRYPOINT").words;
	const version = start([...entry, "--version"]);
	console.log(`   --version: ${read(version.command, version.args, { env: version.env })}`);
	const linked = start(["breakwater", "--help"]);
	if (!read(linked.command, linked.args, { env: linked.env }).includes("Usage"))
		find("breakwater --help prints no usage");
	const data = statSync(join(root, settings.BREAKWATER_DATA_DIR));
	if ((data.mode & 0o077) !== 0) find("the data folder lies open to other users");

	const { command, args, env: all } = start([...entry, ...last("CMD").words]);
	const child = spawn(command, args, { env: all, stdio: ["ignore", "ignore", "pipe"] });
	let log = "";
	child.stderr.on("data", (chunk) => {
		log = (log + chunk).slice(-4_000);
	});
	const ended = once(child, "exit");
	const check = start(last("HEALTHCHECK").words);
	const isHealthy = () => spawnSync(check.command, check.args, { env: check.env }).status === 0;
	const began = Date.now();
	while (!isHealthy() && child.exitCode === null && Date.now() - began < 90_000)
		await new Promise((wake) => setTimeout(wake, 1_000));
	if (!isHealthy()) find(`the health check did not pass:\n${log}`);
	else console.log(`   healthy after ${((Date.now() - began) / 1_000).toFixed(0)} s`);
	stop(child.pid);
	const [code, signal] = await ended;
	if (code !== 0) find(`it ended with ${signal ?? code} on SIGTERM:\n${log}`);
	else console.log("   ended on SIGTERM with 0");
}

/** SIGTERM to the entry point itself: process 1 of its own namespace, below `unshare`. */
function stop(unsharePid) {
	const [first] = read("ps", ["-o", "pid=", "--ppid", String(unsharePid)]).split("\n");
	process.kill(Number(first), "SIGTERM");
}
