-- The guards of the ledger on SQLite: entries are inserted once, in order, balanced, and never touched again.
-- A statement ends at an empty line.

CREATE TRIGGER ledger_event_insert BEFORE INSERT ON ledger_event BEGIN
    SELECT RAISE(ABORT, 'ledger: this entry is recorded already')
    WHERE EXISTS (SELECT 1 FROM ledger_event
                  WHERE (series_id = NEW.series_id AND seq = NEW.seq)
                     OR event_uuid = NEW.event_uuid OR idem_key = NEW.idem_key);
    SELECT RAISE(ABORT, 'ledger: entries are numbered without a gap')
    WHERE NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger_event WHERE series_id = NEW.series_id);
    SELECT RAISE(ABORT, 'ledger: a receipt number is missing or not due')
    WHERE (NEW.kind IN ('sale', 'void', 'refund', 'tender_corrected')) <> (NEW.receipt_no IS NOT NULL);
    SELECT RAISE(ABORT, 'ledger: receipts are numbered without a gap')
    WHERE NEW.receipt_no IS NOT NULL
      AND NEW.receipt_no <> (SELECT COALESCE(MAX(receipt_no), 0) + 1 FROM ledger_event WHERE series_id = NEW.series_id);
    SELECT RAISE(ABORT, 'ledger: the entry does not follow the one before it')
    WHERE NEW.prev_mac IS NOT COALESCE(
        (SELECT mac FROM ledger_event WHERE series_id = NEW.series_id AND seq = NEW.seq - 1),
        (SELECT genesis FROM series WHERE series_id = NEW.series_id AND NEW.seq = 1));
    SELECT RAISE(ABORT, 'ledger: the postings do not sum to zero')
    WHERE (SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_posting WHERE series_id = NEW.series_id AND seq = NEW.seq) <> 0;
    SELECT RAISE(ABORT, 'ledger: a sale needs a line')
    WHERE NEW.kind = 'sale' AND NOT EXISTS (SELECT 1 FROM ledger_line WHERE series_id = NEW.series_id AND seq = NEW.seq);
    SELECT RAISE(ABORT, 'ledger: money needs postings')
    WHERE NEW.kind IN ('sale', 'void', 'refund', 'tender_corrected', 'item_returned')
      AND NOT EXISTS (SELECT 1 FROM ledger_posting WHERE series_id = NEW.series_id AND seq = NEW.seq)
      AND (NOT EXISTS (SELECT 1 FROM ledger_line WHERE series_id = NEW.series_id AND seq = NEW.seq)
           OR EXISTS (SELECT 1 FROM ledger_line WHERE series_id = NEW.series_id AND seq = NEW.seq AND amount_minor <> 0)
           OR EXISTS (SELECT 1 FROM ledger_tender WHERE series_id = NEW.series_id AND seq = NEW.seq AND amount_minor <> 0));
    SELECT RAISE(ABORT, 'ledger: a void names the entry that it voids')
    WHERE NEW.kind = 'void' AND NEW.reverses_seq IS NULL;
    SELECT RAISE(ABORT, 'ledger: this entry is void already')
    WHERE NEW.kind = 'void' AND EXISTS (SELECT 1 FROM ledger_event
                  WHERE kind = 'void' AND reverses_series = NEW.reverses_series AND reverses_seq = NEW.reverses_seq);
    SELECT RAISE(ABORT, 'ledger: the business date is not open')
    WHERE (NEW.kind NOT IN ('day_opened', 'policy_set', 'catalogue_loaded', 'clock_jump', 'export', 'deposit_confirmed', 'reprint', 'note_redacted')
       OR EXISTS (SELECT 1 FROM ledger_posting WHERE series_id = NEW.series_id AND seq = NEW.seq))
      AND NOT EXISTS (SELECT 1 FROM day JOIN series ON series.office_id = day.office_id
                      WHERE series.series_id = NEW.series_id AND day.business_date = NEW.business_date
                        AND day.state = 'open');
END;

CREATE TRIGGER ledger_line_insert BEFORE INSERT ON ledger_line BEGIN
    SELECT RAISE(ABORT, 'ledger: this entry is sealed')
    WHERE EXISTS (SELECT 1 FROM ledger_event WHERE series_id = NEW.series_id AND seq = NEW.seq);
    SELECT RAISE(ABORT, 'ledger: this row is recorded already')
    WHERE EXISTS (SELECT 1 FROM ledger_line WHERE series_id = NEW.series_id AND seq = NEW.seq AND n = NEW.n);
END;

CREATE TRIGGER ledger_tender_insert BEFORE INSERT ON ledger_tender BEGIN
    SELECT RAISE(ABORT, 'ledger: this entry is sealed')
    WHERE EXISTS (SELECT 1 FROM ledger_event WHERE series_id = NEW.series_id AND seq = NEW.seq);
    SELECT RAISE(ABORT, 'ledger: this row is recorded already')
    WHERE EXISTS (SELECT 1 FROM ledger_tender WHERE series_id = NEW.series_id AND seq = NEW.seq AND n = NEW.n);
END;

CREATE TRIGGER ledger_posting_insert BEFORE INSERT ON ledger_posting BEGIN
    SELECT RAISE(ABORT, 'ledger: this entry is sealed')
    WHERE EXISTS (SELECT 1 FROM ledger_event WHERE series_id = NEW.series_id AND seq = NEW.seq);
    SELECT RAISE(ABORT, 'ledger: this row is recorded already')
    WHERE EXISTS (SELECT 1 FROM ledger_posting WHERE series_id = NEW.series_id AND seq = NEW.seq AND n = NEW.n);
END;

CREATE TRIGGER ledger_note_insert BEFORE INSERT ON ledger_note BEGIN
    SELECT RAISE(ABORT, 'ledger: this entry is sealed')
    WHERE EXISTS (SELECT 1 FROM ledger_event WHERE series_id = NEW.series_id AND seq = NEW.seq);
    SELECT RAISE(ABORT, 'ledger: this row is recorded already')
    WHERE EXISTS (SELECT 1 FROM ledger_note WHERE series_id = NEW.series_id AND seq = NEW.seq AND n = NEW.n);
END;

CREATE TRIGGER note_text_insert BEFORE INSERT ON note_text BEGIN
    SELECT RAISE(ABORT, 'ledger: this entry is sealed')
    WHERE EXISTS (SELECT 1 FROM ledger_event WHERE series_id = NEW.series_id AND seq = NEW.seq);
    SELECT RAISE(ABORT, 'ledger: this row is recorded already')
    WHERE EXISTS (SELECT 1 FROM note_text WHERE series_id = NEW.series_id AND seq = NEW.seq AND n = NEW.n);
END;

CREATE TRIGGER ledger_event_update BEFORE UPDATE ON ledger_event BEGIN
    SELECT RAISE(ABORT, 'ledger: what is recorded is never changed');
END;

CREATE TRIGGER ledger_line_update BEFORE UPDATE ON ledger_line BEGIN
    SELECT RAISE(ABORT, 'ledger: what is recorded is never changed');
END;

CREATE TRIGGER ledger_tender_update BEFORE UPDATE ON ledger_tender BEGIN
    SELECT RAISE(ABORT, 'ledger: what is recorded is never changed');
END;

CREATE TRIGGER ledger_posting_update BEFORE UPDATE ON ledger_posting BEGIN
    SELECT RAISE(ABORT, 'ledger: what is recorded is never changed');
END;

CREATE TRIGGER ledger_note_update BEFORE UPDATE ON ledger_note BEGIN
    SELECT RAISE(ABORT, 'ledger: what is recorded is never changed');
END;

CREATE TRIGGER note_text_update BEFORE UPDATE ON note_text BEGIN
    SELECT RAISE(ABORT, 'ledger: what is recorded is never changed');
END;

CREATE TRIGGER ledger_event_delete BEFORE DELETE ON ledger_event BEGIN
    SELECT RAISE(ABORT, 'ledger: what is recorded is never deleted');
END;

CREATE TRIGGER ledger_line_delete BEFORE DELETE ON ledger_line BEGIN
    SELECT RAISE(ABORT, 'ledger: what is recorded is never deleted');
END;

CREATE TRIGGER ledger_tender_delete BEFORE DELETE ON ledger_tender BEGIN
    SELECT RAISE(ABORT, 'ledger: what is recorded is never deleted');
END;

CREATE TRIGGER ledger_posting_delete BEFORE DELETE ON ledger_posting BEGIN
    SELECT RAISE(ABORT, 'ledger: what is recorded is never deleted');
END;

CREATE TRIGGER ledger_note_delete BEFORE DELETE ON ledger_note BEGIN
    SELECT RAISE(ABORT, 'ledger: what is recorded is never deleted');
END;

CREATE TRIGGER day_update BEFORE UPDATE ON day BEGIN
    SELECT RAISE(ABORT, 'ledger: a closed day stays closed')
    WHERE OLD.state = 'closed' OR NEW.business_date <> OLD.business_date OR NEW.office_id <> OLD.office_id;
END;

CREATE TRIGGER day_insert BEFORE INSERT ON day BEGIN
    SELECT RAISE(ABORT, 'ledger: a day cannot be opened before one that is closed')
    WHERE EXISTS (SELECT 1 FROM day WHERE office_id = NEW.office_id AND business_date >= NEW.business_date AND state = 'closed');
END;

CREATE TRIGGER day_delete BEFORE DELETE ON day BEGIN
    SELECT RAISE(ABORT, 'ledger: a day is never deleted');
END;
