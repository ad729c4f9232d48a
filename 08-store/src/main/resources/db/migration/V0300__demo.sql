-- The demo CRM: one table an object of its contract (bundles/default/contracts/demo.yaml), one column a field.
-- Decimals are ten-thousandths, moments microseconds, days ISO 8601 text, truth 0 or 1, lists lines of text.

create table "demo_account" (
    "id" varchar(256) not null primary key,
    "name" text,
    "website" text,
    "industry" text,
    "employee_count" bigint,
    "annual_revenue_band" text,
    "city" text,
    "country" text,
    "territory" text,
    "lifecycle_stage" text,
    "lifecycle_stage_suggestion" text,
    "icp_fit_score" bigint,
    "intent_score" bigint,
    "last_activity_date" varchar(10),
    "status" text,
    "support_tier" text,
    "escalation_summary" text,
    "billing_email" text,
    "iban" text,
    "vat_number" text,
    "outstanding_balance" bigint,
    "contract_terms" text,
    "contract_end_date" varchar(10),
    "owner_id" varchar(256),
    "tenant_id" varchar(256) not null,
    "region" text not null,
    "created_at" bigint,
    "updated_at" bigint not null
);

create table "demo_contact" (
    "id" varchar(256) not null primary key,
    "account_id" varchar(256),
    "name" text,
    "job_title" text,
    "department" text,
    "email" text,
    "phone" text,
    "mobile" text,
    "address" text,
    "birth_date" varchar(10),
    "national_id" text,
    "language" text,
    "preferred_channel" text,
    "do_not_call" bigint,
    "marketing_consent" bigint,
    "marketing_consent_at" varchar(10),
    "buying_role" text,
    "last_activity_date" varchar(10),
    "interaction_summary" text,
    "risk_note" text,
    "medical_note" text,
    "owner_id" varchar(256),
    "tenant_id" varchar(256) not null,
    "region" text not null,
    "updated_at" bigint not null
);
create index "demo_contact_account" on "demo_contact" ("account_id");

create table "demo_lead" (
    "id" varchar(256) not null primary key,
    "name" text,
    "company" text,
    "job_title" text,
    "email" text,
    "phone" text,
    "lead_source" text,
    "lead_status" text,
    "territory" text,
    "industry" text,
    "employee_count" bigint,
    "annual_revenue_band" text,
    "icp_fit_score" bigint,
    "intent_score" bigint,
    "marketing_consent" bigint,
    "message" text,
    "next_meeting_date" varchar(10),
    "owner_id" varchar(256),
    "tenant_id" varchar(256) not null,
    "region" text not null,
    "updated_at" bigint not null
);

create table "demo_opportunity" (
    "id" varchar(256) not null primary key,
    "account_id" varchar(256),
    "name" text,
    "stage" text,
    "amount" bigint,
    "currency" text,
    "discount_percent" bigint,
    "forecast_category" text,
    "close_date" varchar(10),
    "probability" bigint,
    "next_step" text,
    "agent_suggested_next_step" text,
    "next_meeting_date" varchar(10),
    "loss_reason" text,
    "primary_competitor" text,
    "buying_committee_coverage" bigint,
    "internal_margin_note" text,
    "owner_id" varchar(256),
    "tenant_id" varchar(256) not null,
    "region" text not null,
    "created_at" bigint,
    "updated_at" bigint not null
);
create index "demo_opportunity_account" on "demo_opportunity" ("account_id");

create table "demo_case" (
    "id" varchar(256) not null primary key,
    "number" text,
    "account_id" varchar(256),
    "contact_id" varchar(256),
    "subject" text,
    "description" text,
    "status" text,
    "priority" text,
    "product" text,
    "category" text,
    "incident_summary" text,
    "safe_steps" text,
    "internal_investigation_notes" text,
    "resolution" text,
    "customer_message_draft" text,
    "risk_flag" text,
    "owner_id" varchar(256),
    "tenant_id" varchar(256) not null,
    "region" text not null,
    "created_at" bigint,
    "updated_at" bigint not null
);
create index "demo_case_account" on "demo_case" ("account_id");

create table "demo_order" (
    "id" varchar(256) not null primary key,
    "number" text,
    "account_id" varchar(256),
    "contact_id" varchar(256),
    "status" text,
    "items" text,
    "carrier" text,
    "tracking_number" text,
    "ordered_on" varchar(10),
    "expected_delivery" varchar(10),
    "delivered_on" varchar(10),
    "delay_reason" text,
    "shipping_address" text,
    "total" bigint,
    "currency" text,
    "payment_method" text,
    "warehouse_note" text,
    "owner_id" varchar(256),
    "tenant_id" varchar(256) not null,
    "region" text not null,
    "updated_at" bigint not null
);
create index "demo_order_account" on "demo_order" ("account_id");

create table "demo_invoice" (
    "id" varchar(256) not null primary key,
    "number" text,
    "account_id" varchar(256),
    "order_id" varchar(256),
    "status" text,
    "amount" bigint,
    "tax" bigint,
    "amount_due" bigint,
    "currency" text,
    "issued_on" varchar(10),
    "due_on" varchar(10),
    "payment_terms" text,
    "billing_address" text,
    "dunning_note" text,
    "owner_id" varchar(256),
    "tenant_id" varchar(256) not null,
    "region" text not null,
    "updated_at" bigint not null
);
create index "demo_invoice_account" on "demo_invoice" ("account_id");

create table "demo_payment" (
    "id" varchar(256) not null primary key,
    "account_id" varchar(256),
    "invoice_id" varchar(256),
    "status" text,
    "amount" bigint,
    "currency" text,
    "method" text,
    "card_last4" text,
    "payer_iban" text,
    "paid_on" varchar(10),
    "failure_reason" text,
    "provider_reference" text,
    "provider_token" text,
    "owner_id" varchar(256),
    "tenant_id" varchar(256) not null,
    "region" text not null,
    "updated_at" bigint not null
);
create index "demo_payment_account" on "demo_payment" ("account_id");

create table "demo_activity" (
    "id" varchar(256) not null primary key,
    "account_id" varchar(256),
    "contact_id" varchar(256),
    "opportunity_id" varchar(256),
    "kind" text,
    "direction" text,
    "occurred_at" bigint,
    "duration_minutes" bigint,
    "subject" text,
    "summary" text,
    "body" text,
    "sentiment" text,
    "participants" text,
    "owner_id" varchar(256),
    "tenant_id" varchar(256) not null,
    "region" text not null,
    "updated_at" bigint not null
);
create index "demo_activity_account" on "demo_activity" ("account_id");

create table "demo_note" (
    "id" varchar(256) not null primary key,
    "account_id" varchar(256),
    "contact_id" varchar(256),
    "title" text,
    "body" text,
    "topic" text,
    "author_id" varchar(256),
    "owner_id" varchar(256),
    "tenant_id" varchar(256) not null,
    "region" text not null,
    "created_at" bigint,
    "updated_at" bigint not null
);
create index "demo_note_account" on "demo_note" ("account_id");

create table "demo_escalation_note" (
    "id" varchar(256) not null primary key,
    "account_id" varchar(256),
    "case_id" varchar(256),
    "severity" text,
    "status" text,
    "body" text,
    "blame" text,
    "executive_sponsor" text,
    "author_id" varchar(256),
    "owner_id" varchar(256),
    "tenant_id" varchar(256) not null,
    "region" text not null,
    "created_at" bigint,
    "updated_at" bigint not null
);
create index "demo_escalation_note_account" on "demo_escalation_note" ("account_id");

create table "demo_article" (
    "id" varchar(256) not null primary key,
    "title" text,
    "product" text,
    "geography" text,
    "policy_set" text,
    "audience" text,
    "body" text,
    "internal_procedure" text,
    "status" text,
    "tenant_id" varchar(256) not null,
    "region" text not null,
    "updated_at" bigint not null
);

create table "demo_refund_request" (
    "id" varchar(256) not null primary key,
    "account_id" varchar(256),
    "order_id" varchar(256),
    "case_id" varchar(256),
    "amount" bigint,
    "currency" text,
    "reason" text,
    "justification" text,
    "status" text,
    "decided_by" varchar(256),
    "owner_id" varchar(256),
    "tenant_id" varchar(256) not null,
    "region" text not null,
    "created_at" bigint,
    "updated_at" bigint not null
);
create index "demo_refund_request_account" on "demo_refund_request" ("account_id");

-- One row once the data set is loaded; later starts find it and load nothing.
create table "demo_loaded" (
    "id" bigint not null primary key check ("id" = 1),
    "seed" bigint not null,
    "loaded_at" bigint not null
);
