-- What the national mandate service said at the log-in of a session: givers and what they let the person do, sealed;
-- nothing where it said nothing. It ends half an hour after `authenticated_at`, and with the session.
ALTER TABLE session ADD COLUMN claims BYTEA;
