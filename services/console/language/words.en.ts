import { banks } from "../banks/words.en.ts";
import { acts } from "../case/acts-words.en.ts";
import { casePage } from "../case/words.en.ts";
import { due } from "../due/words.en.ts";
import { evidence } from "../evidence/words.en.ts";
import { log } from "../log/words.en.ts";
import { models } from "../models/words.en.ts";
import { operations } from "../operations/words.en.ts";
import { outbreaks } from "../outbreaks/words.en.ts";
import { policy } from "../policy/words.en.ts";
import { queue } from "../queue/words.en.ts";
import { reports } from "../reports/words.en.ts";
import { requests } from "../requests/words.en.ts";
import { stage } from "../reveal/words.en.ts";
import { rules } from "../rules/words.en.ts";
import { shell } from "../shell/words.en.ts";
import { stuck } from "../stuck/words.en.ts";
import { trends } from "../trends/words.en.ts";
import { terms } from "./terms.en.ts";

export const english = {
	acts,
	banks,
	casePage,
	due,
	requests,
	evidence,
	log,
	models,
	operations,
	policy,
	queue,
	reports,
	rules,
	shell,
	stage,
	stuck,
	terms,
	trends,
	outbreaks,
};
