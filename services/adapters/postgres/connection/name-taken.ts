import { BreakwaterError } from "../../../core/errors.ts";
import { isUniqueViolation } from "./database.ts";

/** Does what names something anew; throws `name-taken`, with this for engineers, where a name or the like is somebody's already. */
export async function unlessTaken<T>(detail: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (isUniqueViolation(error)) throw new BreakwaterError("name-taken", { detail, cause: error });
		throw error;
	}
}
