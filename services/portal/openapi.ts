import type { ApiDescription } from "../runtime/http/openapi.ts";

export const portalApi: ApiDescription = {
	title: "Breakwater portal",
	version: "1.0.0",
	description:
		"Pages by which the public reports, and asks what became of it; and where authorities ask, each with its key.",
	securitySchemes: {
		authorityKey: {
			type: "http",
			scheme: "bearer",
			description: "bwa_<authority>_<43 characters>, from `breakwater authority add`",
		},
	},
};
