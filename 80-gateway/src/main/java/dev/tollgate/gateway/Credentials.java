// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway;

import dev.tollgate.terms.Presentation;
import dev.tollgate.terms.SecretValue;
import java.util.Optional;

/// What a caller presents to prove who it is. Nothing in it is believed before the first stage has checked it.
///
/// @param token the access token (RFC 6750, RFC 9449), when there is one
/// @param how   how it came, and with what
public record Credentials(Optional<SecretValue> token, Presentation how) {}
