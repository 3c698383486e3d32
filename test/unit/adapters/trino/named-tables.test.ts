// How a question for Trino is put together; what Trino makes of it is tried on a real one (test/cluster/trino-history.test.ts).
import { describe, expect, it } from "@jest/globals";
import { withNamedTables } from "../../../../services/adapters/trino/named-tables.ts";
import { askedFiles } from "../../../support/asked-files.ts";

const place = { schema: "hive.breakwater", location: "s3://media/history" };
const asked = askedFiles({ verdicts: ["verdicts/day=2026-11-01/platform=it's/a.parquet"] });
const text = (query: string) => withNamedTables(query, asked, place);

describe("a question for Trino", () => {
	it("reads of a table the files that are named, and of one without files nothing", () => {
		expect(text("SELECT 1")).toContain(
			`FROM hive.breakwater.verdicts WHERE "$path" IN ('s3://media/history/verdicts/day=2026-11-01/platform=it''s/a.parquet')`,
		);
		expect(text("SELECT 1")).toMatch(
			/findings AS \(SELECT CAST\(NULL AS TIMESTAMP\(3\)\) AS happened_at, .* WHERE false\)/,
		);
	});

	it("counts rows when it is asked only where some are not counted", () => {
		expect(text("SELECT 1")).not.toContain("GROUP BY");
		const uncounted = ["verdicts/day=2026-11-02/platform=forum/b.parquet"];
		expect(withNamedTables("SELECT 1", askedFiles({}, { uncounted }), place)).toContain(
			"GROUP BY date_trunc('hour', happened_at), tier, action, unexamined IS NOT NULL, day, platform",
		);
	});

	it.each([
		["SELECT a FROM verdicts;\n", /\)\nSELECT a FROM verdicts$/],
		["-- why\n/* and\nhow */ with found AS (SELECT 1) SELECT * FROM found", /\),\nfound AS \(SELECT 1\) SELECT/],
		["WITH RECURSIVE up (n) AS (SELECT 1) SELECT n FROM up", /^WITH RECURSIVE verdicts AS [\s\S]*\),\nup \(n\) AS/],
		["SELECT 1; DROP TABLE verdicts", /\nSELECT 1; DROP TABLE verdicts$/],
		["without", /\)\nwithout$/],
	])("keeps the words of %j, after what it can name", (query, expected) => {
		expect(text(query)).toMatch(expected);
		expect(text(query).match(/\bwith\b/gi)).toHaveLength(1);
	});
});
