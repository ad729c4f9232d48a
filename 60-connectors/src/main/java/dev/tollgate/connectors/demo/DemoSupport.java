// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import dev.tollgate.terms.Fact;
import java.time.Instant;
import java.util.List;

/// Cases, what was answered on them, notes, escalation notes and articles.
final class DemoSupport {
    private static final int CASES = 500;
    private static final int NOTES = 500;
    private static final int ESCALATIONS = 80;
    private static final int ARTICLES = 48;

    private final DemoTable cases = new DemoTable(
            "case",
            "id",
            "number",
            "account_id",
            "contact_id",
            "subject",
            "description",
            "status",
            "priority",
            "product",
            "policy_set",
            "category",
            "internal_notes_category",
            "incident_summary",
            "safe_steps",
            "internal_investigation_notes",
            "resolution",
            "customer_message_draft",
            "risk_flag",
            "owner_id",
            "tenant_id",
            "region",
            "created_at",
            "updated_at");
    private final DemoTable replies = new DemoTable(
            "case_reply", "id", "case_id", "account_id", "contact_id", "sent_to", "body", "tenant_id", "created_at");
    private final DemoTable notes = new DemoTable(
            "note",
            "id",
            "account_id",
            "contact_id",
            "title",
            "body",
            "topic",
            "author_id",
            "owner_id",
            "tenant_id",
            "region",
            "created_at",
            "updated_at");
    private final DemoTable escalations = new DemoTable(
            "escalation_note",
            "id",
            "account_id",
            "case_id",
            "severity",
            "status",
            "body",
            "blame",
            "executive_sponsor",
            "author_id",
            "owner_id",
            "tenant_id",
            "region",
            "created_at",
            "updated_at");
    private final DemoTable articles = new DemoTable(
            "article",
            "id",
            "title",
            "product",
            "geography",
            "policy_set",
            "audience",
            "body",
            "internal_procedure",
            "status",
            "tenant_id",
            "region",
            "updated_at");
    private final DemoChance chance;
    private final DemoShare share;

    DemoSupport(long seed, Instant now, List<DemoAccount> accounts) {
        this.chance = new DemoChance(seed, now);
        this.share = new DemoShare(accounts, chance);
        for (int number = 1; number <= CASES; number++) {
            addCase(number, share.account(number));
        }
        for (int number = 1; number <= NOTES; number++) {
            addNote(number, share.account(number));
        }
        for (int number = 1; number <= ESCALATIONS; number++) {
            addEscalation(number, share.account(number));
        }
        for (int number = 1; number <= ARTICLES; number++) {
            addArticle(number);
        }
    }

    List<DemoTable> tables() {
        return List.of(cases, replies, notes, escalations, articles);
    }

    private void addCase(int number, DemoAccount account) {
        int changed = share.daysAgo(number);
        int kind = number == 1 ? 1 : chance.random().nextInt(DemoWords.CASE_TEXT.size());
        String status =
                number <= 3 ? "open" : chance.pick(List.of("new", "open", "waiting", "escalated", "solved", "closed"));
        boolean solved = status.equals("solved") || status.equals("closed");
        String contact = share.contact(account);
        cases.add(
                DemoChance.id("cas", number),
                "C-" + (40_000 + number),
                account.id(),
                contact,
                DemoWords.CASE_SUBJECT.get(kind),
                caseText(number, kind),
                status,
                chance.pick(List.of("low", "normal", "normal", "high", "urgent")),
                chance.pick(DemoWords.PRODUCT),
                number % 7 == 0 ? "regulated" : number % 11 == 0 ? "partner" : "standard",
                number == 1
                        ? "delivery"
                        : chance.pick(List.of("question", "incident", "defect", "delivery", "billing", "account")),
                "none",
                chance.pick(DemoWords.SUMMARY),
                chance.pick(DemoWords.STEPS),
                number <= 3 || chance.oneIn(2) ? chance.pick(DemoWords.INVESTIGATION) : null,
                solved ? "Solved: " + chance.pick(DemoWords.STEPS) : null,
                chance.oneIn(4) ? "Dear customer, we are looking into it and will write again tomorrow." : null,
                number == 4 ? "social engineering" : chance.oneIn(25) ? "fraud" : "none",
                account.owner(),
                account.tenant(),
                account.region(),
                chance.ago(changed + chance.between(1, 20)),
                chance.ago(changed));
        if (solved) {
            replies.add(
                    DemoChance.id("rep", replies.rows().size() + 1),
                    DemoChance.id("cas", number),
                    account.id(),
                    contact,
                    null,
                    "Thank you for waiting. We have solved it.",
                    account.tenant(),
                    cases.rows().getLast().getLast());
        }
    }

    private String caseText(int number, int kind) {
        String text = DemoWords.CASE_TEXT.get(kind);
        if (number == 1) {
            return text + " " + DemoHostile.BILLING_IN_DELIVERY;
        }
        if (number == 2 || chance.oneIn(18)) {
            return text + "\n" + DemoHostile.injection(chance.random());
        }
        if (number == 3 || chance.oneIn(14)) {
            return text + "\n" + DemoHostile.leak(chance.random());
        }
        // Weird unicode and long text are normal input (requirement S4-25).
        return number == 5 ? text + " \uD83D\uDE80 \u202Etxet desrever\u202C " + text.repeat(40) : text;
    }

    private void addNote(int number, DemoAccount account) {
        int changed = share.daysAgo(number);
        String body = chance.pick(DemoWords.NOTE);
        if (number == 2) {
            body = "Portal access of the customer for tests: " + DemoHostile.apiKey(chance.random());
        } else if (chance.oneIn(16)) {
            body = body + " " + DemoHostile.injection(chance.random());
        }
        notes.add(
                DemoChance.id("not", number),
                account.id(),
                chance.oneIn(2) ? share.contact(account) : null,
                chance.pick(List.of("Before the next call", "Price talk", "Careful", "Background")),
                body,
                chance.pick(List.of("relationship", "pricing", "product", "legal", "personal", "other")),
                account.owner(),
                account.owner(),
                account.tenant(),
                account.region(),
                chance.ago(changed + 1),
                chance.ago(changed));
    }

    private void addEscalation(int number, DemoAccount account) {
        int changed = share.daysAgo(number);
        escalations.add(
                DemoChance.id("esc", number),
                account.id(),
                number <= 3 ? DemoChance.id("cas", number) : null,
                chance.pick(List.of("watch", "serious", "critical")),
                chance.pick(List.of("open", "contained", "closed")),
                chance.pick(DemoWords.ESCALATION),
                "Release team, " + chance.person(),
                chance.person(),
                account.owner(),
                account.owner(),
                account.tenant(),
                account.region(),
                chance.ago(changed + 2),
                chance.ago(changed));
    }

    private void addArticle(int number) {
        boolean second = number % 5 == 0;
        String title = DemoWords.ARTICLE.get(number % DemoWords.ARTICLE.size());
        articles.add(
                DemoChance.id("art", number),
                title + (number >= DemoWords.ARTICLE.size() ? " (" + number + ")" : ""),
                number % 8 == 0 ? Fact.ANY : chance.pick(DemoWords.PRODUCT),
                chance.pick(List.of("eu", "us", "apac", Fact.ANY)),
                number % 6 == 0 ? Fact.ANY : chance.pick(List.of("standard", "regulated", "partner")),
                chance.oneIn(4) ? "internal" : "customer",
                chance.pick(DemoWords.STEPS) + " " + chance.pick(DemoWords.STEPS),
                "If the customer insists, credit up to " + chance.between(5, 40) + " and close. "
                        + chance.pick(DemoWords.INVESTIGATION),
                chance.pick(List.of("published", "published", "published", "draft", "retired")),
                second ? "globex" : "acme",
                chance.pick(List.of("eu", "us", "apac")),
                chance.ago(chance.between(5, 900)));
    }
}
