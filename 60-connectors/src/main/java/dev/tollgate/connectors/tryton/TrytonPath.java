// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import java.util.List;
import java.util.regex.Pattern;

/// A contract's upstream name in Tryton: a field (`name`), a path over relations (`party.rec_name`), or a field and its
/// stand-in when it is empty (`write_date|create_date`: Tryton leaves `write_date` empty until the first change).
///
/// @param choices one or two paths; the first that is not empty counts
record TrytonPath(List<String> choices) {
    /// A path of four hops crosses the whole model; longer ones are a mistake in a contract.
    private static final Pattern PATH =
            Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,62}(\\.[a-zA-Z_][a-zA-Z0-9_]{0,62}){0,4}");

    TrytonPath {
        choices = List.copyOf(choices);
    }

    /// The path of an upstream name.
    ///
    /// @throws UpstreamBroken `unsupported` when the contract names what Tryton cannot have
    static TrytonPath of(String upstream) {
        List<String> choices = List.of(upstream.split("\\|", 3));
        boolean valid = choices.size() <= 2
                && choices.stream().allMatch(path -> PATH.matcher(path).matches());
        if (!valid) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        return new TrytonPath(choices);
    }

    /// The one path, where a stand-in makes no sense.
    String only() {
        if (choices.size() > 1) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        return choices.getFirst();
    }
}
