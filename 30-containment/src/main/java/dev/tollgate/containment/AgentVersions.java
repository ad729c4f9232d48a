// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.store.Micros;
import dev.tollgate.store.Store;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// When each version of one agent was first seen, on any node. Not safe for threads: its tally locks.
final class AgentVersions {
    /// Versions of one agent that a node remembers: the one that runs, and a few that were rolled back to.
    private static final int VERSIONS_MAX = 8;

    private final String agent;
    private final Map<String, Instant> first = new HashMap<>();

    AgentVersions(String agent) {
        this.agent = agent;
    }

    /// When it was first seen. What the store does not know is kept there before it is told: a version that a node
    /// forgot would be new again.
    Instant first(Store store, String version, Instant now) {
        Instant known = first.get(version);
        if (known != null) {
            return known;
        }
        if (first.size() >= VERSIONS_MAX) {
            first.clear();
        }
        Instant kept = store.write(session -> {
            session.update(
                    "insert into agent_version (agent, version, first_seen) values (?, ?, ?)"
                            + " on conflict (agent, version) do nothing",
                    agent,
                    version,
                    Micros.of(now));
            return session.query("select first_seen from agent_version where agent = ? and version = ?", agent, version)
                    .getFirst()
                    .instant("first_seen");
        });
        first.put(version, kept);
        return kept;
    }
}
