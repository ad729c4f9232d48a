// SPDX-License-Identifier: Apache-2.0
/// The vault's store against a server that speaks its wire format.
@NullMarked
package dev.tollgate.secrets.vault;

import org.jspecify.annotations.NullMarked;
