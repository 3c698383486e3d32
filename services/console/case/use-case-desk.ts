// Ties together what is on a case's page: the claim, the chosen item, the material, the open strip and the keys. Whatever ends the
// claim, opens a strip or changes the item also hides the material.
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { isUndecided } from "../../core/cases/case.ts";
import type { CaseId, ItemId, UserId } from "../../core/ids.ts";
import type { WireCaseDetail, WireItem } from "../../core/wire/review-case.ts";
import type { Command, Scope } from "../keys/keymap.ts";
import { useKeys } from "../keys/use-keys.ts";
import { type TakeNext, useTakeNext } from "../queue/use-take-next.ts";
import { type Stage, useStage } from "../reveal/use-stage.ts";
import { useDesk } from "../shell/console-context.ts";
import { type Acts, useActs } from "./use-acts.ts";
import type { OpenCase } from "./use-open-case.ts";

/** What is asked for at the foot of the page. */
type Strip = "remove" | "restore" | "judge" | "note" | "undo";

export interface CaseDeskState {
	readonly acts: Acts;
	readonly next: TakeNext;
	readonly stage: Stage;
	readonly strip: Strip | null;
	readonly item: WireItem | null;
	readonly isHeld: boolean;
	readonly canTake: boolean;
	/** Where the focus goes when a strip closes or an item is chosen, so that Space shows and nothing else. */
	readonly viewer: RefObject<HTMLElement | null>;
	run(command: Command): void;
	select(item: WireItem): void;
	take(): void;
	leave(): void;
	closeStrip(): void;
	/** Reasons typed so far, by strip: they outlive a claim that is lost, and a session that ends, for the same person on the same page. */
	readonly typed: Readonly<Partial<Record<Strip, string>>>;
	readonly hasTyped: boolean;
	keepTyped(strip: Strip, text: string): void;
}

type Typed = Partial<Record<Strip, string>>;

let lastTyped: { readonly by: UserId; readonly on: CaseId; readonly texts: Typed } | null = null;

/** What this person typed on the case that was open last; of any other nothing is kept. */
function typedBy(by: UserId, on: CaseId): Typed {
	if (lastTyped?.by !== by || lastTyped.on !== on) lastTyped = { by, on, texts: {} };
	return lastTyped.texts;
}

export function useCaseDesk(id: CaseId, open: OpenCase, detail: WireCaseDetail): CaseDeskState {
	const desk = useDesk();
	const acts = useActs(id, open);
	const next = useTakeNext();
	const [strip, setStrip] = useState<Strip | null>(null);
	const [chosenId, setChosenId] = useState<ItemId | null>(null);
	const shown = [...detail.items, ...detail.specimens];
	const item = shown.find((one) => one.id === chosenId) ?? shown.find(isToSee) ?? shown[0] ?? null;
	const isHeld = open.claim.kind === "held" && acts.settlement === null;
	const stage = useStage({ caseId: id, open, item, isHeld });
	const viewer = useRef<HTMLElement>(null);
	const typed = useRef(typedBy(desk.session.user.id, id));
	const mayTake = canTake(open, detail);

	const openStrip = (wanted: Strip | null) => {
		stage.hide();
		setStrip(wanted);
		if (wanted === null) viewer.current?.focus();
	};
	useEffect(() => {
		// A note needs no claim; what was typed of it stays.
		if (!isHeld) setStrip((old) => (old === "note" || old === "undo" ? old : null));
	}, [isHeld]);
	const select = (one: WireItem) => {
		stage.hide();
		setChosenId(one.id);
	};
	const leave = () => {
		stage.hide();
		open.giveBack();
		desk.go({ name: "queue" });
	};
	const take = () => {
		acts.resume();
		open.take();
	};
	const back = () => {
		// What is on the screen goes first; leaving is the second wish.
		if (strip !== null) openStrip(null);
		else if (stage.hasSomethingToHide) stage.hide();
		else leave();
	};
	const run = (command: Command) => {
		switch (command.kind) {
			case "take-next":
				return next.takeNext();
			case "take-this":
				return mayTake ? take() : undefined;
			case "move": {
				const target = shown[shown.findIndex((one) => one.id === item?.id) + command.by];
				return target === undefined ? undefined : select(target);
			}
			case "move-still":
				return stage.moveStill(command.by);
			case "show":
				return stage.press();
			case "choose-level":
				return stage.choose(command.level);
			case "remove":
			case "restore":
				return openStrip(command.kind);
			case "judge":
				return detail.entries.length === 0 ? undefined : openStrip("judge");
			case "spread":
				return void acts.changeSpread();
			case "comment":
				return openStrip("note");
			case "undo":
				return detail.outlook.undo === null ? undefined : openStrip("undo");
			case "skip":
				stage.hide();
				return void acts.skip();
			case "help":
				stage.hide();
				return desk.showHelp();
			case "back":
				return back();
		}
	};
	const isAsking = strip !== null || stage.isAskingStepUp;
	useKeys({ scope: scopeOf(isAsking, isHeld, acts), run, release: stage.release });
	return {
		...{ acts, next, stage, strip, item, isHeld, viewer, run, select, take, leave },
		canTake: mayTake,
		closeStrip: () => openStrip(null),
		typed: typed.current,
		hasTyped: Object.values(typed.current).some((text) => text.trim() !== ""),
		keepTyped: (of, text) => {
			typed.current[of] = text;
		},
	};
}

function isToSee({ revealLevels }: WireItem): boolean {
	return revealLevels.length > 0;
}

function scopeOf(isAsking: boolean, isHeld: boolean, { settlement }: Acts): Scope {
	if (isAsking) return "dialog";
	if (settlement !== null) return "settled";
	return isHeld ? "holding" : "watching";
}

/** The server decides; this only spares people a request that would be refused. */
function canTake({ claim }: OpenCase, { state, claimedBy, outlook }: WireCaseDetail): boolean {
	const isHeldByOther = claimedBy !== null && !claimedBy.isMine;
	return claim.kind !== "held" && isUndecided(state) && !isHeldByOther && !outlook.needsAnotherPerson;
}
