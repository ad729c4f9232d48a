// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import dev.tollgate.connectors.Ask;
import dev.tollgate.store.Store;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whose rows an ask is about, as the operation's rules say it. One that names no tenant finds nothing on PostgreSQL,
/// whatever its statement is.
final class DemoWall {
    private static final String TENANT = "tenant_id";

    private DemoWall() {}

    /// Puts what follows in the session behind the wall of the ask's tenant.
    static Store.Session behind(Store.Session session, Ask ask) {
        tenant(ask).ifPresent(session::within);
        return session;
    }

    private static Optional<TenantId> tenant(Ask ask) {
        return switch (ask) {
            case Ask.Find find -> named(find.filters());
            case Ask.Tally tally -> named(tally.filters());
            case Ask.Add add ->
                one(add.settings().stream()
                        .filter(setting -> setting.column().upstream().equals(TENANT))
                        .map(Ask.Setting::value));
            case Ask.Alter alter -> named(alter.pick().filters());
            case Ask.Remove remove -> named(remove.pick().filters());
            case Ask.Join join -> named(join.kept().filters());
            case Ask.Send send -> send.bond().flatMap(bond -> named(bond.filters()));
        };
    }

    private static Optional<TenantId> named(List<Ask.Filter> filters) {
        return one(filters.stream()
                .filter(filter -> filter.column().upstream().equals(TENANT) && filter.comparison() == Comparison.EQUALS)
                .map(Ask.Filter::value));
    }

    /// Two that differ name nobody.
    private static Optional<TenantId> one(Stream<Value> values) {
        Set<Value> different = values.collect(Collectors.toSet());
        return different.size() == 1
                        && different.iterator().next() instanceof Value.Text(String text)
                        && !text.isEmpty()
                ? Optional.of(new TenantId(text))
                : Optional.empty();
    }
}
