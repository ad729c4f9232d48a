// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli.demo;

import dev.tollgate.terms.View;
import java.util.List;
import java.util.Map;

/// One story: who asks, in which workflow, the calls in order, and what the policy of the example bundle permits at
/// most.
///
/// @param title    for the terminal
/// @param agent    which agent
/// @param user     for whom
/// @param workflow what its task runs
/// @param scopes   what the delegation holds
/// @param bound    the task is about the customer that an earlier story found
/// @param calls    in order
record Story(
        String title, String agent, String user, String workflow, List<String> scopes, boolean bound, List<Ask> calls) {
    Story {
        scopes = List.copyOf(scopes);
        calls = List.copyOf(calls);
    }

    /// One call of a story.
    ///
    /// @param why       what the agent wants
    /// @param tool      which tool
    /// @param arguments JSON; `$account` stands for the account that the first story found
    /// @param permitted the highest view that policy permits, by field; a field that is not here must be withheld
    /// @param refused   the call must be refused as a whole
    record Ask(String why, String tool, String arguments, Map<String, View> permitted, boolean refused) {
        Ask {
            permitted = Map.copyOf(permitted);
        }

        static Ask answered(String why, String tool, String arguments, Map<String, View> permitted) {
            return new Ask(why, tool, arguments, permitted, false);
        }

        static Ask denied(String why, String tool, String arguments) {
            return new Ask(why, tool, arguments, Map.of(), true);
        }
    }
}
