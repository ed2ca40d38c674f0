-- The guards of the ledger on PostgreSQL: as on SQLite, and against TRUNCATE. A statement ends at an empty line.
-- ENABLE ALWAYS: they hold in a session that calls itself a replica, too.

CREATE FUNCTION ledger_event_check() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ledger_event
                  WHERE (series_id = NEW.series_id AND seq = NEW.seq)
                     OR event_uuid = NEW.event_uuid OR idem_key = NEW.idem_key) THEN
        RAISE EXCEPTION 'ledger: this entry is recorded already' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger_event WHERE series_id = NEW.series_id) THEN
        RAISE EXCEPTION 'ledger: entries are numbered without a gap' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.kind IN ('sale', 'void', 'refund', 'tender_corrected')) <> (NEW.receipt_no IS NOT NULL) THEN
        RAISE EXCEPTION 'ledger: a receipt number is missing or not due' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.receipt_no IS NOT NULL
      AND NEW.receipt_no <> (SELECT COALESCE(MAX(receipt_no), 0) + 1 FROM ledger_event WHERE series_id = NEW.series_id) THEN
        RAISE EXCEPTION 'ledger: receipts are numbered without a gap' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.prev_mac IS DISTINCT FROM COALESCE(
        (SELECT mac FROM ledger_event WHERE series_id = NEW.series_id AND seq = NEW.seq - 1),
        (SELECT genesis FROM series WHERE series_id = NEW.series_id AND NEW.seq = 1)) THEN
        RAISE EXCEPTION 'ledger: the entry does not follow the one before it' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_posting WHERE series_id = NEW.series_id AND seq = NEW.seq) <> 0 THEN
        RAISE EXCEPTION 'ledger: the postings do not sum to zero' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.kind = 'sale' AND NOT EXISTS (SELECT 1 FROM ledger_line WHERE series_id = NEW.series_id AND seq = NEW.seq) THEN
        RAISE EXCEPTION 'ledger: a sale needs a line' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.kind IN ('sale', 'void', 'refund', 'tender_corrected', 'item_returned')
      AND NOT EXISTS (SELECT 1 FROM ledger_posting WHERE series_id = NEW.series_id AND seq = NEW.seq)
      AND (NOT EXISTS (SELECT 1 FROM ledger_line WHERE series_id = NEW.series_id AND seq = NEW.seq)
           OR EXISTS (SELECT 1 FROM ledger_line WHERE series_id = NEW.series_id AND seq = NEW.seq AND amount_minor <> 0)
           OR EXISTS (SELECT 1 FROM ledger_tender WHERE series_id = NEW.series_id AND seq = NEW.seq AND amount_minor <> 0)) THEN
        RAISE EXCEPTION 'ledger: money needs postings' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.kind = 'void' AND NEW.reverses_seq IS NULL THEN
        RAISE EXCEPTION 'ledger: a void names the entry that it voids' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.kind = 'void' AND EXISTS (SELECT 1 FROM ledger_event
                  WHERE kind = 'void' AND reverses_series = NEW.reverses_series AND reverses_seq = NEW.reverses_seq) THEN
        RAISE EXCEPTION 'ledger: this entry is void already' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.kind NOT IN ('day_opened', 'policy_set', 'catalogue_loaded', 'clock_jump', 'export', 'deposit_confirmed', 'reprint', 'note_redacted')
       OR EXISTS (SELECT 1 FROM ledger_posting WHERE series_id = NEW.series_id AND seq = NEW.seq))
      AND NOT EXISTS (SELECT 1 FROM day JOIN series ON series.office_id = day.office_id
                      WHERE series.series_id = NEW.series_id AND day.business_date = NEW.business_date
                        AND day.state = 'open') THEN
        RAISE EXCEPTION 'ledger: the business date is not open' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION ledger_row_check() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ledger_event WHERE series_id = NEW.series_id AND seq = NEW.seq) THEN
        RAISE EXCEPTION 'ledger: this entry is sealed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION ledger_refuse_update() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'ledger: what is recorded is never changed' USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE FUNCTION ledger_refuse_delete() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'ledger: what is recorded is never deleted' USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE FUNCTION day_update_check() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.state = 'closed' OR NEW.business_date <> OLD.business_date OR NEW.office_id <> OLD.office_id THEN
        RAISE EXCEPTION 'ledger: a closed day stays closed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION day_insert_check() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM day WHERE office_id = NEW.office_id AND business_date >= NEW.business_date AND state = 'closed') THEN
        RAISE EXCEPTION 'ledger: a day cannot be opened before one that is closed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER ledger_event_insert BEFORE INSERT ON ledger_event FOR EACH ROW EXECUTE FUNCTION ledger_event_check();

ALTER TABLE ledger_event ENABLE ALWAYS TRIGGER ledger_event_insert;

CREATE TRIGGER ledger_line_insert BEFORE INSERT ON ledger_line FOR EACH ROW EXECUTE FUNCTION ledger_row_check();

ALTER TABLE ledger_line ENABLE ALWAYS TRIGGER ledger_line_insert;

CREATE TRIGGER ledger_tender_insert BEFORE INSERT ON ledger_tender FOR EACH ROW EXECUTE FUNCTION ledger_row_check();

ALTER TABLE ledger_tender ENABLE ALWAYS TRIGGER ledger_tender_insert;

CREATE TRIGGER ledger_posting_insert BEFORE INSERT ON ledger_posting FOR EACH ROW EXECUTE FUNCTION ledger_row_check();

ALTER TABLE ledger_posting ENABLE ALWAYS TRIGGER ledger_posting_insert;

CREATE TRIGGER ledger_note_insert BEFORE INSERT ON ledger_note FOR EACH ROW EXECUTE FUNCTION ledger_row_check();

ALTER TABLE ledger_note ENABLE ALWAYS TRIGGER ledger_note_insert;

CREATE TRIGGER note_text_insert BEFORE INSERT ON note_text FOR EACH ROW EXECUTE FUNCTION ledger_row_check();

ALTER TABLE note_text ENABLE ALWAYS TRIGGER note_text_insert;

CREATE TRIGGER ledger_event_update BEFORE UPDATE ON ledger_event FOR EACH ROW EXECUTE FUNCTION ledger_refuse_update();

ALTER TABLE ledger_event ENABLE ALWAYS TRIGGER ledger_event_update;

CREATE TRIGGER ledger_event_truncate BEFORE TRUNCATE ON ledger_event FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_delete();

ALTER TABLE ledger_event ENABLE ALWAYS TRIGGER ledger_event_truncate;

CREATE TRIGGER ledger_line_update BEFORE UPDATE ON ledger_line FOR EACH ROW EXECUTE FUNCTION ledger_refuse_update();

ALTER TABLE ledger_line ENABLE ALWAYS TRIGGER ledger_line_update;

CREATE TRIGGER ledger_line_truncate BEFORE TRUNCATE ON ledger_line FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_delete();

ALTER TABLE ledger_line ENABLE ALWAYS TRIGGER ledger_line_truncate;

CREATE TRIGGER ledger_tender_update BEFORE UPDATE ON ledger_tender FOR EACH ROW EXECUTE FUNCTION ledger_refuse_update();

ALTER TABLE ledger_tender ENABLE ALWAYS TRIGGER ledger_tender_update;

CREATE TRIGGER ledger_tender_truncate BEFORE TRUNCATE ON ledger_tender FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_delete();

ALTER TABLE ledger_tender ENABLE ALWAYS TRIGGER ledger_tender_truncate;

CREATE TRIGGER ledger_posting_update BEFORE UPDATE ON ledger_posting FOR EACH ROW EXECUTE FUNCTION ledger_refuse_update();

ALTER TABLE ledger_posting ENABLE ALWAYS TRIGGER ledger_posting_update;

CREATE TRIGGER ledger_posting_truncate BEFORE TRUNCATE ON ledger_posting FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_delete();

ALTER TABLE ledger_posting ENABLE ALWAYS TRIGGER ledger_posting_truncate;

CREATE TRIGGER ledger_note_update BEFORE UPDATE ON ledger_note FOR EACH ROW EXECUTE FUNCTION ledger_refuse_update();

ALTER TABLE ledger_note ENABLE ALWAYS TRIGGER ledger_note_update;

CREATE TRIGGER ledger_note_truncate BEFORE TRUNCATE ON ledger_note FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_delete();

ALTER TABLE ledger_note ENABLE ALWAYS TRIGGER ledger_note_truncate;

CREATE TRIGGER note_text_update BEFORE UPDATE ON note_text FOR EACH ROW EXECUTE FUNCTION ledger_refuse_update();

ALTER TABLE note_text ENABLE ALWAYS TRIGGER note_text_update;

CREATE TRIGGER note_text_truncate BEFORE TRUNCATE ON note_text FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_delete();

ALTER TABLE note_text ENABLE ALWAYS TRIGGER note_text_truncate;

CREATE TRIGGER ledger_event_delete BEFORE DELETE ON ledger_event FOR EACH ROW EXECUTE FUNCTION ledger_refuse_delete();

ALTER TABLE ledger_event ENABLE ALWAYS TRIGGER ledger_event_delete;

CREATE TRIGGER ledger_line_delete BEFORE DELETE ON ledger_line FOR EACH ROW EXECUTE FUNCTION ledger_refuse_delete();

ALTER TABLE ledger_line ENABLE ALWAYS TRIGGER ledger_line_delete;

CREATE TRIGGER ledger_tender_delete BEFORE DELETE ON ledger_tender FOR EACH ROW EXECUTE FUNCTION ledger_refuse_delete();

ALTER TABLE ledger_tender ENABLE ALWAYS TRIGGER ledger_tender_delete;

CREATE TRIGGER ledger_posting_delete BEFORE DELETE ON ledger_posting FOR EACH ROW EXECUTE FUNCTION ledger_refuse_delete();

ALTER TABLE ledger_posting ENABLE ALWAYS TRIGGER ledger_posting_delete;

CREATE TRIGGER ledger_note_delete BEFORE DELETE ON ledger_note FOR EACH ROW EXECUTE FUNCTION ledger_refuse_delete();

ALTER TABLE ledger_note ENABLE ALWAYS TRIGGER ledger_note_delete;

CREATE TRIGGER day_update BEFORE UPDATE ON day FOR EACH ROW EXECUTE FUNCTION day_update_check();

ALTER TABLE day ENABLE ALWAYS TRIGGER day_update;

CREATE TRIGGER day_insert BEFORE INSERT ON day FOR EACH ROW EXECUTE FUNCTION day_insert_check();

ALTER TABLE day ENABLE ALWAYS TRIGGER day_insert;

CREATE TRIGGER day_delete BEFORE DELETE ON day FOR EACH ROW EXECUTE FUNCTION ledger_refuse_delete();

ALTER TABLE day ENABLE ALWAYS TRIGGER day_delete;

CREATE TRIGGER day_truncate BEFORE TRUNCATE ON day FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_delete();

ALTER TABLE day ENABLE ALWAYS TRIGGER day_truncate;

GRANT USAGE ON SCHEMA public TO csr_app;

GRANT SELECT ON ALL TABLES IN SCHEMA public TO csr_app;

GRANT INSERT ON ledger_event, ledger_line, ledger_tender, ledger_posting, ledger_note TO csr_app;

GRANT INSERT, DELETE ON note_text TO csr_app;

GRANT INSERT, UPDATE ON office, series, day, drawer, batch, deposit, export_run, staff, policy, catalogue_release,
    approval, customer, account, bill TO csr_app;

GRANT INSERT, UPDATE, DELETE ON draft_cart, print_outbox TO csr_app;
