// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Value;
import java.util.List;

/// The answer is bounded and agrees with its verdicts.
///
/// @param structured what will be released
/// @param digest     of its canonical bytes
/// @param truncated  fields that were cut, for the record
/// @param noticed    what its texts were found to hold
public record Inspected(Redacted from, Value.Fields structured, Digest digest, List<String> truncated, Noticed noticed)
        implements State {
    public Inspected {
        truncated = List.copyOf(truncated);
    }

    @Override
    public Known known() {
        return from.known();
    }

    /// Who asks, and the bundle that decides.
    public Authenticated who() {
        return from.who();
    }

    /// What is asked.
    public Validated validated() {
        return from.validated();
    }

    /// What policy said.
    public Decided decided() {
        return from.decided();
    }
}
