// SPDX-License-Identifier: Apache-2.0
/// Workloads that show who they are by a certificate (X.509-SVID): whose certificates count, what they
/// prove, and how the embedded default issues its own.
@NullMarked
package dev.tollgate.identity.svid;

import org.jspecify.annotations.NullMarked;
