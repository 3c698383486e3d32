// One case: left its items, middle the material at its level, right why it is here; below, what can be done.
import type { CaseId } from "../../core/ids.ts";
import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import { ProblemLine } from "../parts/state-panel.tsx";
import { Stage } from "../reveal/stage.tsx";
import { useWords } from "../shell/console-context.ts";
import { PlatformsBehindNotice } from "../stuck/platforms-behind.tsx";
import { AccountStage, StrikeList } from "./account-here.tsx";
import { ActsBar } from "./acts-bar.tsx";
import { CaseHead } from "./case-head.tsx";
import { ClaimNotice } from "./claim-notice.tsx";
import { ConfirmStrip } from "./confirm-strip.tsx";
import { ItemList } from "./item-list.tsx";
import { JudgeStrip } from "./judge-strip.tsx";
import { NoteStrip } from "./note-strip.tsx";
import { OutbreakHere } from "./outbreak-here.tsx";
import { ReportsHere } from "./reports-here.tsx";
import { Settled } from "./settled.tsx";
import { UndoStrip } from "./undo-strip.tsx";
import { type CaseDeskState, useCaseDesk } from "./use-case-desk.ts";
import type { OpenCase } from "./use-open-case.ts";
import { WhyColumn } from "./why-column.tsx";

interface DeskProps {
	readonly id: CaseId;
	readonly open: OpenCase;
	readonly detail: WireCaseDetail;
}

export function CaseDesk({ id, open, detail }: DeskProps) {
	const desk = useCaseDesk(id, open, detail);
	const { acts, stage, item, isHeld, viewer } = desk;
	const {
		acts: { judge, spread },
		casePage,
	} = useWords();
	const isSettled = acts.settlement !== null;
	return (
		<>
			<CaseHead detail={detail} claim={isSettled ? { kind: "ended" } : open.claim} onBack={desk.leave} />
			{!isSettled && (
				<ClaimNotice
					detail={detail}
					claim={open.claim}
					isTaking={open.isTaking}
					canTake={desk.canTake}
					onTake={desk.take}
				/>
			)}
			{open.claim.kind === "lost" && desk.hasTyped && (
				<p class="notice" role="status">
					{casePage.claim.typedKept}
				</p>
			)}
			{detail.platformName !== null && <PlatformsBehindNotice of={detail.platformName} />}
			{open.problem !== null && <ProblemLine problem={open.problem} />}
			{acts.problem !== null && acts.problem.code !== open.problem?.code && desk.strip === null && (
				<ProblemLine problem={acts.problem} />
			)}
			{acts.judged !== null && (
				<p class="notice" role="status">
					{judge.written[acts.judged]}
				</p>
			)}
			{acts.spread !== null && (
				<p class="notice" role="status">
					{spread.done[acts.spread]}
				</p>
			)}
			<div class="case-columns">
				{detail.account === null ? (
					<ItemList
						items={detail.items}
						itemCount={detail.itemCount}
						specimens={detail.specimens}
						trippedBy={detail.outbreak?.trippedBy?.itemId ?? null}
						onMore={open.listMore}
						selected={item?.id ?? null}
						onSelect={(one) => {
							desk.select(one);
							viewer.current?.focus();
						}}
					/>
				) : (
					<StrikeList account={detail.account} />
				)}
				{acts.settlement === null ? (
					detail.account === null ? (
						<Stage stage={stage} item={item} detail={detail} viewer={viewer} isHeld={isHeld}>
							<OutbreakHere detail={detail} />
							{detail.reports !== null && <ReportsHere reports={detail.reports} isHeld={false} />}
						</Stage>
					) : (
						<AccountStage account={detail.account} detail={detail} viewer={viewer} />
					)
				) : (
					<Settled
						settlement={acts.settlement}
						detail={detail}
						next={desk.next}
						onUndo={() => desk.run({ kind: "undo" })}
						onLeave={desk.leave}
					/>
				)}
				<WhyColumn item={item} detail={detail} onChanged={open.reread} />
			</div>
			<Foot desk={desk} detail={detail} />
		</>
	);
}

function Foot({ desk, detail }: { readonly desk: CaseDeskState; readonly detail: WireCaseDetail }) {
	const { acts, strip, stage, isHeld, run, closeStrip } = desk;
	if (strip === "note") {
		return (
			<NoteStrip
				isBusy={acts.isBusy}
				problem={acts.problem}
				onSave={async (text) => (await acts.comment(text)) && closeStrip()}
				onCancel={closeStrip}
			/>
		);
	}
	if (strip === "undo") return <UndoStrip desk={desk} detail={detail} />;
	if (strip === "judge") {
		return (
			<JudgeStrip
				entries={detail.entries}
				typed={desk.typed.judge ?? ""}
				onType={(text) => desk.keepTyped("judge", text)}
				item={desk.item}
				isBusy={acts.isBusy}
				problem={acts.problem}
				onConfirm={async (entryId, judgement, reason) => {
					if (!(await acts.judge(entryId, judgement, reason))) return;
					desk.keepTyped("judge", "");
					closeStrip();
				}}
				onCancel={closeStrip}
			/>
		);
	}
	if (strip !== null) {
		return (
			<ConfirmStrip
				key={strip}
				decision={strip}
				typed={desk.typed[strip] ?? ""}
				onType={(text) => desk.keepTyped(strip, text)}
				detail={detail}
				hasViewed={stage.views.count > 0}
				isBusy={acts.isBusy}
				problem={acts.problem}
				onConfirm={(reason) => acts.decide(strip, reason)}
				onCancel={closeStrip}
			/>
		);
	}
	if (acts.settlement !== null) return null;
	return <ActsBar detail={detail} isHeld={isHeld} isBusy={acts.isBusy} onCommand={run} />;
}
