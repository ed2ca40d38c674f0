CREATE TABLE customer (
    customer_id TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    CONSTRAINT pk_customer PRIMARY KEY (customer_id)
);

CREATE TABLE office (
    office_id TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    install_uuid TEXT NOT NULL,
    training BIGINT NOT NULL CONSTRAINT ck_office_training CHECK (training IN (0, 1)),
    training_clock TEXT,
    currency TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT pk_office PRIMARY KEY (office_id),
    CONSTRAINT uq_office_install_uuid UNIQUE (install_uuid)
);

CREATE TABLE staff (
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    role TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    active BIGINT NOT NULL CONSTRAINT ck_staff_active CHECK (active IN (0, 1)),
    failures BIGINT NOT NULL,
    delay_until TEXT,
    demo_secret TEXT,
    CONSTRAINT pk_staff PRIMARY KEY (user_id)
);

CREATE TABLE account (
    account_no TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    service TEXT NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (account_no),
    CONSTRAINT fk_account_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT
);

CREATE TABLE catalogue_release (
    release_id TEXT NOT NULL,
    office_id TEXT NOT NULL,
    label TEXT NOT NULL,
    demonstration BIGINT NOT NULL CONSTRAINT ck_catalogue_release_demonstration CHECK (demonstration IN (0, 1)),
    content_hash TEXT NOT NULL,
    content BYTEA NOT NULL,
    loaded_at TEXT NOT NULL,
    loaded_by TEXT NOT NULL,
    CONSTRAINT pk_catalogue_release PRIMARY KEY (release_id),
    CONSTRAINT fk_catalogue_release_office_id FOREIGN KEY(office_id) REFERENCES office (office_id) ON DELETE RESTRICT,
    CONSTRAINT fk_catalogue_release_loaded_by FOREIGN KEY(loaded_by) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE TABLE day (
    business_date TEXT NOT NULL CONSTRAINT ck_day_business_date CHECK (business_date LIKE '____-__-__'),
    office_id TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_day_state CHECK (state IN ('open', 'closed')),
    CONSTRAINT pk_day PRIMARY KEY (business_date, office_id),
    CONSTRAINT fk_day_office_id FOREIGN KEY(office_id) REFERENCES office (office_id) ON DELETE RESTRICT
);

CREATE TABLE deposit (
    deposit_id TEXT NOT NULL,
    office_id TEXT NOT NULL,
    business_date TEXT NOT NULL CONSTRAINT ck_deposit_business_date CHECK (business_date LIKE '____-__-__'),
    bag TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_deposit_state CHECK (state IN ('prepared', 'confirmed')),
    cash_minor BIGINT NOT NULL CONSTRAINT ck_deposit_cash_minor CHECK (cash_minor BETWEEN -10000000000000 AND 10000000000000),
    checks_minor BIGINT NOT NULL CONSTRAINT ck_deposit_checks_minor CHECK (checks_minor BETWEEN -10000000000000 AND 10000000000000),
    other_minor BIGINT NOT NULL CONSTRAINT ck_deposit_other_minor CHECK (other_minor BETWEEN -10000000000000 AND 10000000000000),
    prepared_by TEXT NOT NULL,
    verified_by TEXT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    bank_date TEXT CONSTRAINT ck_deposit_bank_date CHECK (bank_date LIKE '____-__-__'),
    bank_minor BIGINT CONSTRAINT ck_deposit_bank_minor CHECK (bank_minor BETWEEN -10000000000000 AND 10000000000000),
    CONSTRAINT pk_deposit PRIMARY KEY (deposit_id),
    CONSTRAINT fk_deposit_office_id FOREIGN KEY(office_id) REFERENCES office (office_id) ON DELETE RESTRICT,
    CONSTRAINT fk_deposit_prepared_by FOREIGN KEY(prepared_by) REFERENCES staff (user_id) ON DELETE RESTRICT,
    CONSTRAINT fk_deposit_verified_by FOREIGN KEY(verified_by) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE TABLE policy (
    office_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    effective_at TEXT NOT NULL,
    body TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_policy PRIMARY KEY (office_id, version),
    CONSTRAINT fk_policy_office_id FOREIGN KEY(office_id) REFERENCES office (office_id) ON DELETE RESTRICT
);

CREATE TABLE series (
    series_id TEXT NOT NULL,
    office_id TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_series_kind CHECK (kind IN ('register', 'office')),
    genesis BYTEA NOT NULL,
    last_seq BIGINT NOT NULL,
    last_receipt_no BIGINT NOT NULL,
    perpetual_minor BIGINT NOT NULL CONSTRAINT ck_series_perpetual_minor CHECK (perpetual_minor BETWEEN -10000000000000 AND 10000000000000),
    head_mac BYTEA NOT NULL,
    last_z BIGINT NOT NULL,
    CONSTRAINT pk_series PRIMARY KEY (series_id),
    CONSTRAINT fk_series_office_id FOREIGN KEY(office_id) REFERENCES office (office_id) ON DELETE RESTRICT
);

CREATE TABLE bill (
    bill_id TEXT NOT NULL,
    account_no TEXT NOT NULL,
    description TEXT NOT NULL,
    amount_minor BIGINT NOT NULL CONSTRAINT ck_bill_amount_minor CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
    paid_minor BIGINT NOT NULL CONSTRAINT ck_bill_paid_minor CHECK (paid_minor BETWEEN -10000000000000 AND 10000000000000),
    due_date TEXT CONSTRAINT ck_bill_due_date CHECK (due_date LIKE '____-__-__'),
    shares TEXT NOT NULL,
    authority TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_bill_state CHECK (state IN ('due', 'paid', 'void')),
    CONSTRAINT pk_bill PRIMARY KEY (bill_id),
    CONSTRAINT fk_bill_account_no FOREIGN KEY(account_no) REFERENCES account (account_no) ON DELETE RESTRICT
);

CREATE INDEX ix_bill_account ON bill (account_no);

CREATE TABLE drawer (
    drawer_id TEXT NOT NULL,
    office_id TEXT NOT NULL,
    name TEXT NOT NULL,
    series_id TEXT NOT NULL,
    authorized_float_minor BIGINT NOT NULL CONSTRAINT ck_drawer_authorized_float_minor CHECK (authorized_float_minor BETWEEN -10000000000000 AND 10000000000000),
    active BIGINT NOT NULL CONSTRAINT ck_drawer_active CHECK (active IN (0, 1)),
    CONSTRAINT pk_drawer PRIMARY KEY (drawer_id),
    CONSTRAINT fk_drawer_office_id FOREIGN KEY(office_id) REFERENCES office (office_id) ON DELETE RESTRICT,
    CONSTRAINT fk_drawer_series_id FOREIGN KEY(series_id) REFERENCES series (series_id) ON DELETE RESTRICT
);

CREATE TABLE batch (
    batch_id TEXT NOT NULL,
    drawer_id TEXT NOT NULL,
    business_date TEXT NOT NULL CONSTRAINT ck_batch_business_date CHECK (business_date LIKE '____-__-__'),
    custodian_id TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_batch_state CHECK (state IN ('open', 'counting', 'submitted', 'accepted')),
    suspended BIGINT NOT NULL CONSTRAINT ck_batch_suspended CHECK (suspended IN (0, 1)),
    attempts BIGINT NOT NULL,
    submitted_attempt BIGINT,
    opened_seq BIGINT NOT NULL,
    z_number BIGINT,
    accepted_seq BIGINT,
    deposit_id TEXT,
    CONSTRAINT pk_batch PRIMARY KEY (batch_id),
    CONSTRAINT fk_batch_drawer_id FOREIGN KEY(drawer_id) REFERENCES drawer (drawer_id) ON DELETE RESTRICT,
    CONSTRAINT fk_batch_custodian_id FOREIGN KEY(custodian_id) REFERENCES staff (user_id) ON DELETE RESTRICT,
    CONSTRAINT fk_batch_deposit_id FOREIGN KEY(deposit_id) REFERENCES deposit (deposit_id) ON DELETE RESTRICT
);

CREATE INDEX ix_batch_day ON batch (business_date);

CREATE UNIQUE INDEX uq_batch_one_open_per_drawer ON batch (drawer_id) WHERE state IN ('open', 'counting', 'submitted');

CREATE TABLE draft_cart (
    cart_key TEXT NOT NULL,
    office_id TEXT NOT NULL,
    drawer_id TEXT,
    owner_id TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_draft_cart_state CHECK (state IN ('open', 'held', 'sold', 'cancelled')),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    total_minor BIGINT NOT NULL CONSTRAINT ck_draft_cart_total_minor CHECK (total_minor BETWEEN -10000000000000 AND 10000000000000),
    updated_at TEXT NOT NULL,
    hold_number BIGINT,
    CONSTRAINT pk_draft_cart PRIMARY KEY (cart_key),
    CONSTRAINT fk_draft_cart_drawer_id FOREIGN KEY(drawer_id) REFERENCES drawer (drawer_id) ON DELETE RESTRICT,
    CONSTRAINT fk_draft_cart_office_id FOREIGN KEY(office_id) REFERENCES office (office_id) ON DELETE RESTRICT,
    CONSTRAINT fk_draft_cart_owner_id FOREIGN KEY(owner_id) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE INDEX ix_draft_cart_state ON draft_cart (state);

CREATE UNIQUE INDEX uq_draft_cart_hold_number ON draft_cart (hold_number);

CREATE TABLE ledger_event (
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL CONSTRAINT ck_ledger_event_seq CHECK (seq > 0),
    event_uuid TEXT NOT NULL,
    kind TEXT NOT NULL,
    business_date TEXT NOT NULL CONSTRAINT ck_ledger_event_business_date CHECK (business_date LIKE '____-__-__'),
    batch_id TEXT,
    actor_id TEXT NOT NULL,
    approver_id TEXT,
    recorded_at_utc TEXT NOT NULL,
    idem_key TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    receipt_no BIGINT,
    reverses_series TEXT,
    reverses_seq BIGINT,
    facts TEXT NOT NULL,
    chain_version BIGINT NOT NULL,
    prev_mac BYTEA NOT NULL,
    mac BYTEA NOT NULL,
    CONSTRAINT pk_ledger_event PRIMARY KEY (series_id, seq),
    CONSTRAINT uq_ledger_event_event_uuid UNIQUE (event_uuid),
    CONSTRAINT uq_ledger_event_idem_key UNIQUE (idem_key),
    CONSTRAINT uq_ledger_event_series_id_receipt_no UNIQUE (series_id, receipt_no),
    CONSTRAINT fk_ledger_event_reverses_series_reverses_seq FOREIGN KEY(reverses_series, reverses_seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_ledger_event_reverses CHECK ((reverses_series IS NULL) = (reverses_seq IS NULL)),
    CONSTRAINT ck_ledger_event_mac CHECK (length(mac) = 32 AND length(prev_mac) = 32),
    CONSTRAINT fk_ledger_event_series_id FOREIGN KEY(series_id) REFERENCES series (series_id) ON DELETE RESTRICT,
    CONSTRAINT fk_ledger_event_batch_id FOREIGN KEY(batch_id) REFERENCES batch (batch_id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_ledger_event_actor_id FOREIGN KEY(actor_id) REFERENCES staff (user_id) ON DELETE RESTRICT,
    CONSTRAINT fk_ledger_event_approver_id FOREIGN KEY(approver_id) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE INDEX ix_ledger_event_batch ON ledger_event (batch_id);

CREATE INDEX ix_ledger_event_day ON ledger_event (business_date);

CREATE INDEX ix_ledger_event_reverses ON ledger_event (reverses_series, reverses_seq) WHERE reverses_seq IS NOT NULL;

CREATE UNIQUE INDEX uq_ledger_event_void ON ledger_event (reverses_series, reverses_seq) WHERE kind = 'void';

CREATE TABLE approval (
    approval_id TEXT NOT NULL,
    approver_id TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    amount_minor BIGINT CONSTRAINT ck_approval_amount_minor CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
    for_actor TEXT NOT NULL,
    granted_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_series TEXT,
    used_seq BIGINT,
    CONSTRAINT pk_approval PRIMARY KEY (approval_id),
    CONSTRAINT fk_approval_used_series_used_seq FOREIGN KEY(used_series, used_seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_approval_approver_id FOREIGN KEY(approver_id) REFERENCES staff (user_id) ON DELETE RESTRICT,
    CONSTRAINT fk_approval_for_actor FOREIGN KEY(for_actor) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE TABLE export_run (
    export_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    business_date TEXT CONSTRAINT ck_export_run_business_date CHECK (business_date LIKE '____-__-__'),
    sha256 TEXT NOT NULL,
    rows BIGINT NOT NULL,
    total_minor BIGINT NOT NULL CONSTRAINT ck_export_run_total_minor CHECK (total_minor BETWEEN -10000000000000 AND 10000000000000),
    content BYTEA NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_export_run PRIMARY KEY (export_id),
    CONSTRAINT fk_export_run_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_export_run_created_by FOREIGN KEY(created_by) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE TABLE ledger_line (
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    n BIGINT NOT NULL,
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    name TEXT NOT NULL,
    department TEXT NOT NULL,
    quantity TEXT NOT NULL,
    each_minor BIGINT CONSTRAINT ck_ledger_line_each_minor CHECK (each_minor BETWEEN -10000000000000 AND 10000000000000),
    amount_minor BIGINT NOT NULL CONSTRAINT ck_ledger_line_amount_minor CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
    added_with BIGINT,
    authority TEXT NOT NULL,
    price_from TEXT NOT NULL,
    tax_minor BIGINT NOT NULL CONSTRAINT ck_ledger_line_tax_minor CHECK (tax_minor BETWEEN -10000000000000 AND 10000000000000),
    explain TEXT NOT NULL,
    reference TEXT NOT NULL,
    list_minor BIGINT CONSTRAINT ck_ledger_line_list_minor CHECK (list_minor BETWEEN -10000000000000 AND 10000000000000),
    CONSTRAINT pk_ledger_line PRIMARY KEY (series_id, seq, n),
    CONSTRAINT fk_ledger_line_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE ledger_note (
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    n BIGINT NOT NULL,
    topic TEXT NOT NULL,
    digest BYTEA NOT NULL,
    CONSTRAINT pk_ledger_note PRIMARY KEY (series_id, seq, n),
    CONSTRAINT fk_ledger_note_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_ledger_note_series_id_seq_topic UNIQUE (series_id, seq, topic)
);

CREATE TABLE ledger_posting (
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    n BIGINT NOT NULL,
    account TEXT NOT NULL,
    amount_minor BIGINT NOT NULL CONSTRAINT ck_ledger_posting_amount_minor CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
    currency TEXT NOT NULL CONSTRAINT ck_ledger_posting_currency CHECK (length(currency) = 3),
    line_n BIGINT,
    tender_n BIGINT,
    CONSTRAINT pk_ledger_posting PRIMARY KEY (series_id, seq, n),
    CONSTRAINT fk_ledger_posting_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE ledger_tender (
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    n BIGINT NOT NULL,
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    amount_minor BIGINT NOT NULL CONSTRAINT ck_ledger_tender_amount_minor CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
    check_number TEXT NOT NULL,
    routing TEXT NOT NULL,
    account_masked TEXT NOT NULL,
    brand TEXT NOT NULL,
    last4 TEXT NOT NULL,
    "authorization" TEXT NOT NULL,
    document TEXT NOT NULL,
    department TEXT NOT NULL,
    CONSTRAINT pk_ledger_tender PRIMARY KEY (series_id, seq, n),
    CONSTRAINT fk_ledger_tender_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_ledger_tender_last4 CHECK (length(last4) <= 4)
);

CREATE TABLE print_outbox (
    job_id TEXT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    document TEXT NOT NULL,
    copy_no BIGINT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_print_outbox_state CHECK (state IN ('queued', 'printed', 'failed')),
    attempts BIGINT NOT NULL,
    message TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT pk_print_outbox PRIMARY KEY (job_id),
    CONSTRAINT fk_print_outbox_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_print_outbox_state ON print_outbox (state);

CREATE TABLE note_text (
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    n BIGINT NOT NULL,
    salt BYTEA NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_note_text PRIMARY KEY (series_id, seq, n),
    CONSTRAINT fk_note_text_series_id_seq_n FOREIGN KEY(series_id, seq, n) REFERENCES ledger_note (series_id, seq, n) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED
);
