// SPDX-License-Identifier: Apache-2.0
/// Every cell of field × class × intent × role, decided by an oracle that shares nothing with the gateway but the
/// bundle's text: a reader of its own and the official Cedar engine. What the wire shows is compared with it, canary by
/// canary.
@NullMarked
package dev.tollgate.scenarios.matrix;

import org.jspecify.annotations.NullMarked;
