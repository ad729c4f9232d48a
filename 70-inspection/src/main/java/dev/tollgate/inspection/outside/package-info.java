// SPDX-License-Identifier: Apache-2.0
/// What others say of a message or a call: a data-loss-prevention system over ICAP or HTTP, a second
/// model over the two common chat interfaces. Asked beside the built-in inspection, never instead of
/// it; who does not answer as expected has said no.
@NullMarked
package dev.tollgate.inspection.outside;

import org.jspecify.annotations.NullMarked;
