// SPDX-License-Identifier: Apache-2.0
/// Kill switches: an operator stops an agent, a kind of agent, a user, a tenant, a tool, a field, a
/// destination or everything, on all nodes within a stated bound.
@NullMarked
package dev.tollgate.governance.halt;

import org.jspecify.annotations.NullMarked;
