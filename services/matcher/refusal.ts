import type { InvalidFields } from "../core/wire/matcher-api.ts";

/** Answered as HMA answers: a status and `{"message": …}`. The text is for the caller and carries no hash and no address. */
export class Refusal extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.name = "Refusal";
		this.status = status;
	}
}

/** Answered with 422 and the fields that are wrong. */
export class FieldsRefused extends Error {
	readonly fields: InvalidFields;

	constructor(fields: InvalidFields) {
		super("fields are missing or of another type");
		this.name = "FieldsRefused";
		this.fields = fields;
	}
}
