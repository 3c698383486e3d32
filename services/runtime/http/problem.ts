// Turns whatever was thrown while a request was answered into a problem document. What is not in the catalogue becomes
// `internal`, without a word of what the error said.
import type { FastifyError } from "fastify";
import { BreakwaterError, type ErrorCode, errorCatalogue } from "../../core/errors.ts";
import { allowedAmong, type Fault, ruleOf } from "../../core/fault.ts";
import type { ProblemDocument } from "../../core/wire/problem.ts";
import { messageOf } from "../../words/message.ts";

export const problemContentType = "application/problem+json; charset=utf-8";

/** What Fastify and its parsers throw, by their codes. */
const frameworkCodes: Readonly<Record<string, ErrorCode>> = {
	FST_ERR_CTP_BODY_TOO_LARGE: "content-too-large",
	FST_ERR_CTP_INVALID_MEDIA_TYPE: "unsupported-media-type",
	FST_ERR_CTP_INVALID_JSON_BODY: "malformed-json",
	FST_ERR_CTP_EMPTY_JSON_BODY: "malformed-json",
	FST_ERR_CTP_INVALID_CONTENT_LENGTH: "malformed-request",
	FST_ERR_VALIDATION: "malformed-request",
	FST_ERR_BAD_URL: "malformed-request",
	FST_ERR_MAX_PARAM_LENGTH: "not-found",
	FST_ERR_NOT_FOUND: "not-found",
};

/** A refused batch: nothing of it was taken, and this is why. Its code is that of its events, where they all have the same. */
export class BatchError extends BreakwaterError {
	readonly problems: NonNullable<ProblemDocument["problems"]>;

	constructor(problems: NonNullable<ProblemDocument["problems"]>) {
		const [code, ...others] = new Set(problems.map((one) => one.code));
		super(isErrorCode(code) && others.length === 0 ? code : "malformed-event", {
			detail: `${problems.length} events are refused; nothing of the batch was taken`,
		});
		this.problems = problems;
	}
}

function isErrorCode(code: string | undefined): code is ErrorCode {
	return code !== undefined && Object.hasOwn(errorCatalogue, code);
}

/** What plugins throw without a code of their own that we know. */
const statusCodes: Readonly<Record<number, ErrorCode>> = {
	400: "malformed-request",
	403: "forbidden",
	404: "not-found",
	413: "content-too-large",
	415: "unsupported-media-type",
	429: "rate-limited",
};

/** The same error in terms of the catalogue. */
export function asBreakwaterError(error: unknown): BreakwaterError {
	if (error instanceof BreakwaterError) return error;
	if (!isHttpError(error)) return new BreakwaterError("internal", { cause: error });
	const code = frameworkCodes[error.code ?? ""] ?? statusCodes[error.statusCode ?? 500] ?? "internal";
	return new BreakwaterError(code, { cause: error, reasons: refusedFields(error) });
}

export function toProblem(error: BreakwaterError, requestId: string): ProblemDocument {
	const { code, status, retriable, reasons } = error;
	const detail = messageOf(error);
	const { title } = errorCatalogue[code];
	return {
		type: `urn:breakwater:problem:${code}`,
		title,
		status,
		code,
		retriable,
		...(detail === title ? {} : { detail }),
		...(reasons.length === 0 ? {} : { reasons: [...reasons] }),
		requestId,
		...(error instanceof BatchError ? { problems: error.problems } : {}),
	};
}

function isHttpError(error: unknown): error is Error & Partial<FastifyError> {
	return error instanceof Error && ("code" in error || "statusCode" in error);
}

/** Fields and rules, never values: those came with the content. */
function refusedFields({ validation = [], validationContext }: Partial<FastifyError>): readonly Fault[] {
	return validation.slice(0, 5).map(({ instancePath, keyword, message, params }) => {
		const field = [validationContext, ...instancePath.split("/")].filter(Boolean).join(".");
		return { code: "field-refused", field, rule: ruleOf(keyword, message), ...allowedAmong(params.values) };
	});
}
