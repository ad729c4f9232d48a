// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import dev.tollgate.catalog.Contract;
import dev.tollgate.store.Store;
import java.util.Map;
import java.util.TreeMap;

/// Records of the demo CRM as it keeps them.
///
/// @param store    where it keeps them
/// @param contract what fields there are
record DemoRows(Store store, Contract contract) {
    Map<String, String> row(String object, String id) {
        return store.read(session -> {
            TreeMap<String, String> row = new TreeMap<>();
            contract.object(object)
                    .orElseThrow()
                    .fields()
                    .forEach(field -> row.put(
                            field.name(),
                            session.one(
                                            "select cast(\"" + field.name() + "\" as text) as held from \"demo_"
                                                    + object + "\" where \"id\" = ?",
                                            id)
                                    .flatMap(found -> found.textIfAny("held"))
                                    .orElse("(nothing)")));
            return row;
        });
    }

    String newest(String object) {
        return store.read(session -> session.one("select \"id\" as held from \"demo_" + object
                        + "\" where \"tenant_id\" = 'acme' order by \"updated_at\" desc, \"id\" limit 1"))
                .orElseThrow()
                .text("held");
    }

    String otherInvoice(String than) {
        return store.read(session -> session.one(
                        "select min(\"id\") as held from \"demo_invoice\" where \"tenant_id\" = 'acme' and \"id\" <> ?",
                        than))
                .orElseThrow()
                .text("held");
    }

    long count(String object) {
        return store.read(session -> session.one("select count(*) as held from \"demo_" + object + "\""))
                .orElseThrow()
                .number("held");
    }
}
