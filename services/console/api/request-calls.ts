// What the console asks of authorities' requests.
import {
	type AuthoritiesAnswer,
	authoritiesAnswer,
	type RequestEntry,
	type RequestEntryAnswer,
	requestEntryAnswer,
} from "../../core/wire/request-entry-api.ts";
import type { Requests } from "./requests.ts";

export interface RequestCalls {
	authorities(): Promise<AuthoritiesAnswer>;
	enterRequest(entry: RequestEntry): Promise<RequestEntryAnswer>;
}

export function requestCalls({ json }: Pick<Requests, "json">): RequestCalls {
	return {
		authorities: () => json("GET", "/api/authorities", authoritiesAnswer),
		enterRequest: (body) => json("POST", "/api/authority-requests", requestEntryAnswer, { body }),
	};
}
