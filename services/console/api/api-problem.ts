import { z } from "zod";
import { type ErrorCode, errorCatalogue } from "../../core/errors.ts";
import { type Reason, reason } from "../../core/reason.ts";

/** `offline`: nothing answered. `unreadable`: something answered that does not follow the contract. */
export type ApiProblemCode = ErrorCode | "offline" | "unreadable";

/** Why a request did not do what it was to do. What people read is chosen by `code` from the dictionary. */
export class ApiProblem extends Error {
	readonly code: ApiProblemCode;
	/** What exactly is wrong, where the server says more than the code. */
	readonly reasons: readonly Reason[];

	constructor(code: ApiProblemCode, options: { readonly reasons?: readonly Reason[]; readonly cause?: unknown } = {}) {
		super(code, { cause: options.cause });
		this.name = "ApiProblem";
		this.code = code;
		this.reasons = options.reasons ?? [];
	}
}

/** The code of a problem document, or the nearest one where the server sent something else (a proxy's page, say). */
export function codeOfAnswer(status: number, body: unknown): ErrorCode {
	if (typeof body === "object" && body !== null && "code" in body && isErrorCode(body.code)) return body.code;
	if (status === 401) return "unauthenticated";
	if (status === 403) return "forbidden";
	if (status === 404) return "not-found";
	if (status === 429) return "rate-limited";
	return status >= 500 ? "internal" : "malformed-request";
}

const explained = z.object({ reasons: z.array(reason) });

/** The reasons of a problem document; none where it has none, or some that this page does not know. */
export function reasonsOfAnswer(body: unknown): readonly Reason[] {
	const parsed = explained.safeParse(body);
	return parsed.success ? parsed.data.reasons : [];
}

export function problemOf(error: unknown): ApiProblem {
	return error instanceof ApiProblem ? error : new ApiProblem("unreadable", { cause: error });
}

function isErrorCode(value: unknown): value is ErrorCode {
	return typeof value === "string" && Object.hasOwn(errorCatalogue, value);
}
