// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Deadline;
import dev.tollgate.connectors.Door;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.Found;
import dev.tollgate.connectors.Unchanged;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads and changes a Tryton database. Reads always with a domain, a limit, an order and a list of
/// fields: each of them left out means "everything" to Tryton.
public final class TrytonDoor implements Door {
    private static final Pattern MODEL = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*){1,5}");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int VERSION_BYTES_MAX = 4 << 10;

    private final TrytonWire wire;
    private final TrytonSession session;

    /// A door to that database. Nothing is sent before the first call.
    public TrytonDoor(TrytonConfig config, InstantSource clock) {
        this.wire = new TrytonWire(config.database());
        this.session = new TrytonSession(wire, config.user(), clock);
    }

    @Override
    public Found answer(Ask ask, Credential credential, DoorLimits limits) {
        Deadline deadline = Deadline.in(limits.timeMax());
        return switch (ask) {
            case Ask.Find find -> find(find, credential, deadline, limits.bytesMax());
            case Ask.Tally tally -> tally(tally, credential, deadline, limits.bytesMax());
            case Ask.Send _ -> throw new UpstreamBroken(Why.UNSUPPORTED);
            case Ask.Add _, Ask.Alter _, Ask.Remove _, Ask.Join _ -> changed(ask, credential, limits, deadline);
        };
    }

    private Found changed(Ask ask, Credential credential, DoorLimits limits, Deadline deadline) {
        TrytonChanges changes = new TrytonChanges(
                session, find -> find(find, credential, deadline, limits.bytesMax()), credential, limits, deadline);
        try {
            return switch (ask) {
                case Ask.Add add -> changes.add(add);
                case Ask.Alter alter -> changes.alter(alter);
                case Ask.Remove remove -> changes.remove(remove);
                case Ask.Join join -> changes.join(join);
                case Ask.Find _, Ask.Tally _, Ask.Send _ -> throw new UpstreamBroken(Why.UNSUPPORTED);
            };
        } catch (Unchanged unchanged) {
            return unchanged.found();
        }
    }

    private Found find(Ask.Find find, Credential credential, Deadline deadline, int bytesMax) {
        if (find.words().isPresent()) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        TrytonRows rows = new TrytonRows(find.columns(), find.versioned());
        Optional<List<Ask.Filter>> filters = reachable(find.filters());
        if (filters.isEmpty()) {
            return Found.records(List.of());
        }
        ArrayNode params = NODES.arrayNode();
        params.add(TrytonDomain.of(filters.get())).add(find.offset()).add(find.limit());
        params.add(order(find)).add(rows.fields()).add(NODES.objectNode());
        String method = "model." + model(find.object()) + ".search_read";
        return Found.records(rows.read(session.call(method, params, credential, deadline, bytesMax)));
    }

    private Found tally(Ask.Tally tally, Credential credential, Deadline deadline, int bytesMax) {
        Optional<List<Ask.Filter>> filters = reachable(tally.filters());
        if (filters.isEmpty()) {
            return Found.count(0);
        }
        ArrayNode params = NODES.arrayNode().add(TrytonDomain.of(filters.get())).add(NODES.objectNode());
        String method = "model." + model(tally.object()) + ".search_count";
        JsonNode count = session.call(method, params, credential, deadline, bytesMax);
        if (!count.isIntegralNumber() || !count.canConvertToLong() || count.longValue() < 0) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        return Found.count(count.longValue());
    }

    /// The filters without ids that no record can have, or nothing when no record can meet them: Tryton
    /// answers such an id with an error that looks like its own fault.
    private static Optional<List<Ask.Filter>> reachable(List<Ask.Filter> filters) {
        List<Ask.Filter> kept = new ArrayList<>();
        for (Ask.Filter filter : filters) {
            boolean record = filter.column().kind() == Ask.Kind.RECORD && filter.comparison() == Comparison.EQUALS;
            if (record && !(filter.value() instanceof Value.Text id && TrytonCodec.isId(id.text()))) {
                return Optional.empty();
            }
            kept.add(filter);
        }
        return Optional.of(kept);
    }

    private static ArrayNode order(Ask.Find find) {
        ArrayNode order = NODES.arrayNode();
        for (Ask.Sort sort : find.sorts()) {
            String path = TrytonPath.of(sort.column().upstream()).only();
            String direction = sort.descending() ? "DESC NULLS LAST" : "ASC NULLS LAST";
            order.add(NODES.arrayNode().add(path).add(direction));
        }
        // Without a last key that differs for every record, pages overlap.
        return order.add(NODES.arrayNode().add("id").add("ASC"));
    }

    /// The name of a model, checked.
    static String model(String object) {
        if (!MODEL.matcher(object).matches()) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        return object;
    }

    @Override
    public void knock(Credential credential, DoorLimits limits) {
        try {
            JsonNode version = wire.root("common.server.version", Deadline.in(limits.timeMax()), VERSION_BYTES_MAX);
            if (!version.isString()) {
                throw new UpstreamBroken(Why.GARBAGE);
            }
        } catch (TrytonWire.SessionEnded _) {
            throw new UpstreamBroken(Why.REJECTED);
        }
    }

    @Override
    public Metadata describe(SystemId system, Credential credential, DoorLimits limits) {
        return new TrytonMetadata(session).describe(system, credential, limits);
    }

    @Override
    public boolean needsCredential() {
        return true;
    }

    @Override
    public void close() {
        wire.close();
    }
}
