-- Projects, permits, work orders, releases, companies and the outbox on SQLite. A statement ends at an empty line.

CREATE TABLE account_verification (
    verification_no TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    account_no TEXT,
    address TEXT NOT NULL,
    tenure TEXT NOT NULL CONSTRAINT ck_account_verification_tenure CHECK (tenure IN ('owner', 'tenant')),
    state TEXT NOT NULL CONSTRAINT ck_account_verification_state CHECK (state IN ('open', 'verified', 'refused', 'cancelled')),
    deposit TEXT CONSTRAINT ck_account_verification_deposit CHECK (deposit IN ('waived', 'charged')),
    deposit_minor INTEGER CONSTRAINT ck_account_verification_deposit_minor CHECK (deposit_minor BETWEEN -10000000000000 AND 10000000000000),
    rule TEXT,
    opened_on TEXT NOT NULL CONSTRAINT ck_account_verification_opened_on CHECK (opened_on LIKE '____-__-__'),
    decided_on TEXT CONSTRAINT ck_account_verification_decided_on CHECK (decided_on LIKE '____-__-__'),
    opened_by TEXT NOT NULL,
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_account_verification PRIMARY KEY (verification_no),
    CONSTRAINT fk_account_verification_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_account_verification_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT,
    CONSTRAINT fk_account_verification_account_no FOREIGN KEY(account_no) REFERENCES account (account_no) ON DELETE RESTRICT,
    CONSTRAINT fk_account_verification_opened_by FOREIGN KEY(opened_by) REFERENCES staff (user_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE company (
    company_id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_company_kind CHECK (kind IN ('electric', 'gas', 'water', 'retail', 'agency', 'other')),
    territory TEXT,
    hours TEXT,
    memo TEXT,
    premise_code TEXT,
    channel TEXT NOT NULL CONSTRAINT ck_company_channel CHECK (channel IN ('email', 'portal', 'phone', 'fax', 'letter', 'person')),
    send_to TEXT,
    send_at TEXT,
    active INTEGER NOT NULL CONSTRAINT ck_company_active CHECK (active IN (0, 1)),
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_company PRIMARY KEY (company_id),
    CONSTRAINT fk_company_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE contractor (
    contractor_no TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    trades TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_contractor_state CHECK (state IN ('active', 'suspended', 'closed')),
    since TEXT NOT NULL CONSTRAINT ck_contractor_since CHECK (since LIKE '____-__-__'),
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_contractor PRIMARY KEY (contractor_no),
    CONSTRAINT fk_contractor_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_contractor_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE number_counter (
    name TEXT NOT NULL,
    year INTEGER NOT NULL,
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_number_counter PRIMARY KEY (name, year),
    CONSTRAINT fk_number_counter_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE work_order (
    work_order_no TEXT NOT NULL,
    kind TEXT NOT NULL,
    priority TEXT NOT NULL CONSTRAINT ck_work_order_priority CHECK (priority IN ('emergency', 'urgent', 'normal', 'low')),
    state TEXT NOT NULL CONSTRAINT ck_work_order_state CHECK (state IN ('open', 'assigned', 'started', 'done', 'not_done', 'cancelled')),
    source TEXT NOT NULL CONSTRAINT ck_work_order_source CHECK (source IN ('payment', 'request', 'permit', 'account', 'release', 'hand')),
    subject TEXT,
    customer_id TEXT,
    crew TEXT,
    site TEXT NOT NULL,
    site_key TEXT NOT NULL,
    work TEXT NOT NULL,
    result TEXT,
    opened_on TEXT NOT NULL CONSTRAINT ck_work_order_opened_on CHECK (opened_on LIKE '____-__-__'),
    due_on TEXT NOT NULL CONSTRAINT ck_work_order_due_on CHECK (due_on LIKE '____-__-__'),
    closed_on TEXT CONSTRAINT ck_work_order_closed_on CHECK (closed_on LIKE '____-__-__'),
    opened_by TEXT NOT NULL,
    receipt_series TEXT,
    receipt_seq INTEGER,
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_work_order PRIMARY KEY (work_order_no),
    CONSTRAINT fk_work_order_receipt_series_receipt_seq FOREIGN KEY(receipt_series, receipt_seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_work_order_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_work_order_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT,
    CONSTRAINT fk_work_order_opened_by FOREIGN KEY(opened_by) REFERENCES staff (user_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE company_contact (
    company_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    name TEXT NOT NULL,
    title TEXT,
    channel TEXT NOT NULL CONSTRAINT ck_company_contact_channel CHECK (channel IN ('email', 'portal', 'phone', 'fax', 'letter', 'person')),
    reach TEXT NOT NULL,
    purpose TEXT NOT NULL CONSTRAINT ck_company_contact_purpose CHECK (purpose IN ('release', 'verification', 'move_in', 'emergency', 'any')),
    hours TEXT,
    active INTEGER NOT NULL CONSTRAINT ck_company_contact_active CHECK (active IN (0, 1)),
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_company_contact PRIMARY KEY (company_id, n),
    CONSTRAINT fk_company_contact_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_company_contact_company_id FOREIGN KEY(company_id) REFERENCES company (company_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE contact_log (
    contact_no TEXT NOT NULL,
    company_id TEXT NOT NULL,
    at TEXT NOT NULL,
    asked TEXT NOT NULL,
    channel TEXT NOT NULL CONSTRAINT ck_contact_log_channel CHECK (channel IN ('email', 'portal', 'phone', 'fax', 'letter', 'person')),
    direction TEXT NOT NULL CONSTRAINT ck_contact_log_direction CHECK (direction IN ('out', 'in')),
    subject TEXT,
    words TEXT NOT NULL,
    reference TEXT,
    written_by TEXT NOT NULL,
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_contact_log PRIMARY KEY (contact_no),
    CONSTRAINT fk_contact_log_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_contact_log_company_id FOREIGN KEY(company_id) REFERENCES company (company_id) ON DELETE RESTRICT,
    CONSTRAINT fk_contact_log_written_by FOREIGN KEY(written_by) REFERENCES staff (user_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE contractor_paper (
    contractor_no TEXT NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_contractor_paper_kind CHECK (kind IN ('licence', 'insurance', 'bond', 'registration')),
    trade TEXT,
    number TEXT NOT NULL,
    issuer TEXT,
    starts_on TEXT CONSTRAINT ck_contractor_paper_starts_on CHECK (starts_on LIKE '____-__-__'),
    expires_on TEXT CONSTRAINT ck_contractor_paper_expires_on CHECK (expires_on LIKE '____-__-__'),
    amount_minor INTEGER CONSTRAINT ck_contractor_paper_amount_minor CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
    state TEXT NOT NULL CONSTRAINT ck_contractor_paper_state CHECK (state IN ('valid', 'replaced', 'withdrawn')),
    attachment_id TEXT,
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_contractor_paper PRIMARY KEY (contractor_no, n),
    CONSTRAINT fk_contractor_paper_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_contractor_paper_contractor_no FOREIGN KEY(contractor_no) REFERENCES contractor (contractor_no) ON DELETE RESTRICT,
    CONSTRAINT fk_contractor_paper_attachment_id FOREIGN KEY(attachment_id) REFERENCES attachment (attachment_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE outbox (
    message_no TEXT NOT NULL,
    message_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT,
    company_id TEXT,
    recipient TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    attachments TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_outbox_state CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'given_up')),
    attempts INTEGER NOT NULL,
    queued_at TEXT NOT NULL,
    next_try_at TEXT,
    sent_at TEXT,
    answer TEXT,
    queued_by TEXT NOT NULL,
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_outbox PRIMARY KEY (message_no),
    CONSTRAINT fk_outbox_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_outbox_company_id FOREIGN KEY(company_id) REFERENCES company (company_id) ON DELETE RESTRICT,
    CONSTRAINT fk_outbox_queued_by FOREIGN KEY(queued_by) REFERENCES staff (user_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE project (
    project_no TEXT NOT NULL,
    title TEXT NOT NULL,
    site TEXT NOT NULL,
    site_key TEXT NOT NULL,
    customer_id TEXT,
    contractor_no TEXT,
    state TEXT NOT NULL CONSTRAINT ck_project_state CHECK (state IN ('open', 'closed', 'cancelled')),
    opened_on TEXT NOT NULL CONSTRAINT ck_project_opened_on CHECK (opened_on LIKE '____-__-__'),
    closed_on TEXT CONSTRAINT ck_project_closed_on CHECK (closed_on LIKE '____-__-__'),
    opened_by TEXT NOT NULL,
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_project PRIMARY KEY (project_no),
    CONSTRAINT fk_project_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_project_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT,
    CONSTRAINT fk_project_contractor_no FOREIGN KEY(contractor_no) REFERENCES contractor (contractor_no) ON DELETE RESTRICT,
    CONSTRAINT fk_project_opened_by FOREIGN KEY(opened_by) REFERENCES staff (user_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE verification_item (
    verification_no TEXT NOT NULL,
    item TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_verification_item_state CHECK (state IN ('open', 'met', 'not_met', 'skipped')),
    company_id TEXT,
    channel TEXT CONSTRAINT ck_verification_item_channel CHECK (channel IN ('email', 'portal', 'phone', 'fax', 'letter', 'person')),
    asked TEXT,
    reference TEXT,
    answer TEXT,
    standing TEXT,
    at TEXT,
    checked_by TEXT,
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_verification_item PRIMARY KEY (verification_no, item),
    CONSTRAINT fk_verification_item_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_verification_item_verification_no FOREIGN KEY(verification_no) REFERENCES account_verification (verification_no) ON DELETE RESTRICT,
    CONSTRAINT fk_verification_item_company_id FOREIGN KEY(company_id) REFERENCES company (company_id) ON DELETE RESTRICT,
    CONSTRAINT fk_verification_item_checked_by FOREIGN KEY(checked_by) REFERENCES staff (user_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE release_batch (
    batch_no TEXT NOT NULL,
    company_id TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_release_batch_kind CHECK (kind IN ('daily', 'emergency', 'single')),
    on_date TEXT NOT NULL CONSTRAINT ck_release_batch_on_date CHECK (on_date LIKE '____-__-__'),
    releases INTEGER NOT NULL,
    file_hash TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_release_batch_state CHECK (state IN ('made', 'sent', 'acknowledged', 'cancelled')),
    message_no TEXT,
    sent_at TEXT,
    acknowledged_at TEXT,
    acknowledged_by TEXT,
    matched INTEGER,
    unmatched INTEGER,
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_release_batch PRIMARY KEY (batch_no),
    CONSTRAINT fk_release_batch_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_release_batch_company_id FOREIGN KEY(company_id) REFERENCES company (company_id) ON DELETE RESTRICT,
    CONSTRAINT fk_release_batch_message_no FOREIGN KEY(message_no) REFERENCES outbox (message_no) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE sales_order (
    order_no TEXT NOT NULL,
    project_no TEXT,
    customer_id TEXT,
    contractor_no TEXT,
    state TEXT NOT NULL CONSTRAINT ck_sales_order_state CHECK (state IN ('open', 'paid', 'expired', 'cancelled')),
    lines TEXT NOT NULL,
    inputs TEXT NOT NULL,
    customer_name TEXT,
    memo TEXT,
    price_date TEXT NOT NULL CONSTRAINT ck_sales_order_price_date CHECK (price_date LIKE '____-__-__'),
    issued_on TEXT NOT NULL CONSTRAINT ck_sales_order_issued_on CHECK (issued_on LIKE '____-__-__'),
    expires_on TEXT NOT NULL CONSTRAINT ck_sales_order_expires_on CHECK (expires_on LIKE '____-__-__'),
    total_minor INTEGER NOT NULL CONSTRAINT ck_sales_order_total_minor CHECK (total_minor BETWEEN -10000000000000 AND 10000000000000),
    prepared_by TEXT NOT NULL,
    paid_series TEXT,
    paid_seq INTEGER,
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_sales_order PRIMARY KEY (order_no),
    CONSTRAINT fk_sales_order_paid_series_paid_seq FOREIGN KEY(paid_series, paid_seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_sales_order_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_sales_order_project_no FOREIGN KEY(project_no) REFERENCES project (project_no) ON DELETE RESTRICT,
    CONSTRAINT fk_sales_order_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT,
    CONSTRAINT fk_sales_order_contractor_no FOREIGN KEY(contractor_no) REFERENCES contractor (contractor_no) ON DELETE RESTRICT,
    CONSTRAINT fk_sales_order_prepared_by FOREIGN KEY(prepared_by) REFERENCES staff (user_id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE permit (
    permit_no TEXT NOT NULL,
    project_no TEXT,
    kind TEXT NOT NULL,
    items TEXT NOT NULL,
    description TEXT NOT NULL,
    trade TEXT,
    inputs TEXT NOT NULL,
    site TEXT NOT NULL,
    site_key TEXT NOT NULL,
    customer_id TEXT,
    contractor_no TEXT,
    order_no TEXT,
    state TEXT NOT NULL CONSTRAINT ck_permit_state CHECK (state IN ('issued', 'inspected', 'finalled', 'expired', 'void', 'revoked')),
    issued_on TEXT NOT NULL CONSTRAINT ck_permit_issued_on CHECK (issued_on LIKE '____-__-__'),
    expires_on TEXT CONSTRAINT ck_permit_expires_on CHECK (expires_on LIKE '____-__-__'),
    ended_on TEXT CONSTRAINT ck_permit_ended_on CHECK (ended_on LIKE '____-__-__'),
    renewals INTEGER NOT NULL,
    paid_minor INTEGER NOT NULL CONSTRAINT ck_permit_paid_minor CHECK (paid_minor BETWEEN -10000000000000 AND 10000000000000),
    receipt_series TEXT NOT NULL,
    receipt_seq INTEGER NOT NULL,
    receipt_line INTEGER NOT NULL,
    signature TEXT,
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_permit PRIMARY KEY (permit_no),
    CONSTRAINT fk_permit_receipt_series_receipt_seq FOREIGN KEY(receipt_series, receipt_seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_permit_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_permit_project_no FOREIGN KEY(project_no) REFERENCES project (project_no) ON DELETE RESTRICT,
    CONSTRAINT fk_permit_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT,
    CONSTRAINT fk_permit_contractor_no FOREIGN KEY(contractor_no) REFERENCES contractor (contractor_no) ON DELETE RESTRICT,
    CONSTRAINT fk_permit_order_no FOREIGN KEY(order_no) REFERENCES sales_order (order_no) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE inspection (
    inspection_no TEXT NOT NULL,
    permit_no TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_inspection_state CHECK (state IN ('requested', 'scheduled', 'passed', 'failed', 'cancelled')),
    requested_on TEXT NOT NULL CONSTRAINT ck_inspection_requested_on CHECK (requested_on LIKE '____-__-__'),
    due_on TEXT NOT NULL CONSTRAINT ck_inspection_due_on CHECK (due_on LIKE '____-__-__'),
    scheduled_on TEXT CONSTRAINT ck_inspection_scheduled_on CHECK (scheduled_on LIKE '____-__-__'),
    inspected_on TEXT CONSTRAINT ck_inspection_inspected_on CHECK (inspected_on LIKE '____-__-__'),
    inspector TEXT,
    result TEXT,
    contact TEXT,
    repeats TEXT,
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_inspection PRIMARY KEY (inspection_no),
    CONSTRAINT fk_inspection_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_inspection_permit_no FOREIGN KEY(permit_no) REFERENCES permit (permit_no) ON DELETE RESTRICT,
    CONSTRAINT fk_inspection_repeats FOREIGN KEY(repeats) REFERENCES inspection (inspection_no) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE permit_change (
    permit_no TEXT NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_permit_change_kind CHECK (kind IN ('amendment', 'renewal', 'transfer_in', 'transfer_out', 'extension', 'correction', 'revocation')),
    state TEXT NOT NULL CONSTRAINT ck_permit_change_state CHECK (state IN ('due', 'done', 'cancelled')),
    on_date TEXT NOT NULL CONSTRAINT ck_permit_change_on_date CHECK (on_date LIKE '____-__-__'),
    amount_minor INTEGER NOT NULL CONSTRAINT ck_permit_change_amount_minor CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
    reason TEXT,
    inputs TEXT,
    worksheet TEXT,
    other_permit TEXT,
    expires_on TEXT CONSTRAINT ck_permit_change_expires_on CHECK (expires_on LIKE '____-__-__'),
    receipt_series TEXT,
    receipt_seq INTEGER,
    receipt_line INTEGER,
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_permit_change PRIMARY KEY (permit_no, n),
    CONSTRAINT fk_permit_change_receipt_series_receipt_seq FOREIGN KEY(receipt_series, receipt_seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_permit_change_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_permit_change_permit_no FOREIGN KEY(permit_no) REFERENCES permit (permit_no) ON DELETE RESTRICT,
    CONSTRAINT fk_permit_change_other_permit FOREIGN KEY(other_permit) REFERENCES permit (permit_no) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE service_release (
    release_no TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_service_release_kind CHECK (kind IN ('temporary_pole', 'temporary_cut_in', 'reconnect', 'permanent', 'final_gas', 'water')),
    company_id TEXT NOT NULL,
    permit_no TEXT,
    project_no TEXT,
    inspection_no TEXT,
    customer_id TEXT,
    contractor_no TEXT,
    manual TEXT CONSTRAINT ck_service_release_manual CHECK (manual IN ('well', 'shed', 'gate', 'sign', 'no_permit_needed', 'other')),
    reason TEXT,
    site TEXT NOT NULL,
    site_key TEXT NOT NULL,
    utility_site TEXT,
    premise TEXT,
    mobile_home INTEGER NOT NULL CONSTRAINT ck_service_release_mobile_home CHECK (mobile_home IN (0, 1)),
    emergency INTEGER NOT NULL CONSTRAINT ck_service_release_emergency CHECK (emergency IN (0, 1)),
    state TEXT NOT NULL CONSTRAINT ck_service_release_state CHECK (state IN ('requested', 'eligible', 'sent', 'confirmed', 'energised', 'rejected', 'expired', 'revoked')),
    conditions TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    requested_on TEXT NOT NULL CONSTRAINT ck_service_release_requested_on CHECK (requested_on LIKE '____-__-__'),
    sent_at TEXT,
    confirmed_at TEXT,
    energised_on TEXT CONSTRAINT ck_service_release_energised_on CHECK (energised_on LIKE '____-__-__'),
    expires_on TEXT CONSTRAINT ck_service_release_expires_on CHECK (expires_on LIKE '____-__-__'),
    ended_on TEXT CONSTRAINT ck_service_release_ended_on CHECK (ended_on LIKE '____-__-__'),
    channel TEXT CONSTRAINT ck_service_release_channel CHECK (channel IN ('email', 'portal', 'phone', 'fax', 'letter', 'person')),
    contact TEXT,
    confirmation TEXT,
    answer TEXT,
    batch_no TEXT,
    unmatched INTEGER NOT NULL CONSTRAINT ck_service_release_unmatched CHECK (unmatched IN (0, 1)),
    repeats TEXT,
    version INTEGER NOT NULL,
    series_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_service_release PRIMARY KEY (release_no),
    CONSTRAINT fk_service_release_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_service_release_company_id FOREIGN KEY(company_id) REFERENCES company (company_id) ON DELETE RESTRICT,
    CONSTRAINT fk_service_release_permit_no FOREIGN KEY(permit_no) REFERENCES permit (permit_no) ON DELETE RESTRICT,
    CONSTRAINT fk_service_release_project_no FOREIGN KEY(project_no) REFERENCES project (project_no) ON DELETE RESTRICT,
    CONSTRAINT fk_service_release_inspection_no FOREIGN KEY(inspection_no) REFERENCES inspection (inspection_no) ON DELETE RESTRICT,
    CONSTRAINT fk_service_release_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT,
    CONSTRAINT fk_service_release_contractor_no FOREIGN KEY(contractor_no) REFERENCES contractor (contractor_no) ON DELETE RESTRICT,
    CONSTRAINT fk_service_release_requested_by FOREIGN KEY(requested_by) REFERENCES staff (user_id) ON DELETE RESTRICT,
    CONSTRAINT fk_service_release_batch_no FOREIGN KEY(batch_no) REFERENCES release_batch (batch_no) ON DELETE RESTRICT,
    CONSTRAINT fk_service_release_repeats FOREIGN KEY(repeats) REFERENCES service_release (release_no) ON DELETE RESTRICT
)
 STRICT;

CREATE INDEX ix_account_verification_account ON account_verification (account_no);

CREATE INDEX ix_account_verification_customer ON account_verification (customer_id);

CREATE INDEX ix_account_verification_state ON account_verification (state);

CREATE INDEX ix_contractor_customer ON contractor (customer_id);

CREATE INDEX ix_work_order_customer ON work_order (customer_id);

CREATE INDEX ix_work_order_state ON work_order (state, due_on);

CREATE INDEX ix_work_order_subject ON work_order (subject);

CREATE INDEX ix_contact_log_company ON contact_log (company_id, at);

CREATE INDEX ix_contact_log_subject ON contact_log (subject);

CREATE INDEX ix_contractor_paper_expires ON contractor_paper (expires_on);

CREATE INDEX ix_outbox_state ON outbox (state, next_try_at);

CREATE INDEX ix_outbox_subject ON outbox (subject);

CREATE UNIQUE INDEX uq_outbox_message_id ON outbox (message_id);

CREATE INDEX ix_project_contractor ON project (contractor_no);

CREATE INDEX ix_project_customer ON project (customer_id);

CREATE INDEX ix_project_site ON project (site_key);

CREATE INDEX ix_release_batch_company ON release_batch (company_id, on_date);

CREATE INDEX ix_sales_order_customer ON sales_order (customer_id);

CREATE INDEX ix_sales_order_project ON sales_order (project_no);

CREATE INDEX ix_sales_order_state ON sales_order (state, expires_on);

CREATE INDEX ix_permit_contractor ON permit (contractor_no);

CREATE INDEX ix_permit_customer ON permit (customer_id);

CREATE INDEX ix_permit_expires ON permit (state, expires_on);

CREATE INDEX ix_permit_project ON permit (project_no);

CREATE INDEX ix_permit_receipt ON permit (receipt_series, receipt_seq);

CREATE INDEX ix_permit_site ON permit (site_key);

CREATE INDEX ix_inspection_permit ON inspection (permit_no);

CREATE INDEX ix_inspection_state ON inspection (state, due_on);

CREATE INDEX ix_service_release_batch ON service_release (batch_no);

CREATE INDEX ix_service_release_customer ON service_release (customer_id);

CREATE INDEX ix_service_release_permit ON service_release (permit_no);

CREATE INDEX ix_service_release_project ON service_release (project_no);

CREATE INDEX ix_service_release_site ON service_release (site_key);

CREATE INDEX ix_service_release_state ON service_release (state, company_id);
