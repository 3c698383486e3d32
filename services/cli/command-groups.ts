// The commands by their nouns: those of one file are loaded together, and no others than are asked for.
import type { Command } from "commander";

interface CommandGroup {
	readonly nouns: readonly string[];
	readonly load: () => Promise<(program: Command) => void>;
}

/** In the order in which help lists them. */
export const commandGroups: readonly CommandGroup[] = [
	{ nouns: ["start", "demo"], load: async () => (await import("./commands/run.ts")).addRunCommands },
	{ nouns: ["matcher"], load: async () => (await import("./commands/matcher.ts")).addMatcherCommand },
	{ nouns: ["migrate", "topics", "config"], load: async () => (await import("./commands/setup.ts")).addSetupCommands },
	{ nouns: ["hash"], load: async () => (await import("./commands/hash.ts")).addHashCommand },
	{ nouns: ["scan"], load: async () => (await import("./commands/scan.ts")).addScanCommand },
	{ nouns: ["bank"], load: async () => (await import("./commands/bank/bank.ts")).addBankCommands },
	{ nouns: ["model"], load: async () => (await import("./commands/model.ts")).addModelCommands },
	{ nouns: ["policy"], load: async () => (await import("./commands/policy.ts")).addPolicyCommands },
	{ nouns: ["rules"], load: async () => (await import("./commands/rules.ts")).addRuleCommands },
	{ nouns: ["reporter"], load: async () => (await import("./commands/reporter.ts")).addReporterCommands },
	{ nouns: ["platform"], load: async () => (await import("./commands/platform.ts")).addPlatformCommands },
	{ nouns: ["user"], load: async () => (await import("./commands/user.ts")).addUserCommands },
	{ nouns: ["breakers"], load: async () => (await import("./commands/breakers.ts")).addBreakerCommands },
	{ nouns: ["dead-letters"], load: async () => (await import("./commands/dead-letters.ts")).addDeadLetterCommands },
	{ nouns: ["jobs"], load: async () => (await import("./commands/jobs.ts")).addJobCommands },
	{ nouns: ["orders"], load: async () => (await import("./commands/orders.ts")).addOrderCommands },
	{ nouns: ["uploads"], load: async () => (await import("./commands/uploads.ts")).addUploadCommands },
	{ nouns: ["outbreaks"], load: async () => (await import("./commands/outbreaks.ts")).addOutbreakCommands },
	{ nouns: ["strikes"], load: async () => (await import("./commands/strikes.ts")).addStrikeCommands },
	{ nouns: ["sweep"], load: async () => (await import("./commands/sweep.ts")).addSweepCommands },
	{ nouns: ["acts"], load: async () => (await import("./commands/acts.ts")).addActCommands },
	{ nouns: ["clocks"], load: async () => (await import("./commands/clocks.ts")).addClockCommands },
	{ nouns: ["templates"], load: async () => (await import("./commands/templates.ts")).addTemplateCommands },
	{ nouns: ["silences"], load: async () => (await import("./commands/silences.ts")).addSilenceCommands },
	{ nouns: ["trends"], load: async () => (await import("./commands/trends.ts")).addTrendCommands },
	{ nouns: ["authority"], load: async () => (await import("./commands/authority.ts")).addAuthorityCommands },
	{ nouns: ["appeals"], load: async () => (await import("./commands/appeals.ts")).addAppealCommands },
];

/** Those that the line may mean: one group, or all where it names none (help, a slip of the keyboard). */
export function groupsNamed(args: readonly string[]): readonly CommandGroup[] {
	const noun = args.find((arg) => !arg.startsWith("-"));
	const named = commandGroups.filter(({ nouns }) => noun !== undefined && nouns.includes(noun));
	return named.length === 0 ? commandGroups : named;
}
