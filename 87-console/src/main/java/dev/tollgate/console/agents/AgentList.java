// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.agents;

import java.util.List;

/// What the page of agents shows.
///
/// @param agents  by id
/// @param others  switches that stop more, or other things, than one agent
/// @param file    what the file on disk of this node stops; empty when nothing
/// @param problem why nothing was done; empty when nothing was asked
public record AgentList(List<Known> agents, List<Stop> others, String file, String problem) {
    /// One agent.
    ///
    /// @param serves roles and people that it may act for
    /// @param stop   the switch that is on for it; empty when none is
    /// @param calls  its last calls for people of the tenant, by this node's log, the newest first
    public record Known(
            String id,
            String type,
            int tier,
            String zone,
            String owner,
            String serves,
            String workflows,
            List<Stop> stop,
            List<Call> calls) {
        public Known {
            calls = List.copyOf(calls);
            stop = List.copyOf(stop);
        }
    }

    /// One call.
    ///
    /// @param request names its way through the stages
    /// @param rules   what determined its decision
    /// @param end     `released`, or the code of a refusal
    /// @param good    whether it went on
    public record Call(String request, String at, String tool, String rules, String end, boolean good) {}

    /// A kill switch that is on.
    public record Stop(String scope, String by, String why, String at) {}

    public AgentList {
        agents = List.copyOf(agents);
        others = List.copyOf(others);
    }
}
