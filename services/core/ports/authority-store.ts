// Authorities, and what they ask for.
import type { Doer } from "../acts/doer.ts";
import type { AnswerLanguage } from "../answers/slots.ts";
import type { Asked } from "../authorities/asked.ts";
import type { AuthorityRequest } from "../authorities/authority-request.ts";
import type { Arrival, Channel } from "../authorities/channel.ts";
import type { LawOf } from "../clocks/starting-events.ts";
import type { AuthorityId, CaseId, RequestId } from "../ids.ts";
import type { ItemState } from "../items/item.ts";
import type { Role } from "../people/user.ts";
import type { AuthorityAnswerCode } from "../reports/answer.ts";
import type { KeptClock } from "./clock-store.ts";
import type { KeyRotation } from "./key-rotation.ts";

export interface Authority {
	readonly id: AuthorityId;
	readonly name: string;
	readonly jurisdiction: string;
	/** Profiles of jurisdictions/. */
	readonly laws: readonly string[];
	readonly isEnabled: boolean;
}

/** What whoever asked may see: places, deadlines, which role works on it; nobody's name. */
export interface RequestForAuthority {
	readonly id: RequestId;
	readonly reference: string;
	readonly asks: Asked;
	readonly legalBasis: string;
	readonly urgentReason: string | null;
	/** By which law nobody concerned is told; null where nothing forbids it. */
	readonly silence: { readonly basis: string; readonly until: Date | null } | null;
	readonly receivedAt: Date;
	readonly channel: Channel;
	/** As whoever typed it in says; null where the authority sent it itself. */
	readonly arrivedAt: Date | null;
	readonly hasDocument: boolean;
	readonly places: readonly {
		readonly address: string;
		/** Null: it leads to nothing that we hold; people look. */
		readonly state: ItemState | null;
		/** The platform has acknowledged that it is removed. */
		readonly isRemovalAcknowledged: boolean;
	}[];
	readonly clocks: readonly KeptClock[];
	/** What it was told, as it was told; the newest last. */
	readonly answers: readonly {
		readonly at: Date;
		readonly outcome: AuthorityAnswerCode;
		readonly templateRevision: number;
		readonly text: Readonly<Record<AnswerLanguage, string>>;
	}[];
	/** Who holds a case of it now. */
	readonly workedOnBy: Role | null;
	readonly history: readonly {
		readonly at: Date;
		readonly what: "taken" | "decided-remove" | "decided-restore" | "ordered" | "acknowledged";
	}[];
}

export interface RequestInList extends Pick<RequestForAuthority, "id" | "reference" | "asks" | "receivedAt"> {
	readonly isUrgent: boolean;
	/** The nearest of those that run; null where none does, or the law names no figure. */
	readonly dueAt: Date | null;
}

/** What those who work on a case must know of a request: who asks, by which law, for what. */
export interface RequestOnCase {
	readonly id: RequestId;
	readonly authority: string;
	readonly reference: string;
	readonly asks: Asked;
	readonly legalBasis: string;
	readonly urgentReason: string | null;
	readonly note: string;
	readonly receivedAt: Date;
	readonly channel: Channel;
	readonly arrivedAt: Date | null;
	/** The places that this case is about, of those that it names; as typed. */
	readonly places: readonly string[];
}

export interface AuthorityStore {
	/** Throws `name-taken`. */
	add(authority: Omit<Authority, "id" | "isEnabled">, keyHash: Uint8Array, by: Doer): Promise<Authority>;
	list(): Promise<readonly Authority[]>;
	findByKeyHash(keyHash: Uint8Array): Promise<Authority | null>;
	rotateKeys(id: AuthorityId, keyHash: Uint8Array, rotation: KeyRotation): Promise<void>;
	/** Null where there is none of that name. */
	setEnabled(name: string, isEnabled: boolean, by: Doer): Promise<Authority | null>;
	/**
	 * Durable once it resolves, with its case and its deadlines. The same again changes nothing, and starts nothing; throws `reference-taken` where
	 * the reference stands for another request.
	 */
	receive(
		authority: Authority,
		request: AuthorityRequest,
		starts: { readonly laws: readonly LawOf[]; readonly at: Date; readonly arrival: Arrival },
	): Promise<{ readonly id: RequestId; readonly isNew: boolean }>;
	/** The newest first. */
	ofCase(id: CaseId): Promise<readonly RequestOnCase[]>;
	/** The newest first. */
	requestsOf(authority: AuthorityId, limit: number): Promise<readonly RequestInList[]>;
	/** Finds a request of this authority; null where it is another's, or nobody's. */
	findRequest(authority: AuthorityId, id: RequestId, at: Date): Promise<RequestForAuthority | null>;
}
