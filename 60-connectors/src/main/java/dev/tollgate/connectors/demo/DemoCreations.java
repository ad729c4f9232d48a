// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.store.Crossing;
import dev.tollgate.store.Store;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.Value;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The demo CRM's own rules for the records that it lets others make: a refund request belongs to an
/// order, an order to an account, a task to an account, and owner, tenant and region are the account's,
/// whatever the caller says. A lead is nobody's yet. A request moves no money.
final class DemoCreations {
    private static final String REFUND = "refund_request";
    private static final String TASK = "activity";
    private static final String LEAD = "lead";
    private static final String REPLY = "case_reply";
    private static final List<String> FACTS = List.of("owner_id", "tenant_id", "region");

    private final InstantSource clock;

    DemoCreations(InstantSource clock) {
        this.clock = clock;
    }

    /// The record with everything that the system sets.
    ///
    /// @throws UpstreamBroken `rejected` when the record breaks a rule, `unsupported` for other objects
    Ask.Add completed(Store.Session session, Ask.Add add) {
        Map<String, Ask.Setting> settings = new TreeMap<>();
        for (Ask.Setting setting : add.settings()) {
            settings.put(setting.column().upstream(), setting);
        }
        Value now = new Value.Moment(clock.instant());
        switch (add.object()) {
            case REFUND -> {
                amount(settings);
                inherit(settings, ordering(session, text(settings, "account_id"), text(settings, "order_id")), FACTS);
                set(settings, "id", Ask.Kind.TEXT, Value.of(nextId(session, settings, REFUND, "ref")));
                set(settings, "status", Ask.Kind.TEXT, Value.of("requested"));
                set(settings, "created_at", Ask.Kind.MOMENT, now);
            }
            case TASK -> {
                inherit(settings, account(session, text(settings, "account_id")), FACTS);
                set(settings, "id", Ask.Kind.TEXT, Value.of(nextId(session, settings, TASK, "act")));
                set(settings, "kind", Ask.Kind.TEXT, Value.of("task"));
                set(settings, "direction", Ask.Kind.TEXT, Value.of("outbound"));
                set(settings, "occurred_at", Ask.Kind.MOMENT, now);
            }
            case LEAD -> {
                set(settings, "id", Ask.Kind.TEXT, Value.of(nextId(session, settings, LEAD, "lea")));
                set(settings, "lead_status", Ask.Kind.TEXT, Value.of("new"));
                set(settings, "region", Ask.Kind.TEXT, Value.of("eu"));
                // Nobody works it before it is handed over, whatever the caller says.
                set(settings, "owner_id", Ask.Kind.TEXT, Value.NULL);
            }
            default -> throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        set(settings, "updated_at", Ask.Kind.MOMENT, now);
        return new Ask.Add(add.object(), add.id(), new ArrayList<>(settings.values()), add.columns(), add.versioned());
    }

    /// An answer on a case with everything that the system sets: which tenant's it is, and when it was given.
    ///
    /// @throws UpstreamBroken `rejected` when there is no such case, `unsupported` for anything but an answer
    Ask.Send answered(Store.Session session, Ask.Send send) {
        if (!send.object().equals(REPLY)) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        Map<String, Ask.Setting> settings = new TreeMap<>();
        for (Ask.Setting setting : send.settings()) {
            settings.put(setting.column().upstream(), setting);
        }
        Store.Record answered = session.one(
                        "select account_id, tenant_id from demo_case where id = ?", text(settings, "case_id"))
                .orElseThrow(() -> new UpstreamBroken(Why.REJECTED));
        inherit(settings, answered, List.of("account_id", "tenant_id"));
        set(settings, "id", Ask.Kind.TEXT, Value.of(nextId(session, settings, REPLY, "rep")));
        set(settings, "created_at", Ask.Kind.MOMENT, new Value.Moment(clock.instant()));
        return new Ask.Send(send.object(), send.id(), new ArrayList<>(settings.values()), send.columns(), send.bond());
    }

    /// What others made, others may end: requests and tasks. A conversation of the same object is not
    /// there for it.
    ///
    /// @throws UpstreamBroken `unsupported` for any other object
    Ask.Remove ended(Ask.Remove remove) {
        return switch (remove.object()) {
            case REFUND -> remove;
            case TASK -> {
                Ask.Pick pick = remove.pick();
                List<Ask.Filter> filters = new ArrayList<>(pick.filters());
                Ask.Column kind = new Ask.Column("kind", Ask.Kind.TEXT);
                filters.add(new Ask.Filter(kind, Comparison.EQUALS, Value.of("task")));
                yield new Ask.Remove(
                        remove.object(),
                        remove.id(),
                        new Ask.Pick(pick.record(), filters, pick.version(), pick.stamp(), pick.versioned()));
            }
            default -> throw new UpstreamBroken(Why.UNSUPPORTED);
        };
    }

    private static void amount(Map<String, Ask.Setting> settings) {
        boolean positive = value(settings, "amount") instanceof Value.Num amount
                && amount.number().signum() > 0;
        if (!positive) {
            throw new UpstreamBroken(Why.REJECTED);
        }
    }

    private static void inherit(Map<String, Ask.Setting> settings, Store.Record from, List<String> facts) {
        for (String fact : facts) {
            Value own = Value.of(from.text(fact));
            Value said = value(settings, fact);
            if (!(said instanceof Value.Null) && !said.equals(own)) {
                throw new UpstreamBroken(Why.REJECTED);
            }
            set(settings, fact, Ask.Kind.TEXT, own);
        }
    }

    private static Store.Record ordering(Store.Session session, String account, String order) {
        return session.one(
                        "select a.owner_id, a.tenant_id, a.region from demo_account a"
                                + " join demo_order o on o.account_id = a.id where a.id = ? and o.id = ?",
                        account,
                        order)
                .orElseThrow(() -> new UpstreamBroken(Why.REJECTED));
    }

    private static Store.Record account(Store.Session session, String account) {
        return session.one("select owner_id, tenant_id, region from demo_account where id = ?", account)
                .orElseThrow(() -> new UpstreamBroken(Why.REJECTED));
    }

    /// One more than the greatest: ids have leading zeros, and one that ended is not given again while a
    /// later one is there.
    private static String nextId(
            Store.Session session, Map<String, Ask.Setting> settings, String object, String prefix) {
        TenantId tenant = new TenantId(text(settings, "tenant_id"));
        session.lock("demo-" + object + "-id");
        session.across(Crossing.DEMO);
        Store.Record last = session.query("select max(id) as last from " + DemoDialect.PREFIX + object)
                .getFirst();
        session.within(tenant);
        int number = last.textIfAny("last")
                .map(id -> Integer.parseInt(id.substring(prefix.length() + 1)))
                .orElse(0);
        return DemoChance.id(prefix, number + 1);
    }

    private static Value value(Map<String, Ask.Setting> settings, String column) {
        Ask.Setting setting = settings.get(column);
        return setting == null ? Value.NULL : setting.value();
    }

    private static String text(Map<String, Ask.Setting> settings, String column) {
        if (value(settings, column) instanceof Value.Text text) {
            return text.text();
        }
        throw new UpstreamBroken(Why.REJECTED);
    }

    private static void set(Map<String, Ask.Setting> settings, String column, Ask.Kind kind, Value value) {
        settings.put(column, new Ask.Setting(new Ask.Column(column, kind), value));
    }
}
