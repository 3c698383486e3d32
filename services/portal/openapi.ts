import type { ApiDescription } from "../runtime/http/openapi.ts";

export const portalApi: ApiDescription = {
	title: "Breakwater portal",
	version: "1.0.0",
	description: "Pages by which the public reports, and asks what became of it.",
	securitySchemes: {},
};
