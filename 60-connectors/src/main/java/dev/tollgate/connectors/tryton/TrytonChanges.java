// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Deadline;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.Found;
import dev.tollgate.connectors.Unchanged;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One change of a Tryton record. The record is read first, under the row rules and with its stamp; the
/// change names that stamp, and Tryton refuses it in any other state. So the rules hold in the very state
/// that is changed. Only columns of the record itself are set: nested writes, which reach other models,
/// cannot be said here.
final class TrytonChanges {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Ask.Column ID = new Ask.Column("id", Ask.Kind.RECORD);
    private static final String PARTY = "party.party";
    private static final String REPLACE = "wizard.party.replace.";

    private final TrytonSession session;
    private final Credential credential;
    private final Deadline deadline;
    private final int bytesMax;
    private final Search search;

    /// Finds records as the door does.
    interface Search {
        Found find(Ask.Find find);
    }

    TrytonChanges(TrytonSession session, Search search, Credential credential, DoorLimits limits, Deadline deadline) {
        this.session = session;
        this.search = search;
        this.credential = credential;
        this.deadline = deadline;
        this.bytesMax = limits.bytesMax();
    }

    Found add(Ask.Add add) {
        ArrayNode params = NODES.arrayNode().add(NODES.arrayNode().add(values(add.settings())));
        JsonNode made = change("model." + TrytonDoor.model(add.object()) + ".create", params.add(NODES.objectNode()));
        if (made.size() != 1 || !made.path(0).isIntegralNumber()) {
            throw new UpstreamBroken(Why.UNKNOWN_OUTCOME);
        }
        return after(add.object(), Long.toString(made.path(0).asLong()), add.columns());
    }

    Found alter(Ask.Alter alter) {
        ObjectNode values = values(alter.settings());
        String stamp = picked(alter.object(), alter.pick());
        ArrayNode params = NODES.arrayNode().add(ids(alter.pick())).add(values);
        change(
                "model." + TrytonDoor.model(alter.object()) + ".write",
                params.add(stamped(alter.object(), alter.pick(), stamp)));
        return after(alter.object(), alter.pick().record(), alter.columns());
    }

    Found remove(Ask.Remove remove) {
        String stamp = picked(remove.object(), remove.pick());
        ArrayNode params = NODES.arrayNode().add(ids(remove.pick()));
        change(
                "model." + TrytonDoor.model(remove.object()) + ".delete",
                params.add(stamped(remove.object(), remove.pick(), stamp)));
        return Found.records(List.of(new Found.Raw(remove.pick().record(), Map.of(), Optional.empty())));
    }

    /// Tryton's own way to make one party of two: it knows every reference of every module, and keeps the
    /// duplicate, out of use, with a pointer to the kept party. It refuses parties whose names or tax
    /// numbers differ.
    Found join(Ask.Join join) {
        if (!join.object().equals(PARTY)) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        picked(PARTY, join.kept());
        String stamp = picked(PARTY, join.duplicate());
        JsonNode started = call(REPLACE + "create", NODES.arrayNode().add(NODES.objectNode()));
        if (!started.path(0).isIntegralNumber()) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        ObjectNode ask = NODES.objectNode();
        ask.set("source", ids(join.duplicate()).get(0));
        ask.set("destination", ids(join.kept()).get(0));
        ObjectNode data = NODES.objectNode();
        data.set("ask", ask);
        ArrayNode params = NODES.arrayNode().add(started.get(0)).add(data).add("replace");
        change(REPLACE + "execute", params.add(stamped(PARTY, join.duplicate(), stamp)));
        return after(PARTY, join.kept().record(), join.columns());
    }

    /// The stamp of the record as it is now, if it is there under the rules and in the wanted state.
    private String picked(String object, Ask.Pick pick) {
        if (pick.stamp().isPresent()) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        List<Found.Raw> found = search.find(new Ask.Find(object, ID, List.of(), pick.filters(), List.of(), 2, 0, true))
                .records();
        if (found.isEmpty()) {
            throw new Unchanged(Found.records(List.of()));
        }
        String stamp = found.getFirst().version().orElseThrow(() -> new UpstreamBroken(Why.GARBAGE));
        if (found.size() > 1 || !found.getFirst().id().equals(pick.record())) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        if (pick.version().filter(wanted -> !wanted.equals(stamp)).isPresent()) {
            throw new Unchanged(Found.changedMeanwhile());
        }
        return stamp;
    }

    /// The record as the change left it. Read by its id: a record that is out of use now is not found any
    /// more.
    private Found after(String object, String record, List<Ask.Column> columns) {
        try {
            TrytonRows rows = new TrytonRows(columns, true);
            ArrayNode params = NODES.arrayNode()
                    .add(NODES.arrayNode().add(Integer.parseInt(record)))
                    .add(rows.fields())
                    .add(NODES.objectNode());
            return Found.records(rows.read(call("model." + TrytonDoor.model(object) + ".read", params)));
        } catch (UpstreamBroken | NumberFormatException _) {
            throw new UpstreamBroken(Why.UNKNOWN_OUTCOME);
        }
    }

    private static ObjectNode values(List<Ask.Setting> settings) {
        ObjectNode values = NODES.objectNode();
        for (Ask.Setting setting : settings) {
            String path = TrytonPath.of(setting.column().upstream()).only();
            if (path.indexOf('.') >= 0) {
                throw new UpstreamBroken(Why.UNSUPPORTED);
            }
            values.set(path, TrytonCodec.setting(setting.column().kind(), setting.value()));
        }
        return values;
    }

    private static ArrayNode ids(Ask.Pick pick) {
        return NODES.arrayNode().add(Integer.parseInt(pick.record()));
    }

    private static ObjectNode stamped(String object, Ask.Pick pick, String stamp) {
        ObjectNode stamps = NODES.objectNode();
        stamps.put(object + "," + pick.record(), stamp);
        ObjectNode context = NODES.objectNode();
        context.set("_timestamp", stamps);
        return context;
    }

    private JsonNode call(String method, ArrayNode params) {
        return session.call(method, params, credential, deadline, bytesMax);
    }

    private JsonNode change(String method, ArrayNode params) {
        return session.change(method, params, credential, deadline, bytesMax);
    }
}
