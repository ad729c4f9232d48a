// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Accounts and contacts. One account in five belongs to the second tenant; each tenant has its own people.
final class DemoCustomers {
    static final int ACCOUNTS = 2_000;
    private static final int FIRST_TENANT_OWNERS = 12;
    private static final int SECOND_TENANT_OWNERS = 6;

    private static final List<String[]> PLACES = List.of(
            new String[] {"Berlin", "DE", "eu", "dach", "EUR"},
            new String[] {"Zürich", "CH", "eu", "dach", "CHF"},
            new String[] {"Madrid", "ES", "eu", "emea-south", "EUR"},
            new String[] {"Lyon", "FR", "eu", "emea-south", "EUR"},
            new String[] {"Göteborg", "SE", "eu", "emea-north", "EUR"},
            new String[] {"Leeds", "GB", "eu", "emea-north", "GBP"},
            new String[] {"Boston", "US", "us", "us-east", "USD"},
            new String[] {"Denver", "US", "us", "us-west", "USD"},
            new String[] {"Osaka", "JP", "apac", "apac", "JPY"});

    private final DemoTable accounts = new DemoTable(
            "account",
            "id",
            "name",
            "website",
            "industry",
            "employee_count",
            "annual_revenue_band",
            "city",
            "country",
            "territory",
            "lifecycle_stage",
            "lifecycle_stage_suggestion",
            "icp_fit_score",
            "intent_score",
            "last_activity_date",
            "status",
            "fraud_status",
            "support_tier",
            "escalation_summary",
            "billing_email",
            "iban",
            "vat_number",
            "outstanding_balance",
            "contract_terms",
            "contract_end_date",
            "compliance_status",
            "owner_id",
            "tenant_id",
            "region",
            "created_at",
            "updated_at");
    private final DemoTable contacts = new DemoTable(
            "contact",
            "id",
            "account_id",
            "name",
            "job_title",
            "department",
            "email",
            "phone",
            "mobile",
            "address",
            "birth_date",
            "national_id",
            "language",
            "preferred_channel",
            "do_not_call",
            "marketing_consent",
            "marketing_consent_at",
            "buying_role",
            "last_activity_date",
            "interaction_summary",
            "risk_note",
            "medical_note",
            "owner_id",
            "tenant_id",
            "region",
            "updated_at");
    private final List<DemoAccount> made = new ArrayList<>(ACCOUNTS);
    private final DemoChance chance;

    DemoCustomers(long seed, Instant now) {
        this.chance = new DemoChance(seed, now);
        int contact = 1;
        for (int number = 1; number <= ACCOUNTS; number++) {
            int people = number == 1 ? 4 : 1 + number % 3;
            DemoAccount account = account(number, contact, people);
            made.add(account);
            addAccount(account);
            for (int at = 0; at < people; at++) {
                addContact(account, contact++, at);
            }
        }
    }

    List<DemoAccount> accounts() {
        return made;
    }

    List<DemoTable> tables() {
        return List.of(accounts, contacts);
    }

    private DemoAccount account(int number, int contact, int people) {
        boolean second = number % 5 == 0;
        String[] place = PLACES.get(number == 1 ? 0 : chance.random().nextInt(PLACES.size()));
        String firm = DemoWords.FIRM.get(number % DemoWords.FIRM.size());
        String trade = DemoWords.TRADE.get(number / DemoWords.FIRM.size() % DemoWords.TRADE.size());
        String suffix = DemoWords.SUFFIX.get((number / 1_000 * 3 + number % 3) % DemoWords.SUFFIX.size());
        String owner = second
                ? "usr_" + (101 + number / 5 % SECOND_TENANT_OWNERS)
                : "usr_"
                        + String.valueOf(1_001 + (number - 1) % FIRST_TENANT_OWNERS)
                                .substring(1);
        return new DemoAccount(
                DemoChance.id("acc", number),
                firm + " " + trade + " " + suffix,
                (firm + trade).toLowerCase(Locale.ROOT) + (number > 1_000 ? "2" : "") + ".example",
                number == 1 ? "usr_001" : owner,
                second ? "globex" : "acme",
                place[2],
                place[1],
                place[0],
                place[3],
                place[4],
                contact,
                people);
    }

    private void addAccount(DemoAccount account) {
        boolean first = account.first() == 1;
        boolean customer = first || chance.between(0, 9) < 6;
        int changed = chance.daysAgo();
        String stage = customer
                ? "customer"
                : chance.pick(List.of("subscriber", "lead", "qualified", "opportunity", "former"));
        accounts.add(
                account.id(),
                account.name(),
                "https://www." + account.domain(),
                chance.pick(DemoWords.INDUSTRY),
                (long) chance.between(5, 4_000),
                chance.pick(DemoWords.BAND),
                account.city(),
                account.country(),
                account.territory(),
                stage,
                chance.oneIn(6) ? "qualified" : null,
                (long) chance.between(10, 99),
                (long) chance.between(5, 95),
                chance.day(-changed),
                customer ? chance.pick(List.of("active", "active", "active", "onboarding", "paused")) : "churned",
                account.first() % 40 == 3 ? "suspected" : "clear",
                first ? "premium" : chance.pick(List.of("basic", "standard", "premium", "enterprise")),
                first || chance.oneIn(12) ? chance.pick(DemoWords.ESCALATION) : null,
                "billing@" + account.domain(),
                chance.iban("US".equals(account.country()) ? "DE" : account.country()),
                account.country() + chance.between(100_000_000, 999_999_999),
                chance.oneIn(3) ? chance.money(50, 40_000) : 0L,
                chance.between(1, 3) + " years, " + chance.between(3, 25) + " % discount, liability capped at "
                        + chance.between(1, 9) + " yearly fees",
                chance.day(chance.between(-60, 900)),
                "clear",
                account.owner(),
                account.tenant(),
                account.region(),
                chance.ago(changed + chance.between(200, 1_500)),
                chance.ago(changed));
    }

    private void addContact(DemoAccount account, int number, int at) {
        String name = chance.person();
        int changed = number == 1 ? 3 : chance.daysAgo();
        boolean agreed = chance.oneIn(2);
        String injected = number == 7 || chance.oneIn(400) ? DemoHostile.injection(chance.random()) : null;
        contacts.add(
                DemoChance.id("con", number),
                account.id(),
                name,
                injected == null ? chance.pick(DemoWords.JOB) : injected,
                chance.pick(DemoWords.DEPARTMENT),
                name.toLowerCase(Locale.ROOT).replace(' ', '.') + (at == 0 ? "" : at) + "@" + account.domain(),
                chance.phone(account.country()),
                chance.phone(account.country()),
                chance.address(account.city()),
                chance.day(-chance.between(8_000, 23_000)),
                account.country() + "-" + chance.between(10_000_000, 99_999_999),
                chance.pick(DemoWords.LANGUAGE),
                chance.pick(List.of("email", "phone", "video", "none")),
                chance.oneIn(8),
                agreed,
                agreed ? chance.day(-chance.between(10, 900)) : null,
                chance.pick(List.of("champion", "economic buyer", "technical buyer", "user", "blocker", "none")),
                chance.day(-changed),
                chance.pick(DemoWords.SUMMARY),
                number == 1 || chance.oneIn(9) ? chance.pick(DemoWords.NOTE) : null,
                number == 1 || chance.oneIn(25) ? "Mentioned a heart condition; no calls after six." : null,
                account.owner(),
                account.tenant(),
                account.region(),
                chance.ago(changed));
    }
}
