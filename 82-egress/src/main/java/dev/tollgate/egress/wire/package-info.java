// SPDX-License-Identifier: Apache-2.0
/// What clients of the proxy say, read so that it has one meaning: request heads, bodies, the first words of TLS.
@NullMarked
package dev.tollgate.egress.wire;

import org.jspecify.annotations.NullMarked;
