// What is answered to an id that nothing has: the same in every command, and an error (exit code 1), never a success with nothing done.
import type { z } from "zod";
import { BreakwaterError } from "../core/errors.ts";

/** A kind of thing that has ids: its name, and the command that lists those there are. */
export interface Listed {
	readonly what: string;
	readonly list: string;
}

export function unknownId({ what, list }: Listed, ...ids: readonly string[]): BreakwaterError {
	return new BreakwaterError("not-found", {
		detail: `there is no ${what} ${ids.join(", ")}; see \`breakwater ${list}\``,
	});
}

/** A text that is of no id's form is the id of nothing. */
export function parseId<S extends z.ZodType>(schema: S, text: string, listed: Listed): z.infer<S> {
	const parsed = schema.safeParse(text);
	if (!parsed.success) throw unknownId(listed, text);
	return parsed.data;
}
