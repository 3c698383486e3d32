import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { environmentNames, listSettings, readConfig, redactConfig } from "../../../services/runtime/config.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { redactText } from "../../../services/runtime/redact.ts";

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

	test("a number is written in digits, as people read it, and in no other notation", () => {
		const port = (text: string) => readConfig({ BREAKWATER_REVIEW_PORT: text }).http.ports.review;
		expect(port(" 8703 ")).toBe(8703);
		for (const wrong of ["0x10", "8e3", "8_703", "+8703", "-1", "8703.0", "٨٧٠٣", "Infinity", "true"])
			expect(() => port(wrong)).toThrow("BREAKWATER_REVIEW_PORT: is a whole number in digits");
		expect(readConfig({ BREAKWATER_BREAKER_FACTOR: "2.5" }).breakers.factor).toBe(2.5);
		for (const wrong of ["2,5", "1e1", ".5", "0x2"])
			expect(() => readConfig({ BREAKWATER_BREAKER_FACTOR: wrong })).toThrow(/in digits, such as 2.5/);
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

	test.each([
		["postgresql://breakwater:qq@qq@db/record", "postgresql://breakwater:***@db/record"],
		["postgresql://db/record?user=breakwater&password=qq%40qq", "postgresql://db/record?user=breakwater&password=***"],
		[
			"postgresql://db/record?sslmode=verify-full&p%61ssword=qqqq",
			"postgresql://db/record?sslmode=verify-full&p%61ssword=***",
		],
		["postgresql://b:qqqq@db/record?sslpassword=qqqq&a=1", "postgresql://b:***@db/record?sslpassword=***&a=1"],
		["postgresql://db/record?pwd=qqqq&user=b", "postgresql://db/record?pwd=***&user=b"],
	])("printed settings show no password: %s", (url, expected) => {
		const env = { BREAKWATER_DATABASE_URL: url, BREAKWATER_REDIS_URL: "redis://:qqqq@redis:6379" };
		const listed = listSettings(env);
		expect(listed).toContainEqual({ name: "BREAKWATER_DATABASE_URL", value: expected, isDefault: false });
		expect(listed).toContainEqual({ name: "BREAKWATER_REDIS_URL", value: "redis://:***@redis:6379", isDefault: false });
		for (const printed of [JSON.stringify(listed), JSON.stringify(redactConfig(readConfig(env)))])
			expect(printed).not.toMatch(/qq/);
	});

	test.each([
		["host=db user=breakwater password='qq qq'", "host=db user=breakwater password=***"],
		["breakwater:qqqq@db/record", "breakwater:***@db/record"],
		[" postgresql://b:qqqq@db/record", " postgresql://b:***@db/record"],
		["known=https://b:qqqq@list.example/x", "known=https://b:***@list.example/x"],
		["known=https://list.example/x?key=qqqq&page=1", "known=https://list.example/x?key=***&page=1"],
		["one:9092,an:qqqq@two:9092", "one:***@two:9092"],
		["https://list.example:8443/x", "https://list.example:8443/x"],
	])("no password is shown, whatever stands around it: %s", (text, expected) => {
		expect(redactText(text)).toBe(expected);
	});

	test.each([
		["BREAKWATER_DATABASE_URL", ["mysql://db/record", "an:qqqq@db/record", "host=db password=qqqq", "postgresql://"]],
		["BREAKWATER_REDIS_URL", ["redis:6379", "http://redis:6379", "qqqq"]],
		["BREAKWATER_KAFKA_BROKERS", ["broker", "broker:0", "broker:99999", "an:qqqq@broker:9092", "broker:9092,other"]],
		["BREAKWATER_HOST", ["256.1.1.1", "two words", "-", "qqqq:8700"]],
	])("%s is refused where it can lead nowhere, and what it held is not said back", (name, wrong) => {
		for (const value of wrong) {
			expect(() => readConfig({ [name]: value })).toThrow(name);
			expect(() => readConfig({ [name]: value })).not.toThrow(/qqqq/);
		}
	});

	test.each([
		["BREAKWATER_DATABASE_URL", ["postgres://db/record", "/var/run/postgresql record"]],
		["BREAKWATER_REDIS_URL", ["rediss://:secret@redis:6379/1"]],
		["BREAKWATER_KAFKA_BROKERS", ["a.example:9092, [fd00::7]:9092"]],
		["BREAKWATER_HOST", ["0.0.0.0", "::", "localhost", "review.internal"]],
	])("%s is taken as it is written elsewhere", (name, right) => {
		for (const value of right) expect(() => readConfig({ [name]: value })).not.toThrow();
	});

	test("a broker's password and an object store's key are hidden whole", () => {
		const env = {
			...{
				BREAKWATER_KAFKA_SASL: "scram-sha-512",
				BREAKWATER_KAFKA_USERNAME: "an",
				BREAKWATER_KAFKA_PASSWORD: "quiet",
			},
			...{ BREAKWATER_S3_ENDPOINT: "https://o.example/b", BREAKWATER_S3_ACCESS_KEY_ID: "id" },
			BREAKWATER_S3_SECRET_ACCESS_KEY: "quiet",
			BREAKWATER_EVENT_SECRETS: "quiet".repeat(8),
		};
		expect(JSON.stringify([listSettings(env), redactConfig(readConfig(env))])).not.toContain("quiet");
		expect(listSettings(env)).toContainEqual({ name: "BREAKWATER_KAFKA_PASSWORD", value: "***", isDefault: false });
	});

	test("every setting is listed under its own name, and says whether it is a default", () => {
		const listed = listSettings({ BREAKWATER_INTAKE_PORT: "9000", BREAKWATER_LOG_LEVEL: "" });
		expect(listed.map(({ name }) => name)).toEqual(environmentNames);
		expect(listed).toContainEqual({ name: "BREAKWATER_INTAKE_PORT", value: "9000", isDefault: false });
		expect(listed).toContainEqual({ name: "BREAKWATER_LOG_LEVEL", value: "info", isDefault: true });
		expect(listed).toContainEqual({ name: "BREAKWATER_DATABASE_URL", value: null, isDefault: true });
	});

	test.each([
		["BREAKWATER_KAFKA_BROKER", /BREAKWATER_KAFKA_BROKER: there is no such setting; is it BREAKWATER_KAFKA_BROKERS\?/],
		["BREAKWATER_DATBASE_URL", /is it BREAKWATER_DATABASE_URL\?/],
		["BREAKWATER_SECURE_COOKIE", /is it BREAKWATER_SECURE_COOKIES\?/],
		["breakwater_log_level", /breakwater_log_level: there is no such setting; is it BREAKWATER_LOG_LEVEL\?/],
		["BREAKWTER_LOG_LEVEL", /is it BREAKWATER_LOG_LEVEL\?/],
		["BREAKWATERLOG_LEVEL", /is it BREAKWATER_LOG_LEVEL\?/],
		["BREAKWATER_COFFEE", /BREAKWATER_COFFEE: there is no such setting; \.env\.example names them all/],
	])("a misspelt name is refused, with the nearest right one: %s", (name, message) => {
		expect(() => readConfig({ [name]: "x" })).toThrow(message);
	});

	test("a setting of another program is none of ours", () => {
		for (const name of ["BREAKPOINT_HOST", "BREW_HOST", "BREAKWATERS_COFFEE", "BROKER_DATABASE_URL"])
			expect(() => readConfig({ [name]: "x" })).not.toThrow();
	});

	test("what Kubernetes says of a service named breakwater is not taken for a setting", () => {
		const env = {
			BREAKWATER_REVIEW_SERVICE_HOST: "10.0.0.1",
			BREAKWATER_REVIEW_SERVICE_PORT_HTTP: "8703",
			BREAKWATER_REVIEW_PORT_8703_TCP_ADDR: "10.0.0.1",
		};
		expect(readConfig(env)).toEqual(readConfig({}));
	});

	test.each([
		["BREAKWATER_DATABASE_CONNECTIONS", "100000"],
		["BREAKWATER_DECODE_TIMEOUT_MS", "1"],
		["BREAKWATER_WEBHOOK_TIMEOUT_MS", "86400000"],
		["BREAKWATER_MAX_EVENT_BYTES", "1"],
		["BREAKWATER_MAX_MEDIA_BYTES", "999999999999999"],
		["BREAKWATER_RETRY_ATTEMPTS", "1e308"],
		["BREAKWATER_SESSION_IDLE_MS", "604800000"],
		["BREAKWATER_TOPIC_PARTITIONS", "0"],
	])("%s cannot be %s", (name, value) => {
		expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`${name}: `));
	});

	test.each(["BREAKWATER_KAFKA_CA_FILE", "BREAKWATER_KAFKA_CERT_FILE"])(
		"%s without TLS is no word to be passed over: what is sent would be read by others",
		(name) => {
			const env = { [name]: "/etc/breakwater/ca.pem", BREAKWATER_KAFKA_KEY_FILE: "/etc/breakwater/key.pem" };
			expect(() => readConfig(env)).toThrow(`${name}: needs BREAKWATER_KAFKA_TLS=true`);
			expect(readConfig({ ...env, BREAKWATER_KAFKA_TLS: "true" }).stream.security.tls).not.toBeNull();
		},
	);

	test("a broker that asks who we are needs all of the answer", () => {
		expect(() => readConfig({ BREAKWATER_KAFKA_SASL: "scram-sha-256" })).toThrow(/KAFKA_USERNAME[\s\S]*KAFKA_PASSWORD/);
		expect(() => readConfig({ BREAKWATER_KAFKA_SASL: "oauthbearer" })).toThrow(/KAFKA_TOKEN_FILE/);
		expect(() => readConfig({ BREAKWATER_KAFKA_CERT_FILE: "c.pem" })).toThrow(/KAFKA_KEY_FILE/);
	});
});
