// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli.scenarios;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// One case.
///
/// @param id      names it
/// @param request what the user asked, in their own words
/// @param steps   calls that came before, and what they told
/// @param checked the call that is checked
public record Case(String id, String request, List<Call> steps, Call checked) {
    public Case {
        steps = List.copyOf(steps);
    }

    /// One call of a tool.
    ///
    /// @param tool        its name
    /// @param arguments   a JSON object
    /// @param told        texts of its answer
    /// @param trusted     whether strangers cannot have written them
    /// @param sensitivity what kind of values they are; `none` or `public` may leave
    public record Call(String tool, JsonNode arguments, List<String> told, boolean trusted, String sensitivity) {
        public Call {
            told = List.copyOf(told);
        }
    }
}
