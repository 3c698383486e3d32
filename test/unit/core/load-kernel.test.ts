import { spawnSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

test("the kernels' committed bytes are what their texts compile to", () => {
	const { status, stderr } = spawnSync(process.execPath, ["infra/build/make-kernels.js", "--check"], {
		cwd: fromPackageRoot(),
		encoding: "utf8",
	});
	expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
