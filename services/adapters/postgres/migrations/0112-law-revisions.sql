-- Revisions of the laws that clocks run by, and the proposals that become them: two people, as of the policy (0050). Revision 1 is what ships.

CREATE TABLE law_proposals (
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
CREATE INDEX law_proposals_open ON law_proposals (id) WHERE state = 'open';

CREATE TABLE law_revisions (
	revision integer PRIMARY KEY CHECK (revision >= 2),
	settings jsonb NOT NULL,
	proposal_id uuid NOT NULL UNIQUE REFERENCES law_proposals,
	in_force_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TRIGGER law_revisions_kept BEFORE UPDATE OR DELETE ON law_revisions
	FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER law_revisions_not_emptied BEFORE TRUNCATE ON law_revisions
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER law_proposals_kept BEFORE DELETE ON law_proposals
	FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER law_proposals_decided_once BEFORE UPDATE ON law_proposals
	FOR EACH ROW WHEN (OLD.state <> 'open' OR (OLD.id, OLD.base, OLD.settings, OLD.reverts_to, OLD.why, OLD.proposed_by, OLD.proposed_at)
		IS DISTINCT FROM (NEW.id, NEW.base, NEW.settings, NEW.reverts_to, NEW.why, NEW.proposed_by, NEW.proposed_at))
	EXECUTE FUNCTION refuse_change();
