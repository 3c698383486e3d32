// HMA's names of banks are capitals, digits and underscores; ours are small letters, digits and dashes. One stands for the other,
// so that a bank has the same name, differently written, in either place.
import { bankSettings } from "../core/banks/bank.ts";
import { Refusal } from "./refusal.ts";

const theirs = /^[A-Z_][A-Z0-9_]*$/;
const mostCharacters = 63;

export function toApiName(name: string): string {
	return name.toUpperCase().replaceAll("-", "_");
}

/** Null where no bank of ours can be meant. */
export function toOwnName(apiName: string): string | null {
	const name = apiName.toLowerCase().replaceAll("_", "-");
	return toApiName(name) === apiName && bankSettings.shape.name.safeParse(name).success ? name : null;
}

export function newOwnName(apiName: string): string {
	if (!theirs.test(apiName)) throw new Refusal(400, "Bank names must be UPPER_WITH_UNDERSCORE");
	if (apiName.startsWith("_") || apiName.length > mostCharacters)
		throw new Refusal(400, `Bank names start with a letter and have at most ${mostCharacters} characters`);
	return apiName.toLowerCase().replaceAll("_", "-");
}
