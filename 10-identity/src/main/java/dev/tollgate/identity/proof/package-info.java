// SPDX-License-Identifier: Apache-2.0
/// Tokens of others: what an OpenID provider says of a person, what a trust domain says of a workload. Read strictly,
/// verified by keys that are fetched within bounds; who cannot be asked opens nothing.
@NullMarked
package dev.tollgate.identity.proof;

import org.jspecify.annotations.NullMarked;
