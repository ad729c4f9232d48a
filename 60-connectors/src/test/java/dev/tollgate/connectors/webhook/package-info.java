// SPDX-License-Identifier: Apache-2.0
/// Tests of the door, on the wire.
@NullMarked
package dev.tollgate.connectors.webhook;

import org.jspecify.annotations.NullMarked;
