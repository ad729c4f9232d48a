// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.audit.AuditLog;
import dev.tollgate.connectors.model.ModelDoor;
import dev.tollgate.containment.Budgets;
import dev.tollgate.containment.Risk;
import dev.tollgate.gateway.ModelFront;
import dev.tollgate.gateway.model.Models;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.inspection.Inspector;
import dev.tollgate.server.Server;
import dev.tollgate.server.http.Door;
import dev.tollgate.server.mcp.Traces;
import dev.tollgate.server.model.ModelDoors;
import io.opentelemetry.api.OpenTelemetry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Models for agents, wired to the same identities, kill switches, budgets and log as the tools.
record ModelRoom(ModelDoor door, ModelFront front) implements AutoCloseable {
    /// Opens the door to the configured models; nothing when there are none.
    static Optional<ModelRoom> open(
            Foundations base,
            AuditLog audit,
            Oversight people,
            Budgets budgets,
            Bearers bearers,
            CompletableFuture<Inspector> inspector) {
        if (base.configuration().models().isEmpty()) {
            return Optional.empty();
        }
        ModelDoor door = new ModelDoor(base.secrets());
        Models models = new Models(new Models.Needs(
                bearers.possession(),
                base.bundles(),
                people,
                budgets,
                new Risk(base.store(), base.clock()),
                door,
                base.configuration().models(),
                inspector,
                audit,
                base.clock()));
        return Optional.of(new ModelRoom(door, models));
    }

    /// The doors where agents ask them, beside others. A server that stops does not wait for what models have to say.
    Server.More beside(Server.More others, OpenTelemetry telemetry) {
        Map<String, Door> doors = new HashMap<>(others.doors());
        doors.putAll(new ModelDoors(front, new Traces(telemetry)).doors());
        Runnable stopping = () -> {
            others.whenStopping().run();
            door.close();
        };
        return new Server.More(doors, stopping, others.approvals(), others.tokens());
    }

    @Override
    public void close() {
        door.close();
    }
}
