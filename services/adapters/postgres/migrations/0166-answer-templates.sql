-- The words of answers as data: revisions of them, and the proposals that become them: two people, as of the policy (0050). Revision 1 is what
-- ships. And what somebody was told is kept as it was told.

CREATE TABLE template_proposals (
	id uuid PRIMARY KEY,
	base integer NOT NULL CHECK (base >= 1),
	settings jsonb NOT NULL,
	reverts_to integer CHECK (reverts_to BETWEEN 1 AND base),
	why text NOT NULL CHECK (length(why) BETWEEN 1 AND 500),
	proposed_by uuid NOT NULL REFERENCES users,
	proposed_at timestamptz(3) NOT NULL DEFAULT now(),
	state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'rejected')),
	decided_by uuid REFERENCES users,
	decided_at timestamptz(3),
	decided_why text CHECK (length(decided_why) BETWEEN 1 AND 500),
	CHECK ((state = 'open') = (decided_at IS NULL)),
	CHECK ((state = 'open') = (decided_by IS NULL)),
	-- Whatever the code does: two people.
	CHECK (state <> 'accepted' OR decided_by <> proposed_by)
);
CREATE INDEX template_proposals_open ON template_proposals (id) WHERE state = 'open';

CREATE TABLE template_revisions (
	revision integer PRIMARY KEY CHECK (revision >= 2),
	settings jsonb NOT NULL,
	proposal_id uuid NOT NULL UNIQUE REFERENCES template_proposals,
	in_force_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TRIGGER template_revisions_kept BEFORE UPDATE OR DELETE ON template_revisions
	FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER template_revisions_not_emptied BEFORE TRUNCATE ON template_revisions
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER template_proposals_kept BEFORE DELETE ON template_proposals
	FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER template_proposals_decided_once BEFORE UPDATE ON template_proposals
	FOR EACH ROW WHEN (OLD.state <> 'open' OR (OLD.id, OLD.base, OLD.settings, OLD.reverts_to, OLD.why, OLD.proposed_by, OLD.proposed_at)
		IS DISTINCT FROM (NEW.id, NEW.base, NEW.settings, NEW.reverts_to, NEW.why, NEW.proposed_by, NEW.proposed_at))
	EXECUTE FUNCTION refuse_change();

ALTER TABLE report_messages
	-- Whose words a message has; null where a person or the reporter wrote it, and of messages from before there were revisions.
	ADD COLUMN template_revision integer;

-- The statement of reasons of an order, worded when it was first sent: every attempt, and whoever asks later, has the same.
CREATE TABLE order_statements (
	order_id uuid PRIMARY KEY REFERENCES orders,
	template_revision integer NOT NULL,
	statement jsonb NOT NULL,
	worded_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE TRIGGER order_statements_kept BEFORE UPDATE OR DELETE ON order_statements
	FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What an authority was told of a decision on a case of its request, in every language.
CREATE TABLE authority_answers (
	id uuid PRIMARY KEY,
	request_id uuid NOT NULL REFERENCES authority_requests,
	case_id uuid NOT NULL REFERENCES cases,
	answer text NOT NULL CHECK (answer IN ('removed', 'agreed', 'left', 'not-agreed', 'looking-again', 'put-back')),
	template_revision integer NOT NULL,
	text jsonb NOT NULL,
	told_at timestamptz(3) NOT NULL
);
CREATE INDEX authority_answers_by_request ON authority_answers (request_id, told_at);
CREATE TRIGGER authority_answers_kept BEFORE UPDATE OR DELETE ON authority_answers
	FOR EACH ROW EXECUTE FUNCTION refuse_change();
