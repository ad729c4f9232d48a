// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway;

import dev.tollgate.terms.Value;

/// What a permitted call returns. The door prints `structured` as it is, and as text that agrees with it byte for byte.
///
/// @param structured records with a policy tag for each field, the policy version and the decision id
/// @param logIndex   where the outcome stands in the audit log
public record Answer(Value.Fields structured, long logIndex) {}
