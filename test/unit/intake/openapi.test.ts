import { expect, test } from "@jest/globals";
import { intakeApi } from "../../../services/intake/openapi.ts";

test("the API's description says what an order's webhook carries, the statement of reasons included", () => {
	const document = intakeApi.complete?.({ openapi: "3.1.0", info: { title: "intake", version: "1" } });
	const schema = document?.webhooks?.order?.post?.requestBody?.content["application/json"]?.schema;
	expect(schema?.required).toEqual(expect.arrayContaining(["orderId", "action", "statement"]));
	const [statement] = schema?.properties?.statement?.anyOf ?? [];
	expect(statement?.required).toEqual(
		expect.arrayContaining(["restriction", "facts", "automated", "ground", "redress", "text"]),
	);
});
