// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import java.time.Instant;
import java.util.List;

/// Orders, invoices, payments and refund requests. An invoice has the number of its order, a payment of its invoice.
final class DemoBilling {
    private static final int ORDERS = 900;
    private static final int INVOICES = 700;
    private static final int PAYMENTS = 550;
    private static final int REFUNDS = 20;

    private final DemoTable orders = new DemoTable(
            "order",
            "id",
            "number",
            "account_id",
            "contact_id",
            "status",
            "items",
            "carrier",
            "tracking_number",
            "ordered_on",
            "expected_delivery",
            "delivered_on",
            "delay_reason",
            "shipping_address",
            "total",
            "currency",
            "payment_method",
            "warehouse_note",
            "owner_id",
            "tenant_id",
            "region",
            "updated_at");
    private final DemoTable invoices = new DemoTable(
            "invoice",
            "id",
            "number",
            "account_id",
            "order_id",
            "status",
            "amount",
            "tax",
            "amount_due",
            "currency",
            "issued_on",
            "due_on",
            "payment_terms",
            "billing_address",
            "dunning_note",
            "owner_id",
            "tenant_id",
            "region",
            "updated_at");
    private final DemoTable payments = new DemoTable(
            "payment",
            "id",
            "account_id",
            "invoice_id",
            "status",
            "amount",
            "currency",
            "method",
            "card_last4",
            "payer_iban",
            "paid_on",
            "failure_reason",
            "provider_reference",
            "provider_token",
            "owner_id",
            "tenant_id",
            "region",
            "updated_at");
    private final DemoTable refunds = new DemoTable(
            "refund_request",
            "id",
            "account_id",
            "order_id",
            "case_id",
            "amount",
            "currency",
            "reason",
            "justification",
            "status",
            "decided_by",
            "owner_id",
            "tenant_id",
            "region",
            "created_at",
            "updated_at");
    private final DemoChance chance;
    private final DemoShare share;

    DemoBilling(long seed, Instant now, List<DemoAccount> accounts) {
        this.chance = new DemoChance(seed, now);
        this.share = new DemoShare(accounts, chance);
        for (int number = 1; number <= ORDERS; number++) {
            addOrder(number, share.account(number));
        }
    }

    List<DemoTable> tables() {
        return List.of(orders, invoices, payments, refunds);
    }

    private void addOrder(int number, DemoAccount account) {
        int changed = share.daysAgo(number);
        String status = switch (number) {
            case 1 -> "delayed";
            case 2 -> "shipped";
            default ->
                chance.pick(List.of("placed", "packed", "shipped", "delivered", "delivered", "delayed", "returned"));
        };
        boolean late = status.equals("delayed");
        boolean arrived = status.equals("delivered") || status.equals("returned");
        boolean sent = arrived || late || status.equals("shipped");
        long total = chance.money(40, 9_000);
        orders.add(
                DemoChance.id("ord", number),
                "O-" + (70_000 + number),
                account.id(),
                share.contact(account),
                status,
                DemoChance.lines(List.of(
                        chance.between(1, 6) + " × " + chance.pick(DemoWords.ITEM),
                        chance.between(1, 3) + " × " + chance.pick(DemoWords.ITEM))),
                chance.pick(List.of("post", "dhl", "ups", "fedex", "courier")),
                sent ? "TRK" + chance.between(100_000_000, 999_999_999) : null,
                chance.day(-changed - 7),
                chance.day(-changed + 3),
                arrived ? chance.day(-changed) : null,
                late ? "The carrier's hub is overloaded; delivery is expected two days later." : null,
                chance.address(account.city()),
                total,
                account.currency(),
                chance.pick(List.of("card", "invoice", "direct debit")),
                chance.oneIn(5) ? "Repacked, box was wet. Do not mention." : null,
                account.owner(),
                account.tenant(),
                account.region(),
                chance.ago(changed));
        if (number <= INVOICES) {
            addInvoice(number, account, total, changed);
        }
        if (number <= REFUNDS) {
            addRefund(number, account, total, changed);
        }
    }

    private void addInvoice(int number, DemoAccount account, long total, int changed) {
        boolean paid = number <= PAYMENTS;
        long net = total * 10 / 12 / 100 * 100;
        invoices.add(
                DemoChance.id("inv", number),
                "INV-" + (10_000 + number),
                account.id(),
                DemoChance.id("ord", number),
                paid ? "paid" : chance.pick(List.of("draft", "sent", "overdue", "void")),
                net,
                total - net,
                paid ? 0L : total,
                account.currency(),
                chance.day(-changed - 5),
                chance.day(-changed + 25),
                chance.pick(List.of("prepaid", "14 days", "30 days", "60 days")),
                chance.address(account.city()),
                chance.oneIn(8) ? "Second reminder sent; hold deliveries if not paid by month end." : null,
                account.owner(),
                account.tenant(),
                account.region(),
                chance.ago(changed));
        if (paid) {
            addPayment(number, account, total, changed);
        }
    }

    private void addPayment(int number, DemoAccount account, long total, int changed) {
        boolean failed = chance.oneIn(12);
        payments.add(
                DemoChance.id("pay", number),
                account.id(),
                DemoChance.id("inv", number),
                failed ? "failed" : chance.pick(List.of("settled", "settled", "settled", "refunded", "disputed")),
                total,
                account.currency(),
                chance.pick(List.of("card", "transfer", "direct debit", "wallet")),
                Integer.toString(chance.between(1_000, 9_999)),
                chance.iban("DE"),
                chance.day(-changed),
                failed ? "insufficient funds" : null,
                "psp-" + chance.between(10_000_000, 99_999_999),
                DemoHostile.providerToken(chance.random()),
                account.owner(),
                account.tenant(),
                account.region(),
                chance.ago(changed));
    }

    private void addRefund(int number, DemoAccount account, long total, int changed) {
        refunds.add(
                DemoChance.id("ref", number),
                account.id(),
                DemoChance.id("ord", number),
                null,
                total / 2 / 100 * 100,
                account.currency(),
                chance.pick(List.of("damaged", "late", "wrong item", "not received", "duplicate", "other")),
                "Customer sent a picture of the damaged part.",
                chance.pick(List.of("requested", "approved", "refused", "paid")),
                null,
                account.owner(),
                account.tenant(),
                account.region(),
                chance.ago(changed),
                chance.ago(changed));
    }
}
