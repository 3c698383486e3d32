// What the whole history says, for whoever answers for the work: how fast, how much, how right, where from, and when.
import { useState } from "preact/hooks";
import type { TrendQuery } from "../../core/wire/trend-api.ts";
import { trendAnswers } from "../../core/wire/trend-api.ts";
import { formatCount } from "../format/number.ts";
import { useResource } from "../hooks/use-resource.ts";
import { OneOf } from "../parts/one-of.tsx";
import { useDesk, usePreferences } from "../shell/console-context.ts";
import { PlainPage } from "../shell/plain-page.tsx";
import { CalibrationTrend } from "./calibration-trend.tsx";
import { ClustersTrend } from "./clusters-trend.tsx";
import { HoursTrend } from "./hours-trend.tsx";
import { LadderTrend } from "./ladder-trend.tsx";
import { LaterTrend } from "./later-trend.tsx";
import { PlatformsTrend } from "./platforms-trend.tsx";
import { SavedTrend } from "./saved-trend.tsx";
import { SourcesTrend } from "./sources-trend.tsx";
import { VolumesTrend } from "./volumes-trend.tsx";
import { WithholdingTrend } from "./withholding-trend.tsx";

const periods = ["7", "30", "90", "365"] as const;

export function TrendsScreen() {
	const { words, language } = usePreferences();
	const texts = words.trends;
	const { client } = useDesk();
	const [period, setPeriod] = useState<(typeof periods)[number]>("30");
	const [platform, setPlatform] = useState<string | null>(null);
	const { value: platforms } = useResource(`platforms ${period}`, () =>
		client.trend("platforms", { days: Number(period) }, trendAnswers.platforms),
	);
	const behind = platforms?.behind ?? 0;
	const known = platforms?.rows.map((row) => row.platform) ?? [];
	const asked: TrendQuery = { days: Number(period), ...(platform === null ? {} : { platform }) };
	return (
		<PlainPage title={texts.title} class="now trends">
			<p class="quiet">
				{texts.intro} {behind > 0 && texts.behind(formatCount(behind, language))}
			</p>
			<div class="trend-choices">
				<OneOf
					label={texts.period}
					value={period}
					codes={periods}
					textOf={(one) => texts.days[one]}
					onChoose={setPeriod}
				/>
				<PlatformChoice known={known} value={platform} onChoose={setPlatform} />
			</div>
			<WithholdingTrend asked={asked} />
			<LadderTrend asked={asked} />
			<VolumesTrend asked={asked} />
			<SourcesTrend asked={asked} />
			<CalibrationTrend asked={asked} />
			<ClustersTrend asked={asked} />
			<LaterTrend asked={asked} />
			<PlatformsTrend asked={asked} />
			<HoursTrend asked={asked} />
			<SavedTrend asked={asked} />
		</PlainPage>
	);
}

interface PlatformChoiceProps {
	readonly known: readonly string[];
	/** Null: all. */
	readonly value: string | null;
	readonly onChoose: (platform: string | null) => void;
}

/** Those that the history knows of in this time. */
function PlatformChoice({ known, value, onChoose }: PlatformChoiceProps) {
	const texts = usePreferences().words.trends;
	const names = value === null || known.includes(value) ? known : [value, ...known];
	return (
		<label class="field">
			<span>{texts.platform}</span>
			<select value={value ?? ""} onChange={({ currentTarget }) => onChoose(currentTarget.value || null)}>
				<option value="">{texts.allPlatforms}</option>
				{names.map((name) => (
					<option key={name} value={name}>
						{name}
					</option>
				))}
			</select>
		</label>
	);
}
