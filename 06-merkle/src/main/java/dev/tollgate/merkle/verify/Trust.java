// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle.verify;

import dev.tollgate.terms.Require;
import dev.tollgate.terms.VerifyingKey;
import java.util.List;

/// Whom a verifier believes.
///
/// @param origin the log's name
/// @param keys   public keys of the log, current and retired; got from somewhere else than the log's own folder
public record Trust(String origin, List<VerifyingKey> keys) {
    public Trust {
        keys = List.copyOf(keys);
        Require.require(!origin.isEmpty() && !keys.isEmpty(), "a verifier needs an origin and a key");
    }
}
