// SPDX-License-Identifier: Apache-2.0
/// Keys of a token, against Debian's SoftHSM.
@NullMarked
package dev.tollgate.secrets.hsm;

import org.jspecify.annotations.NullMarked;
