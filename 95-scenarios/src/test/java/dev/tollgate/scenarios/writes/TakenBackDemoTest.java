// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// Tasks of the demo CRM, with the tools of the built-in contract, on SQLite.
class TakenBackDemoTest extends TakenBackContract {
    private final GatewayUnderTest gateway;
    private final Store store;

    TakenBackDemoTest(@TempDir Path folder) {
        Path data = folder.resolve("data");
        MovingClock clock = new MovingClock();
        GatewayUnderTest.seed(data, clock, _ -> {});
        gateway = GatewayUnderTest.start(
                GatewayUnderTest.withBundle(GatewayUnderTest.embedded(data), OpenBundle.at(folder.resolve("bundle"))),
                clock);
        store = Stores.open(StoreConfig.sqlite(data.resolve("tollgate.db")));
    }

    @AfterEach
    void stop() {
        gateway.close();
        store.close();
    }

    @Override
    GatewayUnderTest gateway() {
        return gateway;
    }

    @Override
    Store store() {
        return store;
    }

    @Override
    List<String> options() {
        return List.of();
    }

    @Override
    String[] scopes() {
        return new String[] {"crm:activity:create", "crm:activity:delete", "crm:activity:read", "crm:account:reconcile"
        };
    }

    @Override
    WireClient.Reply make(WireClient agent, String value) {
        return agent.call("task_create", "{\"values\":{\"account_id\":\"acc_000001\",\"subject\":\"" + value + "\"}}");
    }

    @Override
    WireClient.Reply remove(WireClient agent, String id) {
        return agent.call("task_delete", "{\"id\":\"" + id + "\"}");
    }

    @Override
    Optional<String> sees(String id) {
        return store.read(session -> session.one("select subject as held from demo_activity where id = ?", id)
                .flatMap(row -> row.textIfAny("held")));
    }

    @Override
    void personWrites(String id, String value) {
        store.write(session -> session.update(
                "update demo_activity set subject = ?, row_version = row_version + 1 where id = ?", value, id));
    }

    @Override
    List<String> find(String value) {
        return store.read(
                session -> session.query("select id as held from demo_activity where subject = ?", value).stream()
                        .map(row -> row.text("held"))
                        .toList());
    }

    @Override
    boolean makesAgain() {
        return false;
    }

    @Override
    List<String> twins(WireClient agent) {
        // The demo's data are there once a record can be made of an account's.
        made(make(agent, value()));
        return List.of("acc_000001", "acc_000002");
    }

    @Override
    WireClient.Reply merge(WireClient agent, String kept, String duplicate) {
        return agent.call("account_merge", "{\"id\":\"" + kept + "\",\"duplicate\":\"" + duplicate + "\"}");
    }

    @Override
    boolean used(String id) {
        return store.read(session ->
                session.one("select id from demo_account where id = ?", id).isPresent());
    }
}
