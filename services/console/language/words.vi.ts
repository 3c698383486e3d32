import { banks } from "../banks/words.vi.ts";
import { acts } from "../case/acts-words.vi.ts";
import { casePage } from "../case/words.vi.ts";
import { due } from "../due/words.vi.ts";
import { evidence } from "../evidence/words.vi.ts";
import { log } from "../log/words.vi.ts";
import { models } from "../models/words.vi.ts";
import { operations } from "../operations/words.vi.ts";
import { outbreaks } from "../outbreaks/words.vi.ts";
import { policy } from "../policy/words.vi.ts";
import { queue } from "../queue/words.vi.ts";
import { reports } from "../reports/words.vi.ts";
import { requests } from "../requests/words.vi.ts";
import { stage } from "../reveal/words.vi.ts";
import { rules } from "../rules/words.vi.ts";
import { shell } from "../shell/words.vi.ts";
import { stuck } from "../stuck/words.vi.ts";
import { trends } from "../trends/words.vi.ts";
import type { Dictionary } from "./dictionary.ts";
import { terms } from "./terms.vi.ts";

export const vietnamese: Dictionary = {
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
