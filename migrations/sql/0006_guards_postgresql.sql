-- Requests, cards, visits and the like do not wait for an open business day; they move no money.
-- A statement ends at an empty line.

CREATE OR REPLACE FUNCTION ledger_event_check() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
    IF (NEW.kind NOT IN ('deposit_confirmed', 'day_opened', 'reprint', 'export', 'cart_cancelled', 'policy_set',
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
                        AND day.state = 'open') THEN
        RAISE EXCEPTION 'ledger: the business date is not open' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

GRANT SELECT, INSERT, UPDATE ON request_type, request, request_caller, request_note, request_link, visit, help_call,
    office_form, form_handout, card, card_text, card_showing, notice, notice_read, need, need_agency, company_place,
    referral TO csr_app;
