import type { ErrorCode } from "../core/errors.ts";
import type { AppealRefusal } from "../core/ports/appeal-store.ts";

/** How an appeal is answered that is not taken, whoever makes it. */
export const refusedAs: Readonly<Record<AppealRefusal, ErrorCode>> = {
	unknown: "not-found",
	"nothing-to-appeal": "nothing-to-appeal",
	"too-late": "too-late-to-appeal",
	early: "not-before-people",
};
