-- Customers, what they owe and what happens to it on SQLite. A statement ends at an empty line.

CREATE TABLE bill_load (
    load_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    rows_hash TEXT NOT NULL,
    rows INTEGER NOT NULL,
    total_minor INTEGER NOT NULL CONSTRAINT ck_bill_load_total_minor CHECK (total_minor BETWEEN -10000000000000 AND 10000000000000),
    loaded_at TEXT NOT NULL,
    loaded_by TEXT NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_bill_load PRIMARY KEY (load_id),
    CONSTRAINT fk_bill_load_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_bill_load_loaded_by FOREIGN KEY(loaded_by) REFERENCES staff (user_id) ON DELETE RESTRICT
)
 STRICT;

ALTER TABLE customer ADD COLUMN kind TEXT CONSTRAINT ck_customer_kind CHECK (kind IN ('person', 'firm'));

ALTER TABLE customer ADD COLUMN confidential INTEGER;

ALTER TABLE customer ADD COLUMN since TEXT CONSTRAINT ck_customer_since CHECK (since LIKE '____-__-__');

ALTER TABLE customer ADD COLUMN merged_into TEXT;

ALTER TABLE customer ADD COLUMN search_row INTEGER;

ALTER TABLE account ADD COLUMN department TEXT;

ALTER TABLE account ADD COLUMN site TEXT;

ALTER TABLE account ADD COLUMN rate_class TEXT;

ALTER TABLE account ADD COLUMN meter_size TEXT;

ALTER TABLE account ADD COLUMN opened_on TEXT CONSTRAINT ck_account_opened_on CHECK (opened_on LIKE '____-__-__');

ALTER TABLE account ADD COLUMN closed_on TEXT CONSTRAINT ck_account_closed_on CHECK (closed_on LIKE '____-__-__');

ALTER TABLE account ADD COLUMN stage TEXT CONSTRAINT ck_account_stage CHECK (stage IN ('reminder', 'notice', 'listed', 'cut_off', 'restoring'));

ALTER TABLE account ADD COLUMN stage_on TEXT CONSTRAINT ck_account_stage_on CHECK (stage_on LIKE '____-__-__');

ALTER TABLE account ADD COLUMN credit_minor INTEGER CONSTRAINT ck_account_credit_minor CHECK (credit_minor BETWEEN -10000000000000 AND 10000000000000);

ALTER TABLE bill ADD COLUMN issued_on TEXT CONSTRAINT ck_bill_issued_on CHECK (issued_on LIKE '____-__-__');

ALTER TABLE bill ADD COLUMN service_from TEXT CONSTRAINT ck_bill_service_from CHECK (service_from LIKE '____-__-__');

ALTER TABLE bill ADD COLUMN service_to TEXT CONSTRAINT ck_bill_service_to CHECK (service_to LIKE '____-__-__');

ALTER TABLE bill ADD COLUMN usage TEXT;

ALTER TABLE bill ADD COLUMN penalty_rule TEXT;

ALTER TABLE bill ADD COLUMN load_id TEXT;

CREATE TABLE attachment (
    attachment_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    content BLOB NOT NULL,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    CONSTRAINT pk_attachment PRIMARY KEY (attachment_id),
    CONSTRAINT fk_attachment_added_by FOREIGN KEY(added_by) REFERENCES staff (user_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE column_mapping (
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    columns TEXT NOT NULL,
    saved_by TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    CONSTRAINT pk_column_mapping PRIMARY KEY (name),
    CONSTRAINT fk_column_mapping_saved_by FOREIGN KEY(saved_by) REFERENCES staff (user_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE contact_point (
    customer_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_contact_point_kind CHECK (kind IN ('phone', 'email', 'address', 'former_name')),
    label TEXT NOT NULL,
    words TEXT NOT NULL,
    normal TEXT NOT NULL,
    CONSTRAINT pk_contact_point PRIMARY KEY (customer_id, n),
    CONSTRAINT fk_contact_point_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE customer_note (
    note_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    level TEXT NOT NULL CONSTRAINT ck_customer_note_level CHECK (level IN ('info', 'warn', 'stop')),
    words TEXT NOT NULL,
    expires_on TEXT CONSTRAINT ck_customer_note_expires_on CHECK (expires_on LIKE '____-__-__'),
    written_by TEXT NOT NULL,
    written_at TEXT NOT NULL,
    closed_by TEXT,
    closed_at TEXT,
    CONSTRAINT pk_customer_note PRIMARY KEY (note_id),
    CONSTRAINT fk_customer_note_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT,
    CONSTRAINT fk_customer_note_written_by FOREIGN KEY(written_by) REFERENCES staff (user_id) ON DELETE RESTRICT,
    CONSTRAINT fk_customer_note_closed_by FOREIGN KEY(closed_by) REFERENCES staff (user_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE account_party (
    account_no TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    role TEXT NOT NULL,
    since TEXT CONSTRAINT ck_account_party_since CHECK (since LIKE '____-__-__'),
    until TEXT CONSTRAINT ck_account_party_until CHECK (until LIKE '____-__-__'),
    CONSTRAINT pk_account_party PRIMARY KEY (account_no, customer_id, role),
    CONSTRAINT fk_account_party_account_no FOREIGN KEY(account_no) REFERENCES account (account_no) ON DELETE RESTRICT,
    CONSTRAINT fk_account_party_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE account_step (
    account_no TEXT NOT NULL,
    n INTEGER NOT NULL,
    stage TEXT NOT NULL CONSTRAINT ck_account_step_stage CHECK (stage IN ('reminder', 'notice', 'listed', 'cut_off', 'restoring', 'restored', 'stopped')),
    on_date TEXT NOT NULL CONSTRAINT ck_account_step_on_date CHECK (on_date LIKE '____-__-__'),
    bill_id TEXT,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_account_step PRIMARY KEY (account_no, n),
    CONSTRAINT fk_account_step_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_account_step_account_no FOREIGN KEY(account_no) REFERENCES account (account_no) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE adjustment (
    adjustment_id TEXT NOT NULL,
    account_no TEXT NOT NULL,
    bill_id TEXT,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_adjustment_state CHECK (state IN ('requested', 'approved', 'refused', 'withdrawn', 'reversed')),
    amount_minor INTEGER NOT NULL CONSTRAINT ck_adjustment_amount_minor CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
    worksheet TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    decided_by TEXT,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    decided_series TEXT,
    decided_seq INTEGER,
    reversed_series TEXT,
    reversed_seq INTEGER,
    CONSTRAINT pk_adjustment PRIMARY KEY (adjustment_id),
    CONSTRAINT fk_adjustment_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_adjustment_decided_series_decided_seq FOREIGN KEY(decided_series, decided_seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_adjustment_reversed_series_reversed_seq FOREIGN KEY(reversed_series, reversed_seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_adjustment_account_no FOREIGN KEY(account_no) REFERENCES account (account_no) ON DELETE RESTRICT,
    CONSTRAINT fk_adjustment_bill_id FOREIGN KEY(bill_id) REFERENCES bill (bill_id) ON DELETE RESTRICT,
    CONSTRAINT fk_adjustment_requested_by FOREIGN KEY(requested_by) REFERENCES staff (user_id) ON DELETE RESTRICT,
    CONSTRAINT fk_adjustment_decided_by FOREIGN KEY(decided_by) REFERENCES staff (user_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE bill_item (
    bill_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_bill_item_kind CHECK (kind IN ('charge', 'penalty', 'fee', 'adjustment')),
    description TEXT NOT NULL,
    amount_minor INTEGER NOT NULL CONSTRAINT ck_bill_item_amount_minor CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
    priority INTEGER NOT NULL,
    shares TEXT NOT NULL,
    authority TEXT NOT NULL,
    "explain" TEXT NOT NULL,
    series_id TEXT,
    seq INTEGER,
    CONSTRAINT pk_bill_item PRIMARY KEY (bill_id, n),
    CONSTRAINT fk_bill_item_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_bill_item_bill_id FOREIGN KEY(bill_id) REFERENCES bill (bill_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE entry_about (
    subject TEXT NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_entry_about PRIMARY KEY (subject, series_id, seq),
    CONSTRAINT fk_entry_about_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE extension (
    account_no TEXT NOT NULL,
    granted_on TEXT NOT NULL CONSTRAINT ck_extension_granted_on CHECK (granted_on LIKE '____-__-__'),
    until TEXT NOT NULL CONSTRAINT ck_extension_until CHECK (until LIKE '____-__-__'),
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_extension PRIMARY KEY (account_no, granted_on),
    CONSTRAINT fk_extension_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_extension_account_no FOREIGN KEY(account_no) REFERENCES account (account_no) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE guarantee_deposit (
    deposit_no TEXT NOT NULL,
    account_no TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_guarantee_deposit_state CHECK (state IN ('held', 'applied', 'refunded', 'unclaimed')),
    amount_minor INTEGER NOT NULL CONSTRAINT ck_guarantee_deposit_amount_minor CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    ended_series TEXT,
    ended_seq INTEGER,
    CONSTRAINT pk_guarantee_deposit PRIMARY KEY (deposit_no),
    CONSTRAINT fk_guarantee_deposit_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_guarantee_deposit_ended_series_ended_seq FOREIGN KEY(ended_series, ended_seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_guarantee_deposit_account_no FOREIGN KEY(account_no) REFERENCES account (account_no) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE hold_flag (
    hold_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    stops TEXT NOT NULL,
    words TEXT NOT NULL,
    expires_on TEXT CONSTRAINT ck_hold_flag_expires_on CHECK (expires_on LIKE '____-__-__'),
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    lifted_series TEXT,
    lifted_seq INTEGER,
    CONSTRAINT pk_hold_flag PRIMARY KEY (hold_id),
    CONSTRAINT fk_hold_flag_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_hold_flag_lifted_series_lifted_seq FOREIGN KEY(lifted_series, lifted_seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE payment_plan (
    plan_id TEXT NOT NULL,
    account_no TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_payment_plan_state CHECK (state IN ('active', 'kept', 'broken', 'cancelled')),
    total_minor INTEGER NOT NULL CONSTRAINT ck_payment_plan_total_minor CHECK (total_minor BETWEEN -10000000000000 AND 10000000000000),
    down_minor INTEGER NOT NULL CONSTRAINT ck_payment_plan_down_minor CHECK (down_minor BETWEEN -10000000000000 AND 10000000000000),
    made_on TEXT NOT NULL CONSTRAINT ck_payment_plan_made_on CHECK (made_on LIKE '____-__-__'),
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    ended_series TEXT,
    ended_seq INTEGER,
    CONSTRAINT pk_payment_plan PRIMARY KEY (plan_id),
    CONSTRAINT fk_payment_plan_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_payment_plan_ended_series_ended_seq FOREIGN KEY(ended_series, ended_seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_payment_plan_account_no FOREIGN KEY(account_no) REFERENCES account (account_no) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE plan_part (
    plan_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    due_on TEXT NOT NULL CONSTRAINT ck_plan_part_due_on CHECK (due_on LIKE '____-__-__'),
    amount_minor INTEGER NOT NULL CONSTRAINT ck_plan_part_amount_minor CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
    CONSTRAINT pk_plan_part PRIMARY KEY (plan_id, n),
    CONSTRAINT fk_plan_part_plan_id FOREIGN KEY(plan_id) REFERENCES payment_plan (plan_id) ON DELETE RESTRICT
)
 STRICT;

CREATE INDEX ix_customer_merged ON customer (merged_into);

CREATE UNIQUE INDEX uq_customer_search_row ON customer (search_row);

CREATE INDEX ix_account_customer ON account (customer_id);

CREATE INDEX ix_attachment_subject ON attachment (subject);

CREATE INDEX ix_customer_note_customer ON customer_note (customer_id);

CREATE INDEX ix_account_party_customer ON account_party (customer_id);

CREATE INDEX ix_bill_due ON bill (state, due_date);

CREATE INDEX ix_bill_load ON bill (load_id);

CREATE INDEX ix_adjustment_account ON adjustment (account_no);

CREATE INDEX ix_adjustment_state ON adjustment (state);

CREATE INDEX ix_guarantee_deposit_account ON guarantee_deposit (account_no);

CREATE INDEX ix_hold_flag_subject ON hold_flag (subject);

CREATE INDEX ix_payment_plan_account ON payment_plan (account_no);

-- payments are found by the bill that they name
CREATE INDEX ix_ledger_line_reference ON ledger_line (reference);

CREATE VIRTUAL TABLE customer_search USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
