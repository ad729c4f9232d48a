// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.store.Store;
import dev.tollgate.terms.Value;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The demo CRM's own rules for the one record that it lets others make: a refund request belongs to an order, an order
/// to an account, and owner, tenant and region are the account's, whatever the caller says. A request moves no money.
final class DemoRefunds {
    private static final String OBJECT = "refund_request";

    private final InstantSource clock;

    DemoRefunds(InstantSource clock) {
        this.clock = clock;
    }

    /// The request with everything that the system sets.
    ///
    /// @throws UpstreamBroken `rejected` when the request breaks a rule, `unsupported` for any other object
    Ask.Add completed(Store.Session session, Ask.Add add) {
        if (!add.object().equals(OBJECT)) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        Map<String, Ask.Setting> settings = new TreeMap<>();
        for (Ask.Setting setting : add.settings()) {
            settings.put(setting.column().upstream(), setting);
        }
        if (!(value(settings, "amount") instanceof Value.Num amount)
                || amount.number().signum() <= 0) {
            throw new UpstreamBroken(Why.REJECTED);
        }
        Store.Record account = account(session, text(settings, "account_id"), text(settings, "order_id"));
        for (String fact : List.of("owner_id", "tenant_id", "region")) {
            Value own = Value.of(account.text(fact));
            Value said = value(settings, fact);
            if (!(said instanceof Value.Null) && !said.equals(own)) {
                throw new UpstreamBroken(Why.REJECTED);
            }
            set(settings, fact, Ask.Kind.TEXT, own);
        }
        Value now = new Value.Moment(clock.instant());
        set(settings, "id", Ask.Kind.TEXT, Value.of(nextId(session)));
        set(settings, "status", Ask.Kind.TEXT, Value.of("requested"));
        set(settings, "created_at", Ask.Kind.MOMENT, now);
        set(settings, "updated_at", Ask.Kind.MOMENT, now);
        return new Ask.Add(add.object(), add.id(), new ArrayList<>(settings.values()), add.columns());
    }

    private static Store.Record account(Store.Session session, String account, String order) {
        return session.one(
                        "select a.owner_id, a.tenant_id, a.region from demo_account a"
                                + " join demo_order o on o.account_id = a.id where a.id = ? and o.id = ?",
                        account,
                        order)
                .orElseThrow(() -> new UpstreamBroken(Why.REJECTED));
    }

    private static String nextId(Store.Session session) {
        session.lock("demo-refund-request-id");
        long last = session.query("select count(*) as requests from demo_refund_request")
                .getFirst()
                .number("requests");
        return DemoChance.id("ref", Math.toIntExact(last + 1));
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
