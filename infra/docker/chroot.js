// Images without an engine: a root folder made by debootstrap with Node from npm, and commands that run in it with mounts of their own.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the image of Node adds to Debian's: the full one brings compilers and Python, the slim one nothing that we use. */
const packagesOf = { full: "build-essential,python3,git,ca-certificates", slim: "libstdc++6" };

/** Of this machine, lent to the root: names, how registries are reached, and whom to trust there. */
const lent = { "/etc/resolv.conf": "/etc/resolv.conf", "/etc/hosts": "/etc/hosts" };
const certificates = { from: "/etc/ssl/certs/ca-certificates.crt", to: "/tmp/lent-certificates.crt" };
const lentEnv = /^(https?_proxy|no_proxy)$/i;

export function run(command, args, options = {}) {
	const { status, signal, error } = spawnSync(command, args, { stdio: "inherit", ...options });
	if (error !== undefined) throw error;
	if (status !== 0) throw new Error(`${command} ended with ${signal ?? status}`);
}

export function read(command, args, options = {}) {
	const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", ...options });
	if (error !== undefined) throw error;
	if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr.trim().split("\n").at(-1)}`);
	return stdout.trim();
}

/** `node:22-bookworm-slim` → its parts. Throws for an image of another kind. */
export function partsOfImage(image) {
	const [, major, suite, slim] = /^node:(\d+)-([a-z]+)(-slim)?$/.exec(image) ?? [];
	if (major === undefined) throw new Error(`${image} is no image of Node on Debian, by major version and suite`);
	return { major, suite, variant: slim === undefined ? "full" : "slim" };
}

/** Makes what the image holds in `root`, and answers the version of Node that is in it. */
export function makeRoot(image, root, cache) {
	const { major, suite, variant } = partsOfImage(image);
	mkdirSync(cache, { recursive: true });
	const base = join(cache, `${suite}-${variant}`);
	if (!existsSync(join(base, "complete"))) {
		run("rm", ["-rf", base]);
		const log = join(cache, "debootstrap.log");
		const how = `debootstrap --variant=minbase --include=${packagesOf[variant]} ${suite} ${base} >${log} 2>&1`;
		run("sh", ["-c", `${how} || { tail -20 ${log}; exit 1; }`]);
		writeFileSync(join(base, "complete"), "");
	}
	run("rm", ["-rf", root]);
	run("cp", ["-a", base, root]);
	const node = join(cache, `node-${major}`);
	if (!existsSync(join(node, "node_modules"))) {
		mkdirSync(node, { recursive: true });
		const wanted = [`node-linux-${process.arch}@${major}`, `npm@${npmOf(major)}`];
		run("npm", ["install", "--prefix", node, "--no-save", "--ignore-scripts", "--loglevel=error", ...wanted]);
	}
	const local = join(root, "usr/local");
	run("cp", [join(node, `node_modules/node-linux-${process.arch}/bin/node`), join(local, "bin/node")]);
	mkdirSync(join(local, "lib/node_modules"), { recursive: true });
	cpSync(join(node, "node_modules/npm"), join(local, "lib/node_modules/npm"), { recursive: true });
	for (const bin of ["npm", "npx"])
		run("ln", ["-sf", `../lib/node_modules/npm/bin/${bin}-cli.js`, join(local, "bin", bin)]);
	run("chroot", [root, "groupadd", "--gid", "1000", "node"]);
	run("chroot", [root, "useradd", "--uid", "1000", "--gid", "node", "--shell", "/bin/bash", "--create-home", "node"]);
	return read("chroot", [root, "node", "--version"]);
}

/** The version of npm that a major version of Node brings. */
function npmOf(major) {
	return { 20: "10", 22: "10", 24: "11" }[major] ?? "latest";
}

/** How a command is run in the root; `child_process` takes it. Its mounts end with it. */
export function within(root, { folder, env, user, words }) {
	for (const [from, to] of Object.entries({ ...lent, [certificates.from]: certificates.to }))
		if (existsSync(from)) run("cp", ["-L", from, join(root, to)]);
	const ours = Object.entries(process.env).filter(([name]) => lentEnv.test(name));
	const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
	const mounts = `mount -t proc proc ${root}/proc && mount --rbind /dev ${root}/dev`;
	const as = user === null ? [] : [`--userspec=${user}`];
	const inside = ["chroot", ...as, root, "sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", folder, ...words];
	return {
		command: "unshare",
		args: ["--mount", "--pid", "--fork", "--kill-child", "sh", "-c", `${mounts} && exec "$@"`, "sh", ...inside],
		env: {
			...{ PATH: path, HOME: user === null ? "/root" : `/home/${user}` },
			...Object.fromEntries(ours),
			...{ NODE_EXTRA_CA_CERTS: certificates.to, npm_config_cafile: certificates.to },
			npm_config_registry: read("npm", ["config", "get", "registry"]),
			...env,
		},
	};
}
