// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import dev.tollgate.connectors.tryton.TrytonServer;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.TrytonCalls;
import dev.tollgate.scenarios.harness.TrytonDeployment;
import dev.tollgate.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// A gateway whose store is a PostgreSQL, in front of a real Tryton, and a party that this test made there. Its
/// contract lets agents make and delete ways to reach a party.
public final class TrytonOnPostgres implements AutoCloseable {
    /// Scopes of everything that it lets agents do.
    public static final List<String> SCOPES = List.of(
            "tryton:party:read",
            "tryton:party:write",
            "tryton:party:reconcile",
            "tryton:contact_mechanism:read",
            "tryton:contact_mechanism:create",
            "tryton:contact_mechanism:write",
            "tryton:contact_mechanism:delete");

    private static final String FILE = "contracts/tryton.yaml";
    private static final String TOOLS = """
              tryton_contact_mechanism_create:
                object: contact_mechanism
                kind: create
                scopes: ['tryton:contact_mechanism:create']
                title: Add a contact mechanism
                description: Adds a way to reach a party.
                fields: [id, value]
                accepts: [party_id, type, value]
                required: [party_id, type, value]
                reversibility: reversible
              tryton_contact_mechanism_delete:
                object: contact_mechanism
                kind: delete
                scopes: ['tryton:contact_mechanism:delete']
                title: Delete a contact mechanism
                description: Deletes a way to reach a party.
                reversibility: reversible
            """;

    private static final String NAME = "Cobalt Marine";

    private final TrytonCalls tryton = new TrytonCalls();
    private final String party;
    private final String twin;
    private final PostgresPlace place;
    private final GatewayUnderTest gateway;
    private final Store store;

    /// @param edit what is special about the bundle
    public TrytonOnPostgres(Path folder, UnaryOperator<BundleFolder> edit) throws IOException {
        BundleFolder bundle = OpenBundle.opened(TrytonDeployment.bundle(folder.resolve("bundle")))
                .replace(
                        FILE,
                        "(party_id: \\{upstream: party, type: reference, class: record-identifier, write:) human,\n"
                                + "( *description: Party that is reached)",
                        "$1 operational,\n$2")
                .replace(FILE, "(      type: \\{type: text, class: operational, write:) human", "$1 operational")
                .replace(FILE, "(      value: \\{type: text, class: contact-detail, write:) human", "$1 operational")
                .append(FILE, TOOLS);
        party = make();
        twin = make();
        place = PostgresPlace.of(TrytonDeployment.configuration(
                folder.resolve("data"),
                edit.apply(bundle),
                TrytonServer.config().database()));
        gateway = GatewayUnderTest.start(place.configuration(), new MovingClock());
        store = place.store();
    }

    public GatewayUnderTest gateway() {
        return gateway;
    }

    PostgresPlace place() {
        return place;
    }

    Store store() {
        return store;
    }

    /// Id of the party.
    public String party() {
        return party;
    }

    /// Id of another party of the same name.
    String twin() {
        return twin;
    }

    /// Whether a party is in use.
    boolean active(String id) {
        return tryton.call("model.party.party.read", "[[" + id + "],[\"active\"],{}]")
                .path(0)
                .path("active")
                .asBoolean(false);
    }

    private String make() {
        return tryton.call("model.party.party.create", "[[{\"name\":\"" + NAME + "\"}],{}]")
                .path(0)
                .asString("");
    }

    /// What a field of a record holds, read past the gateway; nothing when the record is not there.
    public Optional<String> sees(String model, String id, String field) {
        JsonNode rows = tryton.call(
                "model." + model + ".search_read",
                "[[[\"id\",\"=\"," + id + "]],0,1,null,[\"" + field + "\"],{\"active_test\":false}]");
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(rows.path(0).path(field).asString(""));
    }

    /// Ids of the ways to reach the party that have this value.
    List<String> reached(String value) {
        List<String> ids = new ArrayList<>();
        tryton.call(
                        "model.party.contact_mechanism.search_read",
                        "[[[\"value\",\"=\",\"" + value + "\"]],0,10,null,[\"id\"],{}]")
                .forEach(row -> ids.add(row.path("id").asString("")));
        return ids;
    }

    /// A person writes a field at Tryton's own screens.
    void personWrites(String model, String id, String field, String value) {
        tryton.call("model." + model + ".write", "[[" + id + "],{\"" + field + "\":\"" + value + "\"},{}]");
    }

    @Override
    public void close() {
        gateway.close();
        store.close();
        place.close();
        tryton.call("model.party.party.delete", "[[" + twin + "],{}]");
        tryton.call("model.party.party.delete", "[[" + party + "],{}]");
        tryton.close();
    }
}
