-- Requests, cards, visits and the like do not wait for an open business day; they move no money.
-- A statement ends at an empty line.

DROP TRIGGER ledger_event_insert;

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
    WHERE (NEW.kind NOT IN ('deposit_confirmed', 'day_opened', 'reprint', 'export', 'cart_cancelled', 'policy_set',
            'catalogue_loaded', 'clock_jump', 'note_redacted', 'signed_in', 'sign_in_failed', 'signed_out',
            'staff_changed', 'training_recorded', 'approval_asked', 'approval_decided', 'act_refused',
            'deferred_reviewed', 'fund_changed', 'book_issued', 'book_returned', 'check_listed',
            'check_cleared', 'notice_mailed', 'payables_changed', 'report_exported', 'day_sealed', 'seal_key_set',
            'restored', 'recovered',
            'bills_loaded', 'bill_charged', 'customer_merged', 'customer_parted', 'disclosed',
            'adjustment_requested', 'adjustment_decided', 'adjustment_reversed', 'account_staged', 'extension_granted',
            'plan_made', 'plan_ended', 'hold_placed', 'hold_lifted',
            'project_opened', 'project_changed', 'order_made', 'order_ended', 'contractor_changed', 'permit_changed',
            'permit_money_moved', 'permit_key_set', 'inspection_requested', 'inspection_changed', 'inspection_done',
            'work_order_opened', 'work_order_changed', 'release_requested', 'release_changed', 'release_batch_made',
            'release_batch_answered', 'company_changed', 'company_asked', 'verification_opened',
            'verification_changed', 'message_queued', 'message_tried', 'message_ended',
            'request_types_set', 'request_opened', 'request_changed', 'request_closed', 'card_changed', 'card_shown',
            'notice_posted', 'notice_read', 'form_changed', 'form_handed', 'agency_changed', 'referred',
            'referral_followed', 'visit_changed', 'help_called')
       OR EXISTS (SELECT 1 FROM ledger_posting WHERE series_id = NEW.series_id AND seq = NEW.seq))
      AND NOT EXISTS (SELECT 1 FROM day JOIN series ON series.office_id = day.office_id
                      WHERE series.series_id = NEW.series_id AND day.business_date = NEW.business_date
                        AND day.state = 'open');
END;
