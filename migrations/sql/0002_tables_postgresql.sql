-- Corrections, approvals and controls on PostgreSQL. A statement ends at an empty line.

ALTER TABLE ledger_tender ADD COLUMN account_hash TEXT;

ALTER TABLE ledger_tender ADD COLUMN check_date TEXT;

ALTER TABLE bill ADD COLUMN returned_item TEXT;

ALTER TABLE staff ADD COLUMN supervisor_id TEXT;

ALTER TABLE staff ADD COLUMN trained_on TEXT;

ALTER TABLE staff ADD COLUMN trained_until TEXT;

ALTER TABLE staff ADD COLUMN training_score BIGINT;

CREATE TABLE approval_request (
    request_id TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    amount_minor BIGINT NOT NULL CONSTRAINT ck_approval_request_amount_minor CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
    for_actor TEXT NOT NULL,
    sentence TEXT NOT NULL,
    details TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_approval_request_state CHECK (state IN ('waiting', 'granted', 'refused', 'withdrawn')),
    asked_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    answer TEXT NOT NULL,
    CONSTRAINT pk_approval_request PRIMARY KEY (request_id),
    CONSTRAINT fk_approval_request_for_actor FOREIGN KEY(for_actor) REFERENCES staff (user_id) ON DELETE RESTRICT,
    CONSTRAINT fk_approval_request_decided_by FOREIGN KEY(decided_by) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE INDEX ix_approval_request_state ON approval_request (state);

CREATE TABLE deferred_review (
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    amount_minor BIGINT NOT NULL CONSTRAINT ck_deferred_review_amount_minor CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
    for_actor TEXT NOT NULL,
    reviewed_series TEXT,
    reviewed_seq BIGINT,
    CONSTRAINT pk_deferred_review PRIMARY KEY (series_id, seq),
    CONSTRAINT fk_deferred_review_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_deferred_review_reviewed_series_reviewed_seq FOREIGN KEY(reviewed_series, reviewed_seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_deferred_review_for_actor FOREIGN KEY(for_actor) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE TABLE returned_item (
    item_id TEXT NOT NULL,
    receipt TEXT NOT NULL,
    tender_n BIGINT NOT NULL,
    amount_minor BIGINT NOT NULL CONSTRAINT ck_returned_item_amount_minor CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
    fee_minor BIGINT NOT NULL CONSTRAINT ck_returned_item_fee_minor CHECK (fee_minor BETWEEN -10000000000000 AND 10000000000000),
    bill_id TEXT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    mail_number TEXT NOT NULL,
    mailed_on TEXT CONSTRAINT ck_returned_item_mailed_on CHECK (mailed_on LIKE '____-__-__'),
    received_on TEXT CONSTRAINT ck_returned_item_received_on CHECK (received_on LIKE '____-__-__'),
    CONSTRAINT pk_returned_item PRIMARY KEY (item_id),
    CONSTRAINT fk_returned_item_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_returned_item_bill_id FOREIGN KEY(bill_id) REFERENCES bill (bill_id) ON DELETE RESTRICT
);

CREATE TABLE check_list (
    list_id TEXT NOT NULL,
    account_hash TEXT NOT NULL,
    account_masked TEXT NOT NULL,
    reason TEXT NOT NULL,
    listed_at TEXT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    cleared_series TEXT,
    cleared_seq BIGINT,
    CONSTRAINT pk_check_list PRIMARY KEY (list_id),
    CONSTRAINT fk_check_list_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_check_list_cleared_series_cleared_seq FOREIGN KEY(cleared_series, cleared_seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_check_list_account_hash ON check_list (account_hash);

CREATE TABLE payables_request (
    request_id TEXT NOT NULL,
    receipt TEXT NOT NULL,
    amount_minor BIGINT NOT NULL CONSTRAINT ck_payables_request_amount_minor CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
    payee TEXT NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_payables_request_state CHECK (state IN ('incomplete', 'ready', 'sent')),
    prepared_by TEXT NOT NULL,
    approved_by TEXT,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    sent_series TEXT,
    sent_seq BIGINT,
    CONSTRAINT pk_payables_request PRIMARY KEY (request_id),
    CONSTRAINT fk_payables_request_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_payables_request_sent_series_sent_seq FOREIGN KEY(sent_series, sent_seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_payables_request_prepared_by FOREIGN KEY(prepared_by) REFERENCES staff (user_id) ON DELETE RESTRICT,
    CONSTRAINT fk_payables_request_approved_by FOREIGN KEY(approved_by) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE TABLE change_fund (
    fund_id TEXT NOT NULL,
    office_id TEXT NOT NULL,
    name TEXT NOT NULL,
    drawer_id TEXT,
    custodian_id TEXT,
    amount_minor BIGINT NOT NULL CONSTRAINT ck_change_fund_amount_minor CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
    authority TEXT NOT NULL,
    since TEXT NOT NULL CONSTRAINT ck_change_fund_since CHECK (since LIKE '____-__-__'),
    active BIGINT NOT NULL CONSTRAINT ck_change_fund_active CHECK (active IN (0, 1)),
    CONSTRAINT pk_change_fund PRIMARY KEY (fund_id),
    CONSTRAINT fk_change_fund_office_id FOREIGN KEY(office_id) REFERENCES office (office_id) ON DELETE RESTRICT,
    CONSTRAINT fk_change_fund_drawer_id FOREIGN KEY(drawer_id) REFERENCES drawer (drawer_id) ON DELETE RESTRICT,
    CONSTRAINT fk_change_fund_custodian_id FOREIGN KEY(custodian_id) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE TABLE receipt_book (
    book_id TEXT NOT NULL,
    first_no BIGINT NOT NULL,
    last_no BIGINT NOT NULL,
    issued_to TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_receipt_book_state CHECK (state IN ('issued', 'returned')),
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    returned_series TEXT,
    returned_seq BIGINT,
    CONSTRAINT pk_receipt_book PRIMARY KEY (book_id),
    CONSTRAINT fk_receipt_book_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_receipt_book_returned_series_returned_seq FOREIGN KEY(returned_series, returned_seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_receipt_book_issued_to FOREIGN KEY(issued_to) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE TABLE paper_receipt (
    book_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_paper_receipt_state CHECK (state IN ('entered', 'void')),
    written_on TEXT CONSTRAINT ck_paper_receipt_written_on CHECK (written_on LIKE '____-__-__'),
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_paper_receipt PRIMARY KEY (book_id, number),
    CONSTRAINT fk_paper_receipt_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_paper_receipt_book_id FOREIGN KEY(book_id) REFERENCES receipt_book (book_id) ON DELETE RESTRICT
);

CREATE TABLE training_run (
    run_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    seed BIGINT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    customers BIGINT NOT NULL,
    served BIGINT NOT NULL,
    score BIGINT,
    state TEXT NOT NULL CONSTRAINT ck_training_run_state CHECK (state IN ('running', 'finished', 'left')),
    body TEXT NOT NULL,
    CONSTRAINT pk_training_run PRIMARY KEY (run_id),
    CONSTRAINT fk_training_run_user_id FOREIGN KEY(user_id) REFERENCES staff (user_id) ON DELETE RESTRICT
);
