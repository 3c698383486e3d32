// A process that a library holds: in a real one, as it is compiled.
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { expect, test } from "@jest/globals";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

const module = pathToFileURL(fromPackageRoot("dist", "services", "runtime", "end-anyway.js")).href;

function run(held: string) {
	const code = `
		import { endAnyway } from ${JSON.stringify(module)};
		const end = endAnyway(200);
		${held}
		process.exitCode = 3;
		end[Symbol.dispose]();
		process.on("exit", () => console.log("ended"));
	`;
	return spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8", timeout: 60_000 });
}

test("a process that everything has left ends, though a timer of an hour would hold it, with its exit code", () => {
	const { status, stdout } = run("setTimeout(() => undefined, 3_600_000);");
	expect([status, stdout]).toEqual([3, "ended\n"]);
});
