import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { environmentNames, readConfig, redactConfig } from "../../../services/runtime/config.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

const example = Object.fromEntries(
	readFileSync(fromPackageRoot(".env.example"), "utf8")
		.split("\n")
		.filter((line) => /^[A-Z]/.test(line))
		.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
);

describe("settings", () => {
	test(".env.example names every setting, and only settings", () => {
		expect(Object.keys(example).toSorted()).toEqual([...environmentNames].toSorted());
	});

	test(".env.example holds the defaults", () => {
		expect(readConfig(example)).toEqual(readConfig({}));
	});

	test("every wrong setting is named at once", () => {
		expect(() => readConfig({ BREAKWATER_INTAKE_PORT: "high", BREAKWATER_PROFILE: "cloud" })).toThrow(
			/INTAKE_PORT[\s\S]*PROFILE|PROFILE[\s\S]*INTAKE_PORT/,
		);
	});

	test("the cluster profile says that it needs a database", () => {
		expect(() => readConfig({ BREAKWATER_PROFILE: "cluster" })).toThrow(/BREAKWATER_DATABASE_URL/);
	});

	test("media lie in an object store where one is named, which then needs its keys", () => {
		const endpoint = "https://objects.example/breakwater";
		expect(readConfig({}).media.kind).toBe("folder");
		expect(() => readConfig({ BREAKWATER_S3_ENDPOINT: endpoint })).toThrow(/ACCESS_KEY_ID[\s\S]*SECRET_ACCESS_KEY/);
		const keys = { BREAKWATER_S3_ACCESS_KEY_ID: "key", BREAKWATER_S3_SECRET_ACCESS_KEY: "hidden" };
		const config = readConfig({ BREAKWATER_S3_ENDPOINT: endpoint, ...keys });
		expect(config.media).toMatchObject({ kind: "s3", endpoint, secretAccessKey: "hidden" });
		expect(JSON.stringify(redactConfig(config))).not.toContain("hidden");
	});

	test("trusted proxies are addresses or networks, and nothing else", () => {
		const trust = (text: string) => readConfig({ BREAKWATER_TRUSTED_PROXIES: text }).http.trustedProxies;
		expect(trust("10.0.0.7, 10.0.0.0/8,fd00::/8")).toEqual(["10.0.0.7", "10.0.0.0/8", "fd00::/8"]);
		for (const wrong of ["*", "balancer.example", "10.0.0.0/33", "10.0.0.0/8/8", "10.0.0.0/x"]) {
			expect(() => trust(wrong)).toThrow(/BREAKWATER_TRUSTED_PROXIES/);
		}
	});

	test("printed settings show no password", () => {
		const printed = JSON.stringify(
			redactConfig(readConfig({ BREAKWATER_DATABASE_URL: "postgresql://breakwater:secret@db/record" })),
		);
		expect(printed).not.toContain("secret");
		expect(printed).toContain("postgresql://breakwater:***@db/record");
	});
});
