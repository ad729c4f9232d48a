// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Leads, opportunities and activities.
final class DemoSales {
    private static final int LEADS = 300;
    private static final int OPPORTUNITIES = 700;
    private static final int ACTIVITIES = 1_400;

    private final DemoTable leads = new DemoTable(
            "lead",
            "id",
            "name",
            "company",
            "job_title",
            "email",
            "phone",
            "lead_source",
            "lead_status",
            "territory",
            "industry",
            "employee_count",
            "annual_revenue_band",
            "icp_fit_score",
            "intent_score",
            "marketing_consent",
            "message",
            "next_meeting_date",
            "owner_id",
            "tenant_id",
            "region",
            "updated_at");
    private final DemoTable opportunities = new DemoTable(
            "opportunity",
            "id",
            "account_id",
            "name",
            "stage",
            "stage_suggestion",
            "amount",
            "currency",
            "discount_percent",
            "forecast_category",
            "close_date",
            "probability",
            "next_step",
            "agent_suggested_next_step",
            "next_meeting_date",
            "loss_reason",
            "primary_competitor",
            "buying_committee_coverage",
            "internal_margin_note",
            "owner_id",
            "tenant_id",
            "region",
            "created_at",
            "updated_at");
    private final DemoTable activities = new DemoTable(
            "activity",
            "id",
            "account_id",
            "contact_id",
            "opportunity_id",
            "kind",
            "direction",
            "occurred_at",
            "duration_minutes",
            "subject",
            "summary",
            "body",
            "sentiment",
            "participants",
            "owner_id",
            "tenant_id",
            "region",
            "updated_at");
    private final DemoChance chance;
    private final DemoShare share;

    DemoSales(long seed, Instant now, List<DemoAccount> accounts) {
        this.chance = new DemoChance(seed, now);
        this.share = new DemoShare(accounts, chance);
        for (int number = 1; number <= LEADS; number++) {
            addLead(number, share.account(number));
        }
        for (int number = 1; number <= OPPORTUNITIES; number++) {
            addOpportunity(number, share.account(number));
        }
        for (int number = 1; number <= ACTIVITIES; number++) {
            addActivity(number, share.account(number));
        }
    }

    List<DemoTable> tables() {
        return List.of(leads, opportunities, activities);
    }

    private void addLead(int number, DemoAccount near) {
        String name = chance.person();
        String company = chance.pick(DemoWords.FIRM) + " " + chance.pick(DemoWords.TRADE);
        String message = number == 2 || chance.oneIn(15)
                ? DemoHostile.injection(chance.random())
                : "We saw you at the fair and would like to know more about " + chance.pick(DemoWords.PRODUCT) + ".";
        leads.add(
                DemoChance.id("lea", number),
                name,
                company,
                chance.pick(DemoWords.JOB),
                name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@"
                        + company.toLowerCase(Locale.ROOT).replace(' ', '-') + ".example",
                chance.phone(near.country()),
                chance.pick(List.of("website", "event", "referral", "outbound", "partner", "advertising")),
                chance.pick(List.of("new", "working", "nurturing", "qualified", "unqualified")),
                near.territory(),
                chance.pick(DemoWords.INDUSTRY),
                (long) chance.between(5, 4_000),
                chance.pick(DemoWords.BAND),
                (long) chance.between(10, 99),
                (long) chance.between(5, 95),
                chance.oneIn(2),
                message,
                chance.oneIn(3) ? chance.day(chance.between(1, 30)) : null,
                near.owner(),
                near.tenant(),
                near.region(),
                chance.ago(share.daysAgo(number)));
    }

    private void addOpportunity(int number, DemoAccount account) {
        int changed = share.daysAgo(number);
        String stage = number == 1
                ? "negotiation"
                : chance.pick(List.of("prospecting", "discovery", "proposal", "negotiation", "won", "lost"));
        boolean closed = stage.equals("won") || stage.equals("lost");
        opportunities.add(
                DemoChance.id("opp", number),
                account.id(),
                account.name() + " – " + chance.pick(DemoWords.PRODUCT),
                stage,
                number % 5 == 0 && !closed ? "negotiation" : null,
                chance.money(2_000, 400_000),
                account.currency(),
                chance.between(0, 25) * 10_000L,
                closed ? "closed" : chance.pick(List.of("pipeline", "best case", "commit", "omitted")),
                chance.day(closed ? -changed : chance.between(5, 200)),
                (long) chance.between(5, 95),
                number == 3 || chance.oneIn(60)
                        ? DemoHostile.injection(chance.random())
                        : chance.pick(DemoWords.NEXT_STEP),
                chance.oneIn(4) ? chance.pick(DemoWords.NEXT_STEP) : null,
                closed ? null : chance.day(chance.between(1, 40)),
                stage.equals("lost")
                        ? chance.pick(List.of("price", "product", "timing", "competitor", "no decision", "other"))
                        : null,
                chance.oneIn(2) ? chance.pick(DemoWords.FIRM) + " Systems" : null,
                (long) chance.between(0, 100),
                "Floor is " + chance.between(11, 38) + " % margin, list price is negotiable to that",
                account.owner(),
                account.tenant(),
                account.region(),
                chance.ago(changed + chance.between(5, 200)),
                chance.ago(changed));
    }

    private void addActivity(int number, DemoAccount account) {
        int ago = share.daysAgo(number);
        Instant occurred = chance.ago(ago);
        String kind = number == 1 ? "email" : chance.pick(List.of("email", "email", "call", "meeting", "chat"));
        String contact = share.contact(account);
        activities.add(
                DemoChance.id("act", number),
                account.id(),
                contact,
                chance.oneIn(3) ? DemoChance.id("opp", Math.min(number, OPPORTUNITIES)) : null,
                kind,
                number == 1 || chance.oneIn(2) ? "inbound" : "outbound",
                occurred,
                kind.equals("email") ? null : (Object) (long) chance.between(4, 75),
                chance.pick(List.of("Rollout plan", "Next steps", "Follow-up", "Open questions", "Delivery dates")),
                chance.pick(DemoWords.SUMMARY),
                body(number),
                chance.pick(List.of("positive", "neutral", "neutral", "negative")),
                DemoChance.lines(
                        List.of(contact.replace("con_", "person") + "@" + account.domain(), "team@acme.example")),
                account.owner(),
                account.tenant(),
                account.region(),
                occurred);
    }

    private String body(int number) {
        if (number == 1) {
            return DemoHostile.PAYMENT_HISTORY;
        }
        if (number == 2 || chance.oneIn(20)) {
            return DemoHostile.injection(chance.random());
        }
        if (number == 3 || chance.oneIn(15)) {
            return DemoHostile.leak(chance.random());
        }
        return "Hello,\n\n" + chance.pick(DemoWords.SUMMARY) + "\n" + chance.pick(DemoWords.SUMMARY) + "\n\nRegards, "
                + chance.person();
    }
}
