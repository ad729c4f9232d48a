// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.gates;

import dev.tollgate.cedar.CedarValue;
import dev.tollgate.cedar.Entities;
import dev.tollgate.cedar.EntitiesJson;
import dev.tollgate.cedar.PolicySet;
import dev.tollgate.cedar.Rec;
import dev.tollgate.cedar.Request;
import dev.tollgate.cedar.RequestJson;
import dev.tollgate.cedar.Schema;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/// Draws cases of the fuzzer for tests of other packages, already compiled and decoded. Policies read the context more
/// than anything else.
public final class Draws {
    private static final List<String> HOLDERS = List.of(
            "context",
            "context.row",
            "context.row",
            "context.row",
            "principal",
            "context.e",
            "context.row.e",
            "context.row.r");

    private final RandomGenerator random;
    private final World world;

    /// Draws from `random`.
    public Draws(RandomGenerator random) {
        this.random = random;
        this.world = new World(random);
    }

    /// Entities.
    public Entities entities() {
        return EntitiesJson.read(world.entities(), Schema.EMPTY);
    }

    /// That many policies.
    public PolicySet policies(int count) {
        return Ours.compiled(new Programs(random, HOLDERS).policies(count)).policies();
    }

    /// A request.
    public Request request() {
        Oracle.Asked asked = world.asked();
        return request(asked.principal(), asked.action(), asked.resource(), asked.context());
    }

    /// A value such as the attribute of that name has.
    public CedarValue value(String name) {
        String uid = World.json(World.uid(random, "User"));
        Rec context =
                request(uid, uid, uid, "{\"v\":" + world.value(name, 1) + "}").context();
        return Objects.requireNonNull(context.get("v"));
    }

    private static Request request(String principal, String action, String resource, String context) {
        return RequestJson.read(
                "{\"principal\":" + principal + ",\"action\":" + action + ",\"resource\":" + resource + ",\"context\":"
                        + context + "}",
                Schema.EMPTY);
    }
}
