// SPDX-License-Identifier: Apache-2.0
/// Asking without doing: the envelope that `request_authorization` returns, and the mapping between it and OpenID
/// AuthZEN 1.0 requests.
@NullMarked
package dev.tollgate.policy.authzen;

import org.jspecify.annotations.NullMarked;
