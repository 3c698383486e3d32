import { afterAll, afterEach, beforeAll, beforeEach } from "@jest/globals";
import { createStores, type Stores } from "../../services/adapters/postgres/stores.ts";
import { openTestRecord } from "./test-database.ts";

type TestRecord = Awaited<ReturnType<typeof openTestRecord>>;

/** An empty record for the tests of a file, or a new one for each of them. Nothing of it is there before they begin. */
export function useTestRecord(
	lasts: "file" | "test" = "file",
): Pick<TestRecord, "database" | "url"> & { readonly stores: Stores } {
	let opened: { readonly record: TestRecord; readonly stores: Stores } | null = null;
	const open = async () => {
		const record = await openTestRecord();
		opened = { record, stores: createStores(record.database) };
	};
	const close = async () => {
		await opened?.record[Symbol.asyncDispose]();
		opened = null;
	};
	const now = () => {
		if (opened === null) throw new Error("a test's record is there while the test runs");
		return opened;
	};
	(lasts === "file" ? beforeAll : beforeEach)(open);
	(lasts === "file" ? afterAll : afterEach)(close);
	return {
		get database() {
			return now().record.database;
		},
		get url() {
			return now().record.url;
		},
		get stores() {
			return now().stores;
		},
	};
}
