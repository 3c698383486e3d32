import type { Dictionary } from "../dictionary.ts";
import { acts } from "./acts.ts";
import { banks } from "./banks.ts";
import { casePage } from "./case-page.ts";
import { evidence } from "./evidence.ts";
import { models } from "./models.ts";
import { operations } from "./operations.ts";
import { queue } from "./queue.ts";
import { shell } from "./shell.ts";
import { stage } from "./stage.ts";
import { stuck } from "./stuck.ts";
import { terms } from "./terms.ts";

export const vietnamese: Dictionary = {
	acts,
	banks,
	casePage,
	evidence,
	models,
	operations,
	queue,
	shell,
	stage,
	stuck,
	terms,
};
