-- Requests, the information desk, forms, referrals and the queue on PostgreSQL. A statement ends at an empty line.

CREATE TABLE card (
    card_no TEXT NOT NULL,
    topic TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_card_state CHECK (state IN ('current', 'retired')),
    item TEXT,
    form_no TEXT,
    need_code TEXT,
    owner TEXT,
    review_on TEXT NOT NULL CONSTRAINT ck_card_review_on CHECK (review_on LIKE '____-__-__'),
    changed_on TEXT NOT NULL CONSTRAINT ck_card_changed_on CHECK (changed_on LIKE '____-__-__'),
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_card PRIMARY KEY (card_no),
    CONSTRAINT fk_card_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_card_owner FOREIGN KEY(owner) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE TABLE form_handout (
    handout_no TEXT NOT NULL,
    form_no TEXT NOT NULL,
    revision TEXT NOT NULL,
    language TEXT NOT NULL,
    how TEXT NOT NULL CONSTRAINT ck_form_handout_how CHECK (how IN ('print', 'email', 'blank')),
    state TEXT NOT NULL CONSTRAINT ck_form_handout_state CHECK (state IN ('given', 'back', 'missing')),
    copies BIGINT NOT NULL,
    customer_id TEXT,
    subject TEXT,
    given_at TEXT NOT NULL,
    given_by TEXT NOT NULL,
    back_on TEXT CONSTRAINT ck_form_handout_back_on CHECK (back_on LIKE '____-__-__'),
    attachment_id TEXT,
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_form_handout PRIMARY KEY (handout_no),
    CONSTRAINT fk_form_handout_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_form_handout_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT,
    CONSTRAINT fk_form_handout_given_by FOREIGN KEY(given_by) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE TABLE help_call (
    call_no TEXT NOT NULL,
    station TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_help_call_state CHECK (state IN ('open', 'answered', 'ended')),
    called_by TEXT NOT NULL,
    called_at TEXT NOT NULL,
    answered_by TEXT,
    answered_at TEXT,
    customer_id TEXT,
    words TEXT,
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_help_call PRIMARY KEY (call_no),
    CONSTRAINT fk_help_call_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_help_call_called_by FOREIGN KEY(called_by) REFERENCES staff (user_id) ON DELETE RESTRICT,
    CONSTRAINT fk_help_call_answered_by FOREIGN KEY(answered_by) REFERENCES staff (user_id) ON DELETE RESTRICT,
    CONSTRAINT fk_help_call_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT
);

CREATE TABLE need (
    need_code TEXT NOT NULL,
    active BIGINT NOT NULL CONSTRAINT ck_need_active CHECK (active IN (0, 1)),
    name TEXT NOT NULL,
    keywords TEXT,
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_need PRIMARY KEY (need_code),
    CONSTRAINT fk_need_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE notice (
    notice_no TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_notice_kind CHECK (kind IN ('price', 'process', 'form', 'safety', 'other')),
    state TEXT NOT NULL CONSTRAINT ck_notice_state CHECK (state IN ('posted', 'withdrawn')),
    effective_on TEXT NOT NULL CONSTRAINT ck_notice_effective_on CHECK (effective_on LIKE '____-__-__'),
    must_read BIGINT NOT NULL CONSTRAINT ck_notice_must_read CHECK (must_read IN (0, 1)),
    posted_at TEXT NOT NULL,
    posted_by TEXT NOT NULL,
    release_id TEXT,
    items TEXT,
    cards TEXT,
    forms TEXT,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_notice PRIMARY KEY (notice_no),
    CONSTRAINT fk_notice_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_notice_posted_by FOREIGN KEY(posted_by) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE TABLE office_form (
    form_no TEXT NOT NULL,
    revision TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_office_form_state CHECK (state IN ('current', 'obsolete')),
    effective_on TEXT NOT NULL CONSTRAINT ck_office_form_effective_on CHECK (effective_on LIKE '____-__-__'),
    fields TEXT NOT NULL,
    attachment_id TEXT,
    title TEXT NOT NULL,
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_office_form PRIMARY KEY (form_no, revision, language),
    CONSTRAINT fk_office_form_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE request_type (
    type_code TEXT NOT NULL,
    category TEXT NOT NULL,
    department TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_request_type_kind CHECK (kind IN ('inquiry', 'complaint', 'request')),
    priority TEXT NOT NULL CONSTRAINT ck_request_type_priority CHECK (priority IN ('emergency', 'urgent', 'normal', 'low')),
    days BIGINT NOT NULL,
    safety BIGINT NOT NULL CONSTRAINT ck_request_type_safety CHECK (safety IN (0, 1)),
    restricted BIGINT NOT NULL CONSTRAINT ck_request_type_restricted CHECK (restricted IN (0, 1)),
    anonymous BIGINT NOT NULL CONSTRAINT ck_request_type_anonymous CHECK (anonymous IN (0, 1)),
    needs_site BIGINT NOT NULL CONSTRAINT ck_request_type_needs_site CHECK (needs_site IN (0, 1)),
    active BIGINT NOT NULL CONSTRAINT ck_request_type_active CHECK (active IN (0, 1)),
    name TEXT NOT NULL,
    description TEXT,
    keywords TEXT,
    questions TEXT NOT NULL,
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_request_type PRIMARY KEY (type_code),
    CONSTRAINT fk_request_type_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE card_showing (
    showing_no TEXT NOT NULL,
    card_no TEXT NOT NULL,
    language TEXT NOT NULL,
    at TEXT NOT NULL,
    shown_by TEXT NOT NULL,
    customer_id TEXT,
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_card_showing PRIMARY KEY (showing_no),
    CONSTRAINT fk_card_showing_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_card_showing_card_no FOREIGN KEY(card_no) REFERENCES card (card_no) ON DELETE RESTRICT,
    CONSTRAINT fk_card_showing_shown_by FOREIGN KEY(shown_by) REFERENCES staff (user_id) ON DELETE RESTRICT,
    CONSTRAINT fk_card_showing_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT
);

CREATE TABLE card_text (
    card_no TEXT NOT NULL,
    language TEXT NOT NULL,
    question TEXT NOT NULL,
    short_answer TEXT NOT NULL,
    steps TEXT,
    papers TEXT,
    hours TEXT,
    link TEXT,
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_card_text PRIMARY KEY (card_no, language),
    CONSTRAINT fk_card_text_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_card_text_card_no FOREIGN KEY(card_no) REFERENCES card (card_no) ON DELETE RESTRICT
);

CREATE TABLE company_place (
    company_id TEXT NOT NULL,
    n BIGINT NOT NULL,
    active BIGINT NOT NULL CONSTRAINT ck_company_place_active CHECK (active IN (0, 1)),
    address TEXT NOT NULL,
    hours TEXT,
    reach TEXT,
    map_link TEXT,
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_company_place PRIMARY KEY (company_id, n),
    CONSTRAINT fk_company_place_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_company_place_company_id FOREIGN KEY(company_id) REFERENCES company (company_id) ON DELETE RESTRICT
);

CREATE TABLE need_agency (
    need_code TEXT NOT NULL,
    n BIGINT NOT NULL,
    company_id TEXT NOT NULL,
    area TEXT NOT NULL CONSTRAINT ck_need_agency_area CHECK (area IN ('inside', 'outside', 'anywhere')),
    active BIGINT NOT NULL CONSTRAINT ck_need_agency_active CHECK (active IN (0, 1)),
    advice TEXT,
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_need_agency PRIMARY KEY (need_code, n),
    CONSTRAINT fk_need_agency_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_need_agency_need_code FOREIGN KEY(need_code) REFERENCES need (need_code) ON DELETE RESTRICT,
    CONSTRAINT fk_need_agency_company_id FOREIGN KEY(company_id) REFERENCES company (company_id) ON DELETE RESTRICT
);

CREATE TABLE notice_read (
    notice_no TEXT NOT NULL,
    user_id TEXT NOT NULL,
    at TEXT NOT NULL,
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_notice_read PRIMARY KEY (notice_no, user_id),
    CONSTRAINT fk_notice_read_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_notice_read_notice_no FOREIGN KEY(notice_no) REFERENCES notice (notice_no) ON DELETE RESTRICT,
    CONSTRAINT fk_notice_read_user_id FOREIGN KEY(user_id) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE TABLE request (
    request_no TEXT NOT NULL,
    type_code TEXT NOT NULL,
    channel TEXT NOT NULL CONSTRAINT ck_request_channel CHECK (channel IN ('counter', 'phone', 'email', 'site_visit', 'letter', 'web')),
    priority TEXT NOT NULL CONSTRAINT ck_request_priority CHECK (priority IN ('emergency', 'urgent', 'normal', 'low')),
    state TEXT NOT NULL CONSTRAINT ck_request_state CHECK (state IN ('open', 'in_work', 'waiting', 'closed')),
    outcome TEXT CONSTRAINT ck_request_outcome CHECK (outcome IN ('resolved', 'answered', 'referred', 'no_action', 'duplicate', 'withdrawn')),
    department TEXT NOT NULL,
    owner TEXT,
    escalated TEXT CONSTRAINT ck_request_escalated CHECK (escalated IN ('overdue', 'safety', 'recurrence', 'dissatisfied', 'by_hand')),
    contact_by TEXT CONSTRAINT ck_request_contact_by CHECK (contact_by LIKE '____-__-__'),
    restricted BIGINT NOT NULL CONSTRAINT ck_request_restricted CHECK (restricted IN (0, 1)),
    anonymous BIGINT NOT NULL CONSTRAINT ck_request_anonymous CHECK (anonymous IN (0, 1)),
    language TEXT,
    customer_id TEXT,
    recurs TEXT,
    reopened BIGINT NOT NULL,
    opened_at TEXT NOT NULL,
    opened_on TEXT NOT NULL CONSTRAINT ck_request_opened_on CHECK (opened_on LIKE '____-__-__'),
    due_on TEXT NOT NULL CONSTRAINT ck_request_due_on CHECK (due_on LIKE '____-__-__'),
    closed_on TEXT CONSTRAINT ck_request_closed_on CHECK (closed_on LIKE '____-__-__'),
    opened_by TEXT NOT NULL,
    summary TEXT NOT NULL,
    answers TEXT NOT NULL,
    site TEXT,
    site_key TEXT,
    place TEXT,
    contact TEXT,
    reach TEXT,
    answer TEXT,
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_request PRIMARY KEY (request_no),
    CONSTRAINT fk_request_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_request_type_code FOREIGN KEY(type_code) REFERENCES request_type (type_code) ON DELETE RESTRICT,
    CONSTRAINT fk_request_owner FOREIGN KEY(owner) REFERENCES staff (user_id) ON DELETE RESTRICT,
    CONSTRAINT fk_request_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT,
    CONSTRAINT fk_request_recurs FOREIGN KEY(recurs) REFERENCES request (request_no) ON DELETE RESTRICT,
    CONSTRAINT fk_request_opened_by FOREIGN KEY(opened_by) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE TABLE referral (
    referral_no TEXT NOT NULL,
    need_code TEXT NOT NULL,
    company_id TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_referral_kind CHECK (kind IN ('warm', 'cold')),
    state TEXT NOT NULL CONSTRAINT ck_referral_state CHECK (state IN ('given', 'reached', 'not_reached', 'unknown')),
    customer_id TEXT,
    request_no TEXT,
    language TEXT,
    at TEXT NOT NULL,
    referred_by TEXT NOT NULL,
    follow_on TEXT CONSTRAINT ck_referral_follow_on CHECK (follow_on LIKE '____-__-__'),
    followed_on TEXT CONSTRAINT ck_referral_followed_on CHECK (followed_on LIKE '____-__-__'),
    reason TEXT,
    outcome TEXT,
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_referral PRIMARY KEY (referral_no),
    CONSTRAINT fk_referral_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_referral_need_code FOREIGN KEY(need_code) REFERENCES need (need_code) ON DELETE RESTRICT,
    CONSTRAINT fk_referral_company_id FOREIGN KEY(company_id) REFERENCES company (company_id) ON DELETE RESTRICT,
    CONSTRAINT fk_referral_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT,
    CONSTRAINT fk_referral_request_no FOREIGN KEY(request_no) REFERENCES request (request_no) ON DELETE RESTRICT,
    CONSTRAINT fk_referral_referred_by FOREIGN KEY(referred_by) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE TABLE request_caller (
    request_no TEXT NOT NULL,
    n BIGINT NOT NULL,
    customer_id TEXT,
    at TEXT NOT NULL,
    told_on TEXT CONSTRAINT ck_request_caller_told_on CHECK (told_on LIKE '____-__-__'),
    language TEXT,
    name TEXT,
    reach TEXT,
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_request_caller PRIMARY KEY (request_no, n),
    CONSTRAINT fk_request_caller_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_request_caller_request_no FOREIGN KEY(request_no) REFERENCES request (request_no) ON DELETE RESTRICT,
    CONSTRAINT fk_request_caller_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT
);

CREATE TABLE request_link (
    request_no TEXT NOT NULL,
    subject TEXT NOT NULL,
    added_on TEXT NOT NULL CONSTRAINT ck_request_link_added_on CHECK (added_on LIKE '____-__-__'),
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_request_link PRIMARY KEY (request_no, subject),
    CONSTRAINT fk_request_link_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_request_link_request_no FOREIGN KEY(request_no) REFERENCES request (request_no) ON DELETE RESTRICT
);

CREATE TABLE request_note (
    request_no TEXT NOT NULL,
    n BIGINT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_request_note_kind CHECK (kind IN ('research', 'task', 'visit', 'call', 'letter', 'email')),
    state TEXT NOT NULL CONSTRAINT ck_request_note_state CHECK (state IN ('open', 'done', 'cancelled')),
    department TEXT,
    at TEXT NOT NULL,
    noted_by TEXT NOT NULL,
    due_on TEXT CONSTRAINT ck_request_note_due_on CHECK (due_on LIKE '____-__-__'),
    done_on TEXT CONSTRAINT ck_request_note_done_on CHECK (done_on LIKE '____-__-__'),
    said TEXT NOT NULL,
    answer TEXT,
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_request_note PRIMARY KEY (request_no, n),
    CONSTRAINT fk_request_note_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_request_note_request_no FOREIGN KEY(request_no) REFERENCES request (request_no) ON DELETE RESTRICT,
    CONSTRAINT fk_request_note_noted_by FOREIGN KEY(noted_by) REFERENCES staff (user_id) ON DELETE RESTRICT
);

CREATE TABLE visit (
    visit_no TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_visit_kind CHECK (kind IN ('ticket', 'contact')),
    ticket TEXT,
    day TEXT NOT NULL CONSTRAINT ck_visit_day CHECK (day LIKE '____-__-__'),
    reason TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_visit_state CHECK (state IN ('waiting', 'called', 'serving', 'done', 'left')),
    priority BIGINT NOT NULL CONSTRAINT ck_visit_priority CHECK (priority IN (0, 1)),
    came_at TEXT NOT NULL,
    called_at TEXT,
    served_at TEXT,
    ended_at TEXT,
    counter TEXT,
    served_by TEXT,
    customer_id TEXT,
    request_no TEXT,
    language TEXT,
    minutes BIGINT,
    receipt_series TEXT,
    receipt_seq BIGINT,
    memo TEXT,
    version BIGINT NOT NULL,
    series_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_visit PRIMARY KEY (visit_no),
    CONSTRAINT fk_visit_receipt_series_receipt_seq FOREIGN KEY(receipt_series, receipt_seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_visit_series_id_seq FOREIGN KEY(series_id, seq) REFERENCES ledger_event (series_id, seq) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_visit_served_by FOREIGN KEY(served_by) REFERENCES staff (user_id) ON DELETE RESTRICT,
    CONSTRAINT fk_visit_customer_id FOREIGN KEY(customer_id) REFERENCES customer (customer_id) ON DELETE RESTRICT,
    CONSTRAINT fk_visit_request_no FOREIGN KEY(request_no) REFERENCES request (request_no) ON DELETE RESTRICT
);

CREATE INDEX ix_card_review ON card (state, review_on);

CREATE INDEX ix_form_handout_customer ON form_handout (customer_id);

CREATE INDEX ix_form_handout_state ON form_handout (state, given_at);

CREATE INDEX ix_help_call_state ON help_call (state);

CREATE INDEX ix_notice_effective ON notice (state, effective_on);

CREATE INDEX ix_card_showing_card ON card_showing (card_no);

CREATE INDEX ix_card_showing_customer ON card_showing (customer_id);

CREATE INDEX ix_request_customer ON request (customer_id);

CREATE INDEX ix_request_owner ON request (owner, state);

CREATE INDEX ix_request_site ON request (site_key);

CREATE INDEX ix_request_state ON request (state, due_on);

CREATE INDEX ix_referral_customer ON referral (customer_id);

CREATE INDEX ix_referral_state ON referral (state, follow_on);

CREATE INDEX ix_request_link_subject ON request_link (subject);

CREATE INDEX ix_visit_customer ON visit (customer_id);

CREATE INDEX ix_visit_day ON visit (day, state);
