// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.access;

import java.util.List;

/// What the page of access reviews shows.
///
/// @param whole   everything that is in the log was counted
/// @param agents  every agent that there is to choose
/// @param flows   every workflow that there is to choose
/// @param asked   what was chosen
/// @param lines   permissions that were found
/// @param unused  those of them that nobody used
/// @param groups  by agent and workflow
/// @param problem why nothing was done; empty when nothing was asked
public record AccessView(
        boolean whole,
        List<String> agents,
        List<String> flows,
        Asked asked,
        int lines,
        int unused,
        List<Group> groups,
        String problem) {
    /// What somebody wants to see; empty texts want everything.
    ///
    /// @param use `unused`, `used`, or empty
    public record Asked(String agent, String workflow, String dataClass, String use) {
        /// Whether an agent or a workflow was chosen, so that its lines are opened at once.
        public boolean narrow() {
            return !agent.isEmpty() || !workflow.isEmpty() || !dataClass.isEmpty();
        }
    }

    /// One agent in one workflow.
    ///
    /// @param place      tier and zone
    /// @param reviewed   when somebody looked, and when somebody looks again
    /// @param exceptions of the agent for people of the tenant, in 90 days
    /// @param unused     how many of the lines nobody used
    /// @param away       classes that the workflow names and nobody used in it
    public record Group(
            String agent,
            String workflow,
            String place,
            String reviewed,
            long exceptions,
            int unused,
            List<String> away,
            List<Line> lines) {
        public Group {
            away = List.copyOf(away);
            lines = List.copyOf(lines);
        }
    }

    /// One permission.
    ///
    /// @param objects   objects with such fields
    /// @param view      how it is seen or written
    /// @param condition what remains to be true; empty for nothing
    /// @param used      calls and their last day; empty when there were none
    public record Line(
            String verb,
            String dataClass,
            String objects,
            String destination,
            String view,
            String condition,
            String used) {}

    /// A change that takes classes away, before anybody decides on it.
    ///
    /// @param file which file of the bundle it changes
    public record Proposed(String agent, String workflow, String away, String file, String patch) {}

    public AccessView {
        agents = List.copyOf(agents);
        flows = List.copyOf(flows);
        groups = List.copyOf(groups);
    }
}
