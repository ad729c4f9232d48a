// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import java.util.Optional;

/// What an agent was authorised to do (requirement S3-14): what its decision token said, word for word,
/// under the policy version that said it.
///
/// @param policy   the bundle in force
/// @param decision the decision's entry
/// @param token    the entry with the token's claims, when a token was made: its `token` member
public record Authorised(String policy, StoredEntry decision, Optional<StoredEntry> token) {}
