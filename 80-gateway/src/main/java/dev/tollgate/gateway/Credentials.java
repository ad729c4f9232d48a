// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway;

import dev.tollgate.terms.SecretValue;
import java.util.Optional;

/// What a caller presents to prove who it is. Nothing in it is believed before the first stage has checked it.
///
/// @param bearer the bearer token (RFC 6750), when there is one
public record Credentials(Optional<SecretValue> bearer) {}
