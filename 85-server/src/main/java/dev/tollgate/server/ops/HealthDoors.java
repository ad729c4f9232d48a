// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.ops;

import dev.tollgate.server.http.Door;
import dev.tollgate.server.http.Problems;
import dev.tollgate.server.http.Turn;
import dev.tollgate.server.wire.JsonWriter;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// `/health/live` and `/health/ready`. Neither asks who calls, so neither says more than yes, no and which
/// check.
public final class HealthDoors {
    private final Readiness readiness;
    private final BooleanSupplier stopping;

    /// Doors over these checks.
    ///
    /// @param stopping a server that is stopping takes no new traffic
    public HealthDoors(Readiness readiness, BooleanSupplier stopping) {
        this.readiness = readiness;
        this.stopping = stopping;
    }

    /// The process runs.
    public Door live() {
        return turn -> get(
                turn,
                () -> turn.reply(
                        200, new JsonWriter().raw("{\"status\":\"live\"}").buffer()));
    }

    /// The server can serve.
    public Door ready() {
        return turn -> get(turn, () -> {
            Map<String, Boolean> checks = readiness.now();
            boolean ready = !stopping.getAsBoolean() && !checks.containsValue(false);
            JsonWriter out =
                    new JsonWriter().raw("{\"status\":\"" + (ready ? "ready" : "not ready") + "\",\"checks\":{");
            String comma = "";
            for (Map.Entry<String, Boolean> check : checks.entrySet()) {
                out.raw(comma).text(check.getKey()).raw(check.getValue() ? ":true" : ":false");
                comma = ",";
            }
            turn.reply(ready ? 200 : 503, out.raw("}}").buffer());
        });
    }

    private static void get(Turn turn, Runnable answer) {
        if (turn.method().equals("GET")) {
            answer.run();
        } else {
            Problems.methodNotAllowed(turn, "GET");
        }
    }
}
