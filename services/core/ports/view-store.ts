// Questions to the history that are kept for everyone.
import type { ViewText } from "../history/saved-view.ts";

export interface SavedView extends ViewText {
	readonly savedBy: string;
	readonly savedAt: Date;
}

export interface ViewStore {
	/** In the place of one of that name. */
	save(view: ViewText, by: string): Promise<SavedView>;
	/** By name. */
	list(): Promise<readonly SavedView[]>;
	find(name: string): Promise<SavedView | null>;
	/** Throws `not-found`. */
	drop(name: string, by: string): Promise<void>;
}
